//! Handlers of therapists' pictures.

use axum::extract::State;
use platform::app::App;
use platform::error::Refusal;
use platform::http::{Answer, Caller, Form, Id, json, upload};
use platform::i18n::Text;
use platform::storage::picture::Rules;

use super::therapists::view;
use crate::therapists::service::{self, pictures};
use crate::therapists::{PHOTOS, queries};

/// Names a picture is sent under.
pub const NAMES: [&str; 4] = ["profile_picture", "profile_photo", "photo", "file"];
/// Phones take pictures of several megabytes; a face is seen in a thousand pixels.
const RULES: Rules = Rules { bytes: 8 * 1024 * 1024, side: 1_024 };

pub async fn set(State(app): State<App>, caller: Caller, Id(id): Id, mut form: Form) -> Answer {
    // A therapist who is not there is told before the picture is looked at.
    let known = app.db().read(move |conn| Ok(queries::find(conn, id, Some(true), |_| Ok(()))?));
    known.await?.ok_or_else(service::absent)?;
    let Some(file) = form.take_file(&NAMES) else {
        let text = Text::key("error.not_a_file");
        return Err(Refusal::field("profile_picture", "required", text).into());
    };
    let picture = file.required_picture(RULES).await?;
    let stored = upload::store(&app, &PHOTOS, Some(id), picture).await?;
    let (address, uploads) = (stored.address(), app.config().files.media_root.clone());
    let outcome = app
        .write(&caller, move |tx| {
            pictures::set(tx, id, Some(&address), &uploads)?;
            view(tx, id)
        })
        .await;
    Ok(json(200, &stored.keep_if(outcome)?))
}

pub async fn destroy(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let uploads = app.config().files.media_root.clone();
    let view = app
        .write(&caller, move |tx| {
            pictures::set(tx, id, None, &uploads)?;
            view(tx, id)
        })
        .await?;
    Ok(json(200, &view))
}

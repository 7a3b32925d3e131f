//! Routes and handlers of one's own photo.

use axum::extract::State;
use platform::app::App;
use platform::error::{Error, FieldError, Kind, Refusal, Result};
use platform::http::{
    Access, Answer, BodyDoc, Caller, Field, Form, MessageView, Mode, Route, Shape, fields, json,
    message, sentence, upload,
};
use platform::i18n::Text;
use platform::storage::picture::Rules;
use serde::Serialize;
use utoipa::ToSchema;

use crate::profiles::PHOTOS;
use crate::profiles::model::USERS;
use crate::profiles::service::photos as service;

/// Names a photo is sent under.
const NAMES: [&str; 3] = ["profile_photo", "photo", "file"];
const FIELDS: &[Field] = &[Field::new("photo_url")];
/// Phones take pictures of several megabytes; a face is seen in a thousand pixels.
const RULES: Rules = Rules { bytes: 8 * 1024 * 1024, side: 1_024 };

/// A photo was stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhotoView {
    /// A sentence.
    pub message: String,
    /// The photo's whole address.
    pub photo_url: String,
}

/// The routes of one's own photo.
pub fn routes() -> Vec<Route> {
    const OWN: Access = Access::Authenticated;
    vec![
        Route::post("/users/me/photo/", OWN, set)
            .summary("Give oneself a photo: the file profile_photo (JPG, PNG, WebP), or an address")
            .body(BodyDoc::Files(&USERS, FIELDS, &NAMES))
            .answers::<PhotoView>(200, Shape::One),
        Route::delete("/users/me/photo/", OWN, destroy)
            .summary("Take one's own photo away")
            .answers::<MessageView>(200, Shape::One),
    ]
}

async fn set(State(app): State<App>, caller: Caller, mut form: Form) -> Answer {
    let user = own_id(&caller)?;
    let uploads = app.config().files.media_root.clone();
    let (address, outcome) = if let Some(file) = form.take_file(&NAMES) {
        let picture = file.required_picture(RULES).await?;
        let stored = upload::store(&app, &PHOTOS, Some(user), picture).await?;
        let address = stored.address();
        let written = address.clone();
        let outcome =
            app.write(&caller, move |tx| service::set(tx, user, &written, &uploads)).await;
        (address, stored.keep_if(outcome))
    } else {
        let changes = fields::read(&USERS, FIELDS, &form.body, Mode::Patch)?;
        let sent = changes.text("photo_url").map(str::to_owned).ok_or_else(|| -> Error {
            let missing = |field: &'static str| FieldError {
                field: field.into(),
                code: "required",
                message: Text::key("photos.required"),
            };
            Refusal::fields(vec![missing("profile_photo"), missing("photo_url")]).into()
        })?;
        let address = web_address(&sent, &caller, user)?;
        let written = address.clone();
        (address, app.write(&caller, move |tx| service::set(tx, user, &written, &uploads)).await)
    };
    outcome?;
    let message = sentence(&app, &caller, "photos.stored");
    let photo_url = PHOTOS.whole_address(caller.base_url(), &address);
    Ok(json(200, &PhotoView { message, photo_url }))
}

async fn destroy(State(app): State<App>, caller: Caller) -> Answer {
    let user = own_id(&caller)?;
    let uploads = app.config().files.media_root.clone();
    app.write(&caller, move |tx| service::remove(tx, user, &uploads)).await?;
    Ok(message(&app, &caller, 200, "photos.removed"))
}

/// The address as it is kept: one's own stored photo without scheme and host, any other as it is. Browsers run some
/// kinds of addresses, so only those of the web are taken.
fn web_address(sent: &str, caller: &Caller, user: i64) -> Result<String> {
    let local = sent.strip_prefix(caller.base_url()).unwrap_or(sent);
    if PHOTOS.holds_for(local, user) {
        return Ok(local.to_owned());
    }
    let lower = sent.to_ascii_lowercase();
    let is_web = lower.starts_with("https://") || lower.starts_with("http://");
    let is_plain =
        !sent.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>\\".contains(c));
    if is_web && is_plain {
        return Ok(sent.to_owned());
    }
    Err(Refusal::field("photo_url", "invalid", Text::key("photos.address")).into())
}

fn own_id(caller: &Caller) -> Result<i64> {
    let id = caller.identity().map(platform::auth::Identity::id);
    id.ok_or_else(|| {
        let text = Text::key("error.not_authenticated");
        Refusal::new(Kind::Unauthenticated, "not_authenticated", text).into()
    })
}

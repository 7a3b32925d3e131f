//! Handlers of logos.

use axum::extract::State;
use platform::app::App;
use platform::db::{Changes, Tx};
use platform::error::{Refusal, Result};
use platform::http::{Answer, Caller, Form, Id, message, upload};
use platform::i18n::Text;
use platform::storage::picture::Rules;

use super::companies::settled;
use crate::company::LOGOS;
use crate::company::queries::companies as queries;
use crate::company::service::companies::{self as service, Logo};

/// Names a logo is sent under.
pub const NAMES: [&str; 2] = ["company_logo", "logo"];
/// What a logo may be (contract, decision 26): 2 MiB; more pixels than a letterhead prints are of no use.
pub const RULES: Rules = Rules { bytes: 2 * 1024 * 1024, side: 1_200 };

pub async fn add(State(app): State<App>, caller: Caller, Id(id): Id, form: Form) -> Answer {
    let uploads = app.config().files.media_root.clone();
    set(&app, &caller, id, form, move |tx, logo| service::add_logo(tx, id, logo, &uploads)).await
}

pub async fn replace(State(app): State<App>, caller: Caller, Id(id): Id, form: Form) -> Answer {
    let uploads = app.config().files.media_root.clone();
    set(&app, &caller, id, form, move |tx, logo| {
        service::change(tx, id, &Changes::new(), logo, &uploads)
    })
    .await
}

async fn set<F>(app: &App, caller: &Caller, id: i64, mut form: Form, work: F) -> Answer
where
    F: Fn(&mut Tx<'_>, &Logo) -> Result<()> + Send + 'static,
{
    // A company that is not there is told before its logo is looked at.
    let is_known = app.db().read(move |conn| Ok(queries::find(conn, id, |_| Ok(()))?)).await?;
    is_known.ok_or_else(service::absent)?;
    let Some(file) = form.take_file(&NAMES) else {
        let text = Text::key("error.not_a_file");
        return Err(Refusal::field("company_logo", "required", text).into());
    };
    let picture = file.required_picture(RULES).await?;
    let stored = upload::store(app, &LOGOS, None, picture).await?;
    let logo = Logo::Is(stored.relative());
    let outcome = app.write(caller, move |tx| work(tx, &logo)).await;
    settled(Some(stored), outcome)?;
    Ok(message(app, caller, 200, "company.logo_stored"))
}

pub async fn destroy(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let uploads = app.config().files.media_root.clone();
    app.write(&caller, move |tx| service::change(tx, id, &Changes::new(), &Logo::Goes, &uploads))
        .await?;
    Ok(message(&app, &caller, 200, "company.logo_deleted"))
}

pub async fn show(State(app): State<App>, Id(id): Id) -> Answer {
    let find = move |conn: &mut platform::db::Conn| {
        let logo = queries::find(conn, id, |row| row.get::<Option<String>>("company_logo"))?;
        logo.ok_or_else(service::absent)
    };
    let logo = app.db().read(find).await?.unwrap_or_default();
    let name = LOGOS.name_in(&logo).map(str::to_owned);
    let name = name.ok_or_else(|| Refusal::not_found("company.no_logo"))?;
    Ok(upload::stored(&app, &LOGOS, name).await?)
}

//! Handlers of a forgotten password.

use axum::extract::State;
use platform::app::App;
use platform::http::{Answer, Body, Caller, Complaints, message};

use super::password::new_password;
use super::{codes, typed};
use crate::profiles::service::codes::Purpose;
use crate::profiles::service::proofs::{self, Attempt};

pub async fn ask(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let email = typed::email(&body, "email")?;
    codes::send_to(&app, &caller, email, Purpose::Password).await
}

pub async fn confirm(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let mut complaints = Complaints::default();
    let code = complaints.take(typed::code(&body))?;
    let email = complaints.take(typed::optional_email(&body, &["email"]))?.flatten();
    let password = new_password(&body, &mut complaints)?;
    complaints.finish()?;
    let (code, password) = (code.unwrap_or_default(), password.unwrap_or_default());
    typed::may_try(&app, &caller, email.as_deref()).await?;
    // Hashed before anything is looked up: it takes the same time whoever is asked about.
    let hash = app.passwords().hash(password.clone()).await?;
    let codes = app.codes().clone();
    let typed = app
        .write(&caller, move |tx| {
            let attempt = Attempt { codes: &codes, code: &code, email: email.as_deref() };
            proofs::reset_password(tx, attempt, &password, &hash)
        })
        .await?;
    match typed::public_refusal(&typed) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(message(&app, &caller, 200, "profiles.password_reset")),
    }
}

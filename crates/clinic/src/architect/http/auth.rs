//! Log-in, tokens, log-out, registration.

use axum::extract::State;
use platform::app::App;
use platform::auth::{login as door, session};
use platform::error::{Error, Kind, Refusal};
use platform::http::{Answer, Body, Caller, Mode, fields, json, message};
use platform::i18n::Text;

use super::bodies::{LoginView, PairView, REGISTER_FIELDS, VerifyView};
use crate::architect::{rules, service};
use crate::profiles::model::USERS;
use crate::profiles::{self, NewUser};

pub async fn login(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let mut complaints = Vec::new();
    let mut read = |name| match body.raw_text(name) {
        Ok(text) => text,
        Err(Error::Refused(refusal)) => {
            complaints.extend(refusal.fields);
            String::new()
        }
        Err(_) => String::new(),
    };
    let (email, password) = (read("email"), read("password"));
    if !complaints.is_empty() {
        return Err(Refusal::fields(complaints).into());
    }
    let email = email.trim().to_owned();
    let user_id = door::verify(&app, &email, &password, &caller.address().to_string()).await?;
    let pair = service::login::begin(&app, user_id).await?;
    let email = match app.identities().state(app.db(), user_id, app.clock().now()).await? {
        platform::auth::State::Active(identity) => identity.account().email.clone(),
        _ => email,
    };
    Ok(json(200, &LoginView { email, refresh: pair.refresh, access: pair.access, user_id }))
}

pub async fn refresh(State(app): State<App>, body: Body) -> Answer {
    let pair = service::login::refresh(&app, body.raw_text("refresh")?.trim()).await?;
    Ok(json(200, &PairView { access: pair.access, refresh: pair.refresh }))
}

pub async fn verify(State(app): State<App>, body: Body) -> Answer {
    let claims = service::login::verify(&app, body.raw_text("token")?.trim()).await?;
    Ok(json(200, &VerifyView { user_id: claims.user_id, exp: claims.exp }))
}

pub async fn logout(State(app): State<App>, caller: Caller) -> Answer {
    let (family, open_session) = (caller.family().map(str::to_owned), caller.session());
    app.write(&caller, move |tx| {
        if let Some(family) = &family {
            service::login::end(tx, family)?;
        }
        if let Some(id) = open_session {
            session::end(tx, id)?;
        }
        Ok(())
    })
    .await?;
    Ok(message(&app, &caller, 200, "architect.logged_out"))
}

pub async fn register(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    if !app.config().auth.allow_registration {
        let text = Text::key("architect.registration_closed");
        return Err(Refusal::new(Kind::Forbidden, "registration_closed", text).into());
    }
    let mut complaints = Vec::new();
    let mut keep = |error: Error| match error {
        Error::Refused(refusal) => {
            complaints.extend(refusal.fields);
            Ok(())
        }
        other => Err(other),
    };
    let mut values = platform::db::Changes::new();
    match fields::read(&USERS, REGISTER_FIELDS, &body, Mode::Create) {
        Ok(read) => values = read,
        Err(error) => keep(error)?,
    }
    let mut passwords = Vec::new();
    for name in ["password", "password_confirm"] {
        match body.raw_text(name) {
            Ok(text) => passwords.push(text),
            Err(error) => keep(error)?,
        }
    }
    if let [password, confirmation] = passwords.as_slice() {
        complaints.extend(rules::password_complaints(password, confirmation));
    }
    if !complaints.is_empty() {
        return Err(Refusal::fields(complaints).into());
    }
    let text = |name: &str| values.text(name).unwrap_or_default().to_owned();
    let optional = |name: &str| values.text(name).map(str::to_owned);
    let user = NewUser {
        email: text("email"),
        user_name: text("user_name"),
        password_hash: app
            .passwords()
            .hash(passwords.into_iter().next().unwrap_or_default())
            .await?,
        document_number: optional("document_number"),
        name: text("name"),
        paternal_lastname: text("paternal_lastname"),
        maternal_lastname: text("maternal_lastname"),
        phone: optional("phone"),
        is_superuser: false,
    };
    app.write(&caller, move |tx| profiles::create_user(tx, &user)).await?;
    Ok(message(&app, &caller, 201, "architect.registered"))
}

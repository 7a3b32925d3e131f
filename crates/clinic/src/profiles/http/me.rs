//! Handlers of one's own account and profile.

use axum::extract::State;
use platform::app::App;
use platform::auth::code::draw;
use platform::db::{Changes, Tx};
use platform::error::{Error, Kind, Refusal, Result};
use platform::http::{
    Answer, Body, Caller, Complaints, Field, Mode, fields, json, message, sentence,
};
use platform::i18n::Text;
use platform::types::fold;

use super::bodies::{
    CompletionView, ME_FIELDS, MeChangedView, MeView, PROFILE_FIELDS, ProfileChangedView,
    ProfileView, SETTINGS_FIELDS, SettingsChangedView, SettingsView,
};
use super::typed;
use crate::profiles::model::USERS;
use crate::profiles::queries::profiles as queries;
use crate::profiles::service::letters::Post;
use crate::profiles::service::proofs;
use crate::profiles::{rules, service};

/// Whose account it is; the door has let nobody else in.
pub(super) fn own_id(caller: &Caller) -> Result<i64> {
    let unknown = || {
        let text = Text::key("error.not_authenticated");
        Error::from(Refusal::new(Kind::Unauthenticated, "not_authenticated", text))
    };
    caller.identity().map(platform::auth::Identity::id).ok_or_else(unknown)
}

pub async fn show(State(app): State<App>, caller: Caller) -> Answer {
    let id = own_id(&caller)?;
    let me = app
        .db()
        .read(move |conn| queries::find(conn, id, MeView::read)?.ok_or_else(service::absent))
        .await?;
    Ok(json(200, &me.of(&caller)))
}

pub async fn replace(app: State<App>, caller: Caller, body: Body) -> Answer {
    update(app, caller, body, Mode::Replace).await
}

pub async fn patch(app: State<App>, caller: Caller, body: Body) -> Answer {
    update(app, caller, body, Mode::Patch).await
}

async fn update(State(app): State<App>, caller: Caller, body: Body, mode: Mode) -> Answer {
    let id = own_id(&caller)?;
    let changes = read(ME_FIELDS, &body, mode)?;
    let user = app
        .write(&caller, move |tx| {
            service::change(tx, id, &changes)?;
            me(tx, id)
        })
        .await
        .map_err(|error| fields::by_key(error, ME_FIELDS))?;
    let message = sentence(&app, &caller, "profiles.updated");
    Ok(json(200, &MeChangedView { message, user: user.of(&caller) }))
}

/// Fields by their table's description, and what only a profile asks of them.
fn read(known: &[Field], body: &Body, mode: Mode) -> Result<Changes> {
    let mut complaints = Complaints::default();
    let changes = complaints.take(fields::read(&USERS, known, body, mode))?.unwrap_or_default();
    complaints.extend(changes.text("photo_url").and_then(rules::photo_complaint));
    complaints.finish()?;
    Ok(changes)
}

pub async fn destroy(State(app): State<App>, caller: Caller) -> Answer {
    let id = own_id(&caller)?;
    app.write(&caller, move |tx| service::remove(tx, id)).await?;
    Ok(message(&app, &caller, 200, "profiles.deleted"))
}

pub async fn profile(State(app): State<App>, caller: Caller) -> Answer {
    let id = own_id(&caller)?;
    let mut profile = app
        .db()
        .read(move |conn| queries::find(conn, id, ProfileView::read)?.ok_or_else(service::absent))
        .await?;
    profile.me = profile.me.of(&caller);
    Ok(json(200, &profile))
}

pub async fn create_profile(app: State<App>, caller: Caller, body: Body) -> Answer {
    change_profile(app, caller, body, Mode::Create, 201).await
}

pub async fn replace_profile(app: State<App>, caller: Caller, body: Body) -> Answer {
    change_profile(app, caller, body, Mode::Replace, 200).await
}

pub async fn patch_profile(app: State<App>, caller: Caller, body: Body) -> Answer {
    change_profile(app, caller, body, Mode::Patch, 200).await
}

async fn change_profile(
    State(app): State<App>,
    caller: Caller,
    body: Body,
    mode: Mode,
    status: u16,
) -> Answer {
    let id = own_id(&caller)?;
    let mut changes = read(PROFILE_FIELDS, &body, mode)?;
    let own = caller.identity().map(|identity| fold(&identity.account().email));
    let other = changes.text("email").filter(|email| own != Some(fold(email))).map(str::to_owned);
    let mut proof = None;
    if let Some(address) = &other {
        // Who only holds a session must not move the account to an address of his own: the code goes there first.
        changes.remove("email");
        typed::may_send(&app, id).await?;
        proof = Some((address.clone(), draw()?));
    }
    let (codes, post) = (app.codes().clone(), Post::new(&app, caller.lang()));
    let mut profile = app
        .write(&caller, move |tx| {
            let mut complaints = Complaints::default();
            complaints.take(service::change(tx, id, &changes))?;
            if let Some((address, code)) = &proof {
                let target = ("email", address.as_str());
                complaints.take(proofs::begin_email_change(tx, &codes, &post, id, target, code))?;
            }
            complaints.finish()?;
            queries::find(tx, id, ProfileView::read)?.ok_or_else(service::absent)
        })
        .await
        .map_err(|error| fields::by_key(error, PROFILE_FIELDS))?;
    profile.me = profile.me.of(&caller);
    let key = if other.is_some() { "profiles.email_pending" } else { "profiles.profile_updated" };
    profile.pending_email = other;
    let message = sentence(&app, &caller, key);
    Ok(json(status, &ProfileChangedView { message, profile }))
}

pub async fn settings(State(app): State<App>, caller: Caller) -> Answer {
    let id = own_id(&caller)?;
    let me = app
        .db()
        .read(move |conn| queries::find(conn, id, MeView::read)?.ok_or_else(service::absent))
        .await?;
    Ok(json(200, &SettingsView { account_statement: me.account_statement }))
}

pub async fn replace_settings(app: State<App>, caller: Caller, body: Body) -> Answer {
    change_settings(app, caller, body, Mode::Replace).await
}

pub async fn patch_settings(app: State<App>, caller: Caller, body: Body) -> Answer {
    change_settings(app, caller, body, Mode::Patch).await
}

async fn change_settings(State(app): State<App>, caller: Caller, body: Body, mode: Mode) -> Answer {
    let id = own_id(&caller)?;
    let changes = fields::read(&USERS, SETTINGS_FIELDS, &body, mode)?;
    let account_statement = app
        .write(&caller, move |tx| {
            service::change(tx, id, &changes)?;
            Ok(me(tx, id)?.account_statement)
        })
        .await?;
    let message = sentence(&app, &caller, "profiles.settings_updated");
    Ok(json(200, &SettingsChangedView { message, settings: SettingsView { account_statement } }))
}

pub async fn completion(State(app): State<App>, caller: Caller) -> Answer {
    let id = own_id(&caller)?;
    let me = app
        .db()
        .read(move |conn| queries::find(conn, id, MeView::read)?.ok_or_else(service::absent))
        .await?;
    let completion =
        rules::completion(&me.name, &me.email, me.phone.as_deref(), me.photo_url.as_deref());
    Ok(json(
        200,
        &CompletionView {
            completion_percentage: completion.percentage,
            is_complete: completion.is_complete,
            missing_fields: completion.missing,
        },
    ))
}

fn me(tx: &mut Tx<'_>, id: i64) -> Result<MeView> {
    queries::find(tx, id, MeView::read)?.ok_or_else(service::absent)
}

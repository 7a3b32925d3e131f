//! Handlers of users.

use std::ops::ControlFlow;

use axum::extract::State;
use platform::app::App;
use platform::auth::Identity;
use platform::db::{Conn, Tx};
use platform::error::{Error, Kind, Refusal, Result};
use platform::http::query::FAMILY_A;
use platform::http::{
    Answer, Body, Caller, Complaints, Id, Mode, Query, fields, json, message, paging, stream,
};
use platform::i18n::Text;

use super::views::AdminUserView;
use super::wanted::{self, USER_FIELDS};
use crate::architect::queries::users::{self as queries, Listed};
use crate::architect::service::roles;
use crate::architect::service::users::{self as service, Wanted};
use crate::profiles;
use crate::profiles::model::USERS;

/// Who asks; the door has let nobody else in.
pub(super) fn actor(caller: &Caller) -> Result<Identity> {
    let unknown = || {
        let text = Text::key("error.not_authenticated");
        Error::from(Refusal::new(Kind::Unauthenticated, "not_authenticated", text))
    };
    caller.identity().cloned().ok_or_else(unknown)
}

pub async fn list(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let listed = Listed {
        live: match query.text("deleted").map(str::to_ascii_lowercase).as_deref() {
            None | Some("false" | "0" | "no") => Some(true),
            Some("true" | "1" | "yes") => Some(false),
            Some(_) => None,
        },
        is_active: query.flag("is_active"),
        is_staff: query.flag("is_staff"),
        is_superuser: query.flag("is_superuser"),
        role: query.id("role"),
        search: query.text("search").or_else(|| query.text("q")).map(str::to_owned),
        ordering: query.text("ordering").map(str::to_owned),
    };
    if query.wants_page() {
        let wanted = query.page(FAMILY_A);
        query.finish()?;
        return paging::answer(&app, &caller, query, move |conn, rows| {
            let names = queries::role_names(conn)?;
            queries::list(conn, &listed, wanted, |row| {
                rows.push(&AdminUserView::read(row, &names)?)
            })
        })
        .await;
    }
    query.finish()?;
    let counted = listed.clone();
    let total = app.db().read(move |conn| Ok(queries::count(conn, &counted)?)).await?;
    let rows = move |conn: &mut Conn, visit: stream::Visit<'_, AdminUserView>| {
        let names = queries::role_names(conn)?;
        queries::each(conn, &listed, stream::CAP, |row| {
            let goes_on = visit(AdminUserView::read(row, &names)?);
            Ok(if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })
    };
    Ok(stream::list(&app, &caller, &query, total, rows).await?)
}

/// What the body wants of the columns, the password and the roles; the password is hashed here, off the database.
async fn wanted(app: &App, body: &Body, mode: Mode) -> Result<Wanted> {
    let mut complaints = Complaints::default();
    let columns = complaints.take(fields::read(&USERS, USER_FIELDS, body, mode))?;
    let password = complaints.take(wanted::password(body))?;
    let roles = complaints.take(wanted::roles(body))?;
    complaints.finish()?;
    let password_hash = match password.flatten() {
        Some(password) => Some(app.passwords().hash(password).await?),
        None => None,
    };
    Ok(Wanted { columns: columns.unwrap_or_default(), password_hash, roles: roles.flatten() })
}

pub async fn create(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let actor = actor(&caller)?;
    let wanted = wanted(&app, &body, Mode::Create).await?;
    let view = app
        .write(&caller, move |tx| {
            let id = service::create(tx, &actor, &wanted)?;
            view(tx, id)
        })
        .await
        .map_err(|error| fields::by_key(error, USER_FIELDS))?;
    Ok(json(201, &view))
}

/// Changes and removals need an id.
pub async fn without_id() -> Answer {
    let text = Text::key("architect.id_needed");
    Err(Refusal::new(Kind::Invalid, "id_needed", text).into())
}

pub async fn show(State(app): State<App>, Id(id): Id, query: Query) -> Answer {
    let with_deleted = query.has("deleted");
    let view = app
        .db()
        .read(move |conn| {
            let names = queries::role_names(conn)?;
            let found =
                queries::find(conn, id, with_deleted, |row| AdminUserView::read(row, &names))?;
            found.ok_or_else(profiles::no_such_user)
        })
        .await?;
    Ok(json(200, &view))
}

pub async fn replace(app: State<App>, caller: Caller, id: Id, body: Body) -> Answer {
    change(app, caller, id, body, Mode::Replace).await
}

pub async fn patch(app: State<App>, caller: Caller, id: Id, body: Body) -> Answer {
    change(app, caller, id, body, Mode::Patch).await
}

async fn change(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id,
    body: Body,
    mode: Mode,
) -> Answer {
    let actor = actor(&caller)?;
    let wanted = wanted(&app, &body, mode).await?;
    let view = app
        .write(&caller, move |tx| {
            service::change(tx, &actor, id, &wanted)?;
            view(tx, id)
        })
        .await
        .map_err(|error| fields::by_key(error, USER_FIELDS))?;
    Ok(json(200, &view))
}

pub async fn destroy(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let actor = actor(&caller)?;
    app.write(&caller, move |tx| service::remove(tx, &actor, id)).await?;
    Ok(message(&app, &caller, 200, "architect.user_deleted"))
}

pub async fn restore(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let actor = actor(&caller)?;
    let view = app
        .write(&caller, move |tx| {
            service::restore(tx, &actor, id)?;
            view(tx, id)
        })
        .await?;
    Ok(json(200, &view))
}

pub async fn activate(app: State<App>, caller: Caller, id: Id) -> Answer {
    set_active(app, caller, id, true).await
}

pub async fn deactivate(app: State<App>, caller: Caller, id: Id) -> Answer {
    set_active(app, caller, id, false).await
}

async fn set_active(State(app): State<App>, caller: Caller, Id(id): Id, is_active: bool) -> Answer {
    let actor = actor(&caller)?;
    let view = app
        .write(&caller, move |tx| {
            service::set_active(tx, &actor, id, is_active)?;
            view(tx, id)
        })
        .await?;
    Ok(json(200, &view))
}

pub async fn roles(State(app): State<App>, Id(id): Id) -> Answer {
    let roles = app
        .db()
        .read(move |conn| {
            let names = queries::role_names(conn)?;
            let found = queries::find(conn, id, false, |row| AdminUserView::read(row, &names))?;
            Ok(found.ok_or_else(profiles::no_such_user)?.roles)
        })
        .await?;
    Ok(json(200, &roles))
}

pub async fn set_roles(app: State<App>, caller: Caller, id: Id, body: Body) -> Answer {
    assign(app, caller, id, body, true).await
}

pub async fn give_roles(app: State<App>, caller: Caller, id: Id, body: Body) -> Answer {
    assign(app, caller, id, body, false).await
}

async fn assign(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id,
    body: Body,
    replaces: bool,
) -> Answer {
    let actor = actor(&caller)?;
    let wanted =
        wanted::roles(&body)?.ok_or_else(|| Refusal::fields(vec![wanted::required("roles")]))?;
    let view = app
        .write(&caller, move |tx| {
            roles::assign(tx, &actor, id, &wanted, replaces)?;
            view(tx, id)
        })
        .await?;
    Ok(json(200, &view))
}

fn view(tx: &mut Tx<'_>, id: i64) -> Result<AdminUserView> {
    let names = queries::role_names(tx)?;
    queries::find(tx, id, true, |row| AdminUserView::read(row, &names))?
        .ok_or_else(profiles::no_such_user)
}

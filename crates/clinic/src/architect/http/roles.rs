//! Handlers of roles and permissions.

use axum::extract::State;
use platform::app::App;
use platform::db::{Conn, Tx};
use platform::error::{Refusal, Result};
use platform::http::{Answer, Body, Caller, Complaints, Id, Mode, empty, fields, json};

use super::users::actor;
use super::views::{PermissionView, RoleView};
use super::wanted::{self, ROLE_FIELDS};
use crate::architect::model::ROLES;
use crate::architect::queries::roles as queries;
use crate::architect::service::roles as service;

pub async fn list(State(app): State<App>) -> Answer {
    let roles = app.db().read(|conn| Ok(queries::list(conn, RoleView::read)?)).await?;
    Ok(json(200, &roles))
}

pub async fn show(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let sees_permissions = caller.can("roles.manage") || caller.can("users.manage");
    let role = app
        .db()
        .read(move |conn| {
            let mut role = queries::find(conn, id, RoleView::read)?.ok_or_else(service::absent)?;
            if sees_permissions {
                role.permissions = Some(queries::permissions_of_role(conn, id)?);
            }
            Ok(role)
        })
        .await?;
    Ok(json(200, &role))
}

pub async fn create(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let actor = actor(&caller)?;
    let mut complaints = Complaints::default();
    let row = complaints.take(fields::read(&ROLES, ROLE_FIELDS, &body, Mode::Create))?;
    let permissions = complaints.take(wanted::permissions(&body))?.flatten();
    complaints.finish()?;
    let row = row.unwrap_or_default();
    let role = app
        .write(&caller, move |tx| {
            let id = service::create(tx, &actor, &row, permissions.as_deref())?;
            view(tx, id)
        })
        .await?;
    Ok(json(201, &role))
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
    let mut complaints = Complaints::default();
    let row = complaints.take(fields::read(&ROLES, ROLE_FIELDS, &body, mode))?;
    let permissions = complaints.take(wanted::permissions(&body))?.flatten();
    complaints.finish()?;
    let row = row.unwrap_or_default();
    let role = app
        .write(&caller, move |tx| {
            service::change(tx, &actor, id, &row, permissions.as_deref())?;
            view(tx, id)
        })
        .await?;
    Ok(json(200, &role))
}

pub async fn destroy(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let actor = actor(&caller)?;
    app.write(&caller, move |tx| service::remove(tx, &actor, id)).await?;
    Ok(empty())
}

pub async fn permissions_of(State(app): State<App>, Id(id): Id) -> Answer {
    let permissions = app
        .db()
        .read(move |conn| {
            queries::find(conn, id, |_| Ok(()))?.ok_or_else(service::absent)?;
            permitted(conn, id)
        })
        .await?;
    Ok(json(200, &permissions))
}

pub async fn set_permissions(app: State<App>, caller: Caller, id: Id, body: Body) -> Answer {
    permit(app, caller, id, body, true).await
}

pub async fn add_permissions(app: State<App>, caller: Caller, id: Id, body: Body) -> Answer {
    permit(app, caller, id, body, false).await
}

async fn permit(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id,
    body: Body,
    replaces: bool,
) -> Answer {
    let actor = actor(&caller)?;
    let wanted = wanted::permissions(&body)?
        .ok_or_else(|| Refusal::fields(vec![wanted::required("permissions")]))?;
    let permissions = app
        .write(&caller, move |tx| {
            service::permit(tx, &actor, id, &wanted, replaces)?;
            permitted(tx, id)
        })
        .await?;
    Ok(json(200, &permissions))
}

pub async fn permissions(State(app): State<App>) -> Answer {
    let permissions = app
        .db()
        .read(|conn| Ok(queries::list_permissions(conn, None, PermissionView::read)?))
        .await?;
    Ok(json(200, &permissions))
}

pub async fn permission(State(app): State<App>, Id(id): Id) -> Answer {
    let permission = app
        .db()
        .read(move |conn| {
            queries::find_permission(conn, id, PermissionView::read)?
                .ok_or_else(service::no_such_permission)
        })
        .await?;
    Ok(json(200, &permission))
}

fn permitted(conn: &mut Conn, role: i64) -> Result<Vec<PermissionView>> {
    Ok(queries::list_permissions(conn, Some(role), PermissionView::read)?)
}

fn view(tx: &mut Tx<'_>, id: i64) -> Result<RoleView> {
    let mut role = queries::find(tx, id, RoleView::read)?.ok_or_else(service::absent)?;
    role.permissions = Some(queries::permissions_of_role(tx, id)?);
    Ok(role)
}

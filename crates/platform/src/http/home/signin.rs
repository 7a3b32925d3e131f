//! Log-in and log-out of browsers.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use minijinja::{Value, context};

use super::start::{self, FIRST, PANEL, SIGN_IN, SIGN_OUT};
use super::visitor::text;
use super::{Visitor, cookies, pages};
use crate::app::App;
use crate::auth::{Identity, State as UserState, login, session};
use crate::error::{Kind, Refusal, Result};
use crate::http::{Access, Answer, Body, Caller, Query, Route};
use crate::i18n::Text;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get(SIGN_IN, Access::Public, show),
        Route::post(SIGN_IN, Access::Public, submit),
        Route::post(SIGN_OUT, Access::Public, leave),
    ]
}

async fn show(State(app): State<App>, caller: Caller, headers: HeaderMap, query: Query) -> Answer {
    let visitor = Visitor::of(&app, &caller, &headers).await?;
    let next = query.text("next").and_then(local);
    match visitor.identity() {
        Some(identity) => Ok(pages::redirect(next.unwrap_or_else(|| home_of(identity)))),
        None => Ok(pages::form(&app, &visitor, "signin.html", values("", next))?),
    }
}

async fn submit(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    query: Query,
    body: Body,
) -> Answer {
    let visitor = Visitor::of(&app, &caller, &headers).await?;
    let name = text(&body, "username").trim();
    let next = local(text(&body, "next")).or_else(|| query.text("next").and_then(local));
    match attempt(&app, &visitor, &headers, &body).await {
        Ok(user_id) => Ok(enter(&app, &visitor, user_id, next).await?),
        Err(error) if error.refusal().is_some() => {
            let values = values(name, next);
            Ok(pages::form_again(&app, &visitor, "signin.html", values, &error)?)
        }
        Err(error) => Err(error.into()),
    }
}

fn values(name: &str, next: Option<&str>) -> Value {
    context! { name, next => next.unwrap_or(""), ..start::links() }
}

async fn attempt(app: &App, visitor: &Visitor, headers: &HeaderMap, body: &Body) -> Result<i64> {
    visitor.check_form(app, headers, body)?;
    let (name, password) = (text(body, "username").trim(), text(body, "password"));
    if name.is_empty() || password.is_empty() {
        let text = Text::key("page.signin.both");
        return Err(Refusal::new(Kind::Invalid, "required", text).into());
    }
    login::verify(app, name, password, &visitor.caller().address().to_string()).await
}

/// Signs a browser in and sends it on. Its session is always a new one, and one it had before ends.
pub(super) async fn enter(
    app: &App,
    visitor: &Visitor,
    user_id: i64,
    next: Option<&str>,
) -> Result<Response> {
    let now = app.clock().now();
    let UserState::Active(identity) = app.identities().state(app.db(), user_id, now).await? else {
        let text = Text::key("error.invalid_credentials");
        return Err(Refusal::new(Kind::Unauthenticated, "invalid_credentials", text).into());
    };
    let target = next.unwrap_or_else(|| home_of(&identity)).to_owned();
    let (epoch, expires_at) = (identity.account().epoch, now + app.config().auth.session_age);
    let before = visitor.session();
    let caller = visitor.caller().known_as(identity, None, None);
    let session = app
        .write(&caller, move |tx| {
            if let Some(before) = before {
                session::end(tx, before)?;
            }
            session::begin(tx, user_id, epoch, expires_at)
        })
        .await?;
    let mut response = pages::redirect(&target);
    cookies::begin(app, &mut response, &session);
    Ok(response)
}

async fn leave(State(app): State<App>, caller: Caller, headers: HeaderMap, body: Body) -> Answer {
    let visitor = Visitor::of(&app, &caller, &headers).await?;
    if let Some(session) = visitor.session() {
        visitor.check_form(&app, &headers, &body)?;
        app.write(visitor.caller(), move |tx| session::end(tx, session)).await?;
    }
    let mut response = pages::redirect(FIRST);
    cookies::end(&app, &mut response);
    Ok(response)
}

/// Where somebody goes who asked for nothing else.
fn home_of(identity: &Identity) -> &'static str {
    if pages::is_staff(identity) { PANEL } else { FIRST }
}

/// The path, if it leads nowhere but to this server. Browsers read `//` and `/\` as another host, and skip control
/// characters on the way to that.
fn local(path: &str) -> Option<&str> {
    let is_local = path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    is_local.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_server_are_followed() {
        for good in ["/", "/admin/", "/admin/?page=2", "/a/%2F%2Fb"] {
            assert_eq!(local(good), Some(good));
        }
        for bad in [
            "",
            "admin/",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example",
            "/a b",
            "/ñ",
        ] {
            assert_eq!(local(bad), None, "{bad}");
        }
    }
}

//! The first page, the viewer of the API description, and the start page of the panel.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use minijinja::{Value, context};
use serde_json::json;

use super::{Visitor, accept, pages};
use crate::app::App;
use crate::error::{Kind, Refusal};
use crate::http::{Access, Answer, Caller, Route, json as answer};
use crate::i18n::Text;

const DOCS: &str = "/api/docs/";
const SCHEMA: &str = "/api/schema/";
const HEALTH: &str = "/health/";
pub(super) const SIGN_IN: &str = "/admin/login/";
pub(super) const SIGN_OUT: &str = "/admin/logout/";
pub(super) const PANEL: &str = "/admin/";
pub(super) const FIRST: &str = "/";

/// The viewer sets styles from its script, and its pictures are data.
const DOCS_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                           frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get(FIRST, Access::Public, first),
        Route::get(DOCS, Access::Public, docs),
        Route::get(PANEL, Access::Public, panel),
    ]
}

async fn first(State(app): State<App>, caller: Caller, headers: HeaderMap) -> Answer {
    if accept::prefers_json(&headers) {
        let links = json!({ "documentation": DOCS, "schema": SCHEMA, "health": HEALTH, "admin": PANEL, "sign_in": SIGN_IN });
        let program = app.program();
        let mut response = answer(
            200,
            &json!({ "name": program.name, "version": program.version, "links": links }),
        );
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
        return Ok(response);
    }
    // The first page also stands when the database does not; it then knows nobody.
    let visitor = match Visitor::of(&app, &caller, &headers).await {
        Ok(visitor) => visitor,
        Err(_) => Visitor::anonymous(&caller, &headers)?,
    };
    Ok(pages::show(&app, &visitor, "first.html", links())?)
}

/// The addresses that pages mention.
pub(super) fn links() -> Value {
    let safe = |path: &str| Value::from_safe_string(path.to_owned());
    context! {
        docs => safe(DOCS),
        schema => safe(SCHEMA),
        health => safe(HEALTH),
        panel => safe(PANEL),
        sign_in => safe(SIGN_IN),
        sign_out => safe(SIGN_OUT),
    }
}

async fn docs(State(app): State<App>, caller: Caller, headers: HeaderMap) -> Answer {
    let visitor = Visitor::anonymous(&caller, &headers)?;
    let mut response = pages::show(&app, &visitor, "docs.html", links())?;
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOCS_POLICY));
    Ok(response)
}

async fn panel(State(app): State<App>, caller: Caller, headers: HeaderMap) -> Answer {
    let visitor = Visitor::of(&app, &caller, &headers).await?;
    let Some(identity) = visitor.identity() else {
        return Ok(pages::redirect(&format!("{SIGN_IN}?next={PANEL}")));
    };
    if !pages::is_staff(identity) {
        let text = Text::key("page.not_staff").with("name", &identity.account().user_name);
        return Err(Refusal::new(Kind::Forbidden, "permission_denied", text).into());
    }
    Ok(pages::show(&app, &visitor, "start.html", links())?)
}

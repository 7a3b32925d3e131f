//! Templates, and the pages made of them. The words come from `locales/pages.yml` through `t("page.key")`.

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, ErrorKind, UndefinedBehavior, context};

use super::visitor::{TOKEN_FIELD, Visitor};
use super::{assets, cookies};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::errors::{self, Spoken};
use crate::i18n::{Lang, Texts};

/// All templates. The `.html` in a name turns escaping on.
pub(super) const TEMPLATES: &[(&str, &str)] = &[
    ("layout.html", include_str!("../../../templates/layout.html")),
    ("field.html", include_str!("../../../templates/field.html")),
    ("links.html", include_str!("../../../templates/links.html")),
    ("signout.html", include_str!("../../../templates/signout.html")),
    ("first.html", include_str!("../../../templates/first.html")),
    ("docs.html", include_str!("../../../templates/docs.html")),
    ("signin.html", include_str!("../../../templates/signin.html")),
    ("start.html", include_str!("../../../templates/start.html")),
    ("setup.html", include_str!("../../../templates/setup.html")),
    ("error.html", include_str!("../../../templates/error.html")),
];

static ENVIRONMENT: LazyLock<Result<Environment<'static>, minijinja::Error>> =
    LazyLock::new(|| {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment
            .set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        environment.add_function("asset", |name: String| {
            let url = assets::url(&name).map(Value::from_safe_string);
            url.ok_or_else(|| missing(format!("there is no asset {name}")))
        });
        for (name, source) in TEMPLATES {
            environment.add_template(name, source)?;
        }
        Ok(environment)
    });

fn missing(reason: String) -> minijinja::Error {
    minijinja::Error::new(ErrorKind::InvalidOperation, reason)
}

/// The template function `t`: the sentence of a key, with its named values.
fn speaker(texts: Texts, lang: Lang) -> Value {
    Value::from_function(move |key: String, values: Kwargs| {
        let sentence = texts.look_up(lang, &key);
        let mut sentence =
            sentence.ok_or_else(|| missing(format!("there is no sentence {key}")))?.into_owned();
        for name in values.args() {
            let value = values.get::<Value>(name)?.to_string();
            sentence = sentence.replace(&format!("%{{{name}}}"), &value);
        }
        Ok(sentence)
    })
}

/// The text of a page.
fn render(app: &App, lang: Lang, template: &str, values: Value) -> Result<String> {
    let failed = |error: &dyn std::fmt::Display| Error::failed("template", error);
    let environment = ENVIRONMENT.as_ref().map_err(|error| failed(error))?;
    let values = context! {
        ..values,
        ..context! {
            t => speaker(app.program().texts, lang),
            lang => lang.code(),
            program => app.program().name,
            version => app.program().version,
            debug => app.config().debug,
            token_field => TOKEN_FIELD,
        }
    };
    let template = environment.get_template(template).map_err(|error| failed(&error))?;
    // The long form names the line; it goes to the log only.
    template.render(values).map_err(|error| failed(&format!("{error:#}")))
}

/// A page about a person or with a form in it must not be kept by anybody.
fn dress(page: String) -> Response {
    let mut response = Response::new(Body::from(page));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.append(header::VARY, HeaderValue::from_static("Accept, Accept-Language, Cookie"));
    response
}

/// A page for `visitor`, whose form token it may mention.
pub(super) fn show(
    app: &App,
    visitor: &Visitor,
    template: &str,
    values: Value,
) -> Result<Response> {
    let account = visitor.identity().map(|identity| {
        let account = identity.account();
        context! { name => account.user_name.as_str(), email => account.email.as_str() }
    });
    let is_staff = visitor.identity().is_some_and(is_staff);
    let values = context! {
        ..values,
        ..context! { account, is_staff, token => visitor.token() }
    };
    Ok(dress(render(app, visitor.lang(), template, values)?))
}

/// A page with a form, which needs the visitor to have a form token.
pub(super) fn form(
    app: &App,
    visitor: &Visitor,
    template: &str,
    values: Value,
) -> Result<Response> {
    form_saying(app, visitor, template, values, None)
}

fn form_saying(
    app: &App,
    visitor: &Visitor,
    template: &str,
    values: Value,
    refusal: Option<String>,
) -> Result<Response> {
    let mut response = show(app, visitor, template, context! { ..values, ..context! { refusal } })?;
    if visitor.is_token_new() {
        cookies::form_token(app, &mut response, visitor.token());
    }
    Ok(response)
}

/// The same, shown again because of `error`: with its status and its sentence as `refusal`.
pub(super) fn form_again(
    app: &App,
    visitor: &Visitor,
    template: &str,
    values: Value,
    error: &Error,
) -> Result<Response> {
    let told =
        errors::render(error, app.program().texts, visitor.lang(), visitor.caller().request_id());
    let refusal = told.extensions().get::<Spoken>().map(|spoken| spoken.0.clone());
    let page = form_saying(app, visitor, template, values, refusal)?;
    Ok(in_place_of(told, page))
}

/// `page` with the status and the headers of `told`, except those about its body.
fn in_place_of(told: Response, mut page: Response) -> Response {
    *page.status_mut() = told.status();
    for (name, value) in told.headers() {
        if !page.headers().contains_key(name) && name != header::CONTENT_LENGTH {
            page.headers_mut().append(name.clone(), value.clone());
        }
    }
    page
}

/// Whether a path is meant for people, so that its errors may be pages too.
#[must_use]
pub fn is_page(path: &str) -> bool {
    !path.starts_with("/api/") && !path.starts_with("/health")
}

/// The page that tells what the JSON answer `told` tells.
pub fn error_page(app: &App, lang: Lang, told: Response) -> Response {
    let status = told.status();
    let spoken = told.extensions().get::<Spoken>().map(|spoken| spoken.0.clone());
    let title = match status {
        StatusCode::FORBIDDEN => "page.error.forbidden",
        StatusCode::NOT_FOUND => "page.error.not_found",
        StatusCode::TOO_MANY_REQUESTS => "page.error.too_many",
        StatusCode::SERVICE_UNAVAILABLE => "page.error.unavailable",
        status if status.is_server_error() => "page.error.failed",
        _ => "page.error.refused",
    };
    let values =
        context! { title, status => status.as_u16(), sentence => spoken.unwrap_or_default() };
    match render(app, lang, "error.html", values) {
        Ok(page) => in_place_of(told, dress(page)),
        Err(error) => {
            tracing::error!(%error, "the page of an error could not be made");
            told
        }
    }
}

/// Whether somebody may enter the panel.
pub(super) fn is_staff(identity: &crate::auth::Identity) -> bool {
    identity.account().is_staff || identity.account().is_superuser
}

/// Sends a browser elsewhere; after a form, to read.
pub(super) fn redirect(path: &str) -> Response {
    let mut response = StatusCode::FOUND.into_response();
    if let Ok(path) = HeaderValue::from_str(path) {
        response.headers_mut().insert(header::LOCATION, path);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

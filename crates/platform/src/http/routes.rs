//! A route: verb, path, who may, handler, and what the API description says of it.

use axum::Router;
use axum::extract::OriginalUri;
use axum::handler::Handler;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use std::collections::BTreeMap;
use utoipa::openapi::{RefOr, Schema};

use super::access::{self, Access};
use super::errors::HttpError;
use super::fields::Field;
use crate::app::App;
use crate::db::Table;
use crate::error::{Kind, Refusal};
use crate::i18n::Text;

/// A schema and the schemas it mentions.
pub type NamedSchemas = Vec<(String, RefOr<Schema>)>;

/// What a request body looks like.
#[derive(Clone, Copy)]
pub enum BodyDoc {
    /// Fields of a table, with their rules.
    Fields(&'static Table, &'static [Field]),
    /// Fields of a table, and names of files; with files it comes in parts (multipart).
    Files(&'static Table, &'static [Field], &'static [&'static str]),
    /// Named text fields; those with `true` are required.
    Texts(&'static [(&'static str, bool)]),
    /// Fields of a table and others beside them.
    With(&'static Table, &'static [Field], &'static [Beside]),
}

/// A field of a body that is no column.
#[derive(Clone, Copy, Debug)]
pub struct Beside {
    /// Its key.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether it must be there.
    pub required: bool,
}

impl Beside {
    /// An optional field.
    #[must_use]
    pub const fn new(name: &'static str, holds: Holds) -> Self {
        Self { name, holds, required: false }
    }

    /// A field that must be there.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

/// What a field holds that is no column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Text.
    Text,
    /// An id.
    Id,
    /// Ids.
    Ids,
    /// Ids or names.
    Names,
}

/// What a successful answer looks like.
#[derive(Clone, Copy)]
pub struct AnswerDoc {
    /// Status.
    pub status: u16,
    /// Name of the schema; empty for an answer without a body.
    pub schema: &'static str,
    /// The schema and those it mentions.
    pub schemas: fn() -> NamedSchemas,
    /// How the schema is wrapped.
    pub shape: Shape,
}

/// How an answer wraps its objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One object.
    One,
    /// A page of objects.
    Page,
    /// A bare list.
    List,
    /// An object under a key.
    Keyed(&'static str),
    /// A list under a key.
    KeyedList(&'static str),
}

/// What the API description says of a route.
#[derive(Clone, Copy, Default)]
pub struct Doc {
    /// One line.
    pub summary: &'static str,
    /// Query parameters: name and meaning.
    pub query: &'static [(&'static str, &'static str)],
    /// Request body.
    pub body: Option<BodyDoc>,
    /// Successful answer.
    pub answer: Option<AnswerDoc>,
}

/// A route of a module.
pub struct Route {
    /// Verb.
    pub method: Method,
    /// Path below the module's prefix, with a final slash.
    pub path: &'static str,
    /// Who may.
    pub access: Access,
    /// What the description says.
    pub doc: Doc,
    handler: MethodRouter<App>,
}

impl Route {
    fn new<H, T>(method: Method, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let filter = axum::routing::MethodFilter::try_from(method.clone())
            .unwrap_or(axum::routing::MethodFilter::GET);
        Self {
            handler: axum::routing::on(filter, handler),
            method,
            path,
            access,
            doc: Doc::default(),
        }
    }

    /// GET.
    pub fn get<H: Handler<T, App>, T: 'static>(
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self {
        Self::new(Method::GET, path, access, handler)
    }

    /// POST.
    pub fn post<H: Handler<T, App>, T: 'static>(
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self {
        Self::new(Method::POST, path, access, handler)
    }

    /// PUT.
    pub fn put<H: Handler<T, App>, T: 'static>(
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self {
        Self::new(Method::PUT, path, access, handler)
    }

    /// PATCH.
    pub fn patch<H: Handler<T, App>, T: 'static>(
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self {
        Self::new(Method::PATCH, path, access, handler)
    }

    /// DELETE.
    pub fn delete<H: Handler<T, App>, T: 'static>(
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self {
        Self::new(Method::DELETE, path, access, handler)
    }

    /// One line for the description.
    #[must_use]
    pub fn summary(mut self, summary: &'static str) -> Self {
        self.doc.summary = summary;
        self
    }

    /// Query parameters for the description.
    #[must_use]
    pub fn query(mut self, query: &'static [(&'static str, &'static str)]) -> Self {
        self.doc.query = query;
        self
    }

    /// Request body for the description.
    #[must_use]
    pub fn body(mut self, body: BodyDoc) -> Self {
        self.doc.body = Some(body);
        self
    }

    /// Successful answer for the description.
    #[must_use]
    pub fn answers<T: utoipa::ToSchema>(mut self, status: u16, shape: Shape) -> Self {
        self.doc.answer =
            Some(AnswerDoc { status, schema: schema_name::<T>(), schemas: schemas_of::<T>, shape });
        self
    }

    /// A successful answer without a body.
    #[must_use]
    pub fn answers_nothing(mut self, status: u16) -> Self {
        self.doc.answer =
            Some(AnswerDoc { status, schema: "", schemas: Vec::new, shape: Shape::One });
        self
    }
}

fn schema_name<T: utoipa::ToSchema>() -> &'static str {
    // The description lives as long as the program; names are few and made once each.
    Box::leak(T::name().into_owned().into_boxed_str())
}

fn schemas_of<T: utoipa::ToSchema>() -> NamedSchemas {
    let mut schemas = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut schemas);
    schemas
}

/// Mounts routes below `prefix`: each behind its door, verbs of one path together, the path without its
/// final slash as a redirect.
pub fn mount(app: &App, prefix: &str, routes: Vec<Route>) -> Router<App> {
    let mut by_path: BTreeMap<&'static str, (MethodRouter<App>, Vec<Method>)> = BTreeMap::new();
    for route in routes {
        let door = axum::middleware::from_fn_with_state((app.clone(), route.access), access::guard);
        let handler = route.handler.layer(door);
        let (verbs, methods) = by_path.entry(route.path).or_default();
        *verbs = std::mem::take(verbs).merge(handler);
        methods.push(route.method);
    }
    let mut router = Router::new();
    for (path, (verbs, methods)) in by_path {
        let allow = methods.iter().map(Method::as_str).collect::<Vec<_>>().join(", ");
        let allow = HeaderValue::from_str(&allow).unwrap_or(HeaderValue::from_static("GET"));
        let verbs = verbs.fallback(move || std::future::ready(not_allowed(allow.clone())));
        let full = format!("{prefix}{path}");
        if let Some(bare) = full.strip_suffix('/').filter(|bare| !bare.is_empty()) {
            router = router.route(bare, axum::routing::any(with_slash));
        }
        router = router.route(&full, verbs);
    }
    router
}

fn not_allowed(allow: HeaderValue) -> Response {
    let refusal = Refusal::new(
        Kind::MethodNotAllowed,
        "method_not_allowed",
        Text::key("error.method_not_allowed"),
    );
    let mut response = HttpError::from(refusal).into_response();
    response.headers_mut().insert(header::ALLOW, allow);
    response
}

/// Every path ends in a slash; readers are sent there for good, writers with their body.
async fn with_slash(method: Method, OriginalUri(uri): OriginalUri) -> Response {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let target = format!("{}/{query}", uri.path());
    let status = if matches!(method, Method::GET | Method::HEAD) {
        StatusCode::MOVED_PERMANENTLY
    } else {
        StatusCode::PERMANENT_REDIRECT
    };
    (status, [(header::LOCATION, target)]).into_response()
}

//! Calls from pages of other origins. Only a request that names its origin passes through the CORS layer: the others
//! are the many, and the layer would be copied for each.

use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Method, Request, Response, header};
use futures_util::future::Either;
use tower::{Layer, Service};
use tower_http::cors::{AllowOrigin, Cors, CorsLayer};

use crate::app::App;

/// The layer.
#[derive(Clone)]
pub(super) struct WhenAsked(Arc<CorsLayer>);

impl WhenAsked {
    pub(super) fn of(app: &App) -> Self {
        Self(Arc::new(cors(app)))
    }
}

impl<S> Layer<S> for WhenAsked {
    type Service = Asked<S>;

    fn layer(&self, inner: S) -> Asked<S> {
        Asked { inner, cors: Arc::clone(&self.0) }
    }
}

/// A service behind the layer.
#[derive(Clone)]
pub(super) struct Asked<S> {
    inner: S,
    cors: Arc<CorsLayer>,
}

impl<S, B, R> Service<Request<B>> for Asked<S>
where
    S: Service<Request<B>, Response = Response<R>> + Clone,
    R: Default,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Either<S::Future, <Cors<S> as Service<Request<B>>>::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        if !request.headers().contains_key(header::ORIGIN) {
            return Either::Left(self.inner.call(request));
        }
        // The service that said it is ready is the one that is called; its copy waits for the next request.
        let next = self.inner.clone();
        let ready = std::mem::replace(&mut self.inner, next);
        Either::Right(self.cors.layer(ready).call(request))
    }
}

/// Which pages of other origins may call: those of the list, with credentials.
fn cors(app: &App) -> CorsLayer {
    let origins = match &app.config().http.cors_origins {
        None => AllowOrigin::mirror_request(),
        Some(list) => {
            let list: Vec<HeaderValue> =
                list.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect();
            AllowOrigin::list(list)
        }
    };
    CorsLayer::new()
        .allow_origin(origins)
        .allow_credentials(true)
        .allow_methods([
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::OPTIONS,
        ])
        .allow_headers([
            header::ACCEPT,
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::USER_AGENT,
            HeaderName::from_static("x-csrftoken"),
            HeaderName::from_static("x-requested-with"),
            HeaderName::from_static("idempotency-key"),
        ])
        .expose_headers([
            HeaderName::from_static("x-request-id"),
            HeaderName::from_static("x-total-count"),
            header::LINK,
        ])
        .max_age(Duration::from_secs(86_400))
}

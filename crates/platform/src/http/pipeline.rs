//! What every request passes through, outermost first: id, host, time limit, panic guard, words for errors,
//! headers, one log line.

use std::net::{IpAddr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt;

use super::caller::Caller;
use super::errors::{self, HttpError};
use super::home;
use crate::app::App;
use crate::error::{Error, Kind, Refusal};
use crate::i18n::{Lang, Text};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The pipeline.
pub async fn run(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let id = request_id(request.headers());
    let lang = language(&app, request.headers());
    let address = address(&app, &request);
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("")
        .to_owned();
    let is_https = app.security().is_https(&request);
    let base_url = format!("{}://{host}", if is_https { "https" } else { "http" });
    let caller = Caller::anonymous(id.clone(), lang, address, base_url);
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let is_api = request.uri().path().starts_with("/api/");
    let wants_page = home::is_page(request.uri().path()) && home::prefers_html(request.headers());

    let mut response = if !host_is_allowed(&app, &host) {
        refuse(
            Refusal::new(Kind::Malformed, "host", Text::key("error.host").with("host", &host))
                .into(),
        )
    } else if let Some(moved) = app.security().to_https(&request, &host, is_https) {
        moved
    } else {
        request.extensions_mut().insert(caller.clone());
        let handled = AssertUnwindSafe(next.run(request)).catch_unwind();
        match tokio::time::timeout(app.config().http.timeout, handled).await {
            Ok(Ok(response)) => response,
            Ok(Err(_)) => refuse(Error::Failed("a handler panicked".to_owned())),
            Err(_) => {
                refuse(Refusal::new(Kind::TimedOut, "timeout", Text::key("error.timeout")).into())
            }
        }
    };
    if let Some(HttpError(error)) = response.extensions_mut().remove::<HttpError>() {
        let kept = std::mem::take(response.headers_mut());
        response = errors::render(&error, app.program().texts, lang, &id);
        // What inner layers said beside the body stays: CORS, Allow, Location.
        for (name, value) in &kept {
            if ![header::CONTENT_TYPE, header::CONTENT_LENGTH].contains(name)
                && !response.headers().contains_key(name)
            {
                response.headers_mut().insert(name.clone(), value.clone());
            }
        }
        if wants_page {
            response = home::error_page(&app, lang, response);
        }
    }
    head(&app, &mut response, &id, is_api, is_https);
    log_line(&method, route.as_deref(), &response, &id, started);
    response
}

fn refuse(error: Error) -> Response {
    axum::response::IntoResponse::into_response(HttpError::from(error))
}

/// One line a request: what, how it ended, how long it took. The path is the route's pattern, so that no
/// name or number of a person gets into the log.
fn log_line(method: &Method, route: Option<&str>, response: &Response, id: &str, started: Instant) {
    let status = response.status().as_u16();
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    tracing::info!(
        request.id = id,
        request.method = method.as_str(),
        request.route = route.unwrap_or("-"),
        response.status = status,
        duration_us = micros,
        "answered"
    );
}

/// The id the client or proxy gave, if it is a tame one; else a new one.
fn request_id(headers: &HeaderMap) -> String {
    let tame = |text: &&str| {
        (8..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    headers
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(tame)
        .map_or_else(new_id, str::to_owned)
}

/// A random beginning for this process and a running number: unique without asking for randomness each time.
fn new_id() -> String {
    static PROCESS: LazyLock<u64> = LazyLock::new(|| {
        let mut bytes = [0_u8; 8];
        let _zero_is_an_id_too = getrandom::fill(&mut bytes);
        u64::from_be_bytes(bytes)
    });
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    format!("{:016x}{:016x}", *PROCESS, NUMBER.fetch_add(1, Ordering::Relaxed))
}

fn language(app: &App, headers: &HeaderMap) -> Lang {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(Lang::accepted)
        .unwrap_or(app.config().language)
}

/// The peer's address; behind a trusted proxy, the last address of X-Forwarded-For that is no such proxy.
fn address(app: &App, request: &Request) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::from([127, 0, 0, 1]), |ConnectInfo(address)| address.ip());
    let trusted = &app.config().http.trusted_proxies;
    if !trusted.contains(&peer) {
        return peer;
    }
    request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|text| text.trim().parse().ok())
        .rfind(|address| !trusted.contains(address))
        .unwrap_or(peer)
}

fn host_is_allowed(app: &App, host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    is_allowed(&app.config().http.allowed_hosts, name)
}

/// Whether a host's name (without port) is one of those answered for.
pub(crate) fn is_allowed(hosts: &[String], name: &str) -> bool {
    hosts.iter().any(|allowed| {
        allowed == "*"
            || allowed.eq_ignore_ascii_case(name)
            || allowed.strip_prefix('.').is_some_and(|domain| {
                name == domain || name.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
            })
    })
}

fn head(app: &App, response: &mut Response, id: &str, is_api: bool, is_https: bool) {
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
    app.security().put(headers, is_https);
    if is_api {
        // Health data must not stay in shared caches or on a borrowed computer.
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
}

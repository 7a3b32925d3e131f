//! Style sheets, scripts and pictures, embedded in the program. A file `name.gz` is served as `name`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::sync::LazyLock;

use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use flate2::read::GzDecoder;
use rust_embed::RustEmbed;

use super::accept;
use crate::error::{Error, Refusal, Result};
use crate::http::{Access, Answer, Query, Route};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/assets"]
struct Files;

/// An address that names its content's hash never changes its content.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// Any other is asked for again, and mostly answered "not modified".
const ASK_AGAIN: &str = "no-cache";

struct Asset {
    content_type: &'static str,
    hash: String,
    content: Bytes,
    is_gzip: bool,
}

/// By name, so that a path can name nothing but an entry of this list.
static ASSETS: LazyLock<BTreeMap<String, Asset>> =
    LazyLock::new(|| Files::iter().filter_map(|path| load(&path)).collect());

fn load(path: &str) -> Option<(String, Asset)> {
    let file = Files::get(path)?;
    let name = path.strip_suffix(".gz").unwrap_or(path);
    let mut hash = String::with_capacity(16);
    for byte in file.metadata.sha256_hash().iter().take(8) {
        write!(hash, "{byte:02x}").ok()?;
    }
    let content = match file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    };
    let asset = Asset { content_type: content_type(name), hash, content, is_gzip: name != path };
    Some((name.to_owned(), asset))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// An embedded file, for a web server in front that serves it from a folder.
#[derive(Debug)]
pub struct Embedded {
    /// Path below `/static/`.
    pub name: &'static str,
    /// Hash of its content, in hexadecimal digits.
    pub hash: &'static str,
    /// Its content.
    pub content: Vec<u8>,
    /// The content packed by gzip, where the program keeps it so.
    pub packed: Option<&'static [u8]>,
}

/// Every embedded file, by name.
pub fn embedded() -> Result<Vec<Embedded>> {
    let whole = |(name, asset): (&'static String, &'static Asset)| {
        let (content, packed) = if asset.is_gzip {
            (unpack(&asset.content)?, Some(asset.content.as_ref()))
        } else {
            (asset.content.to_vec(), None)
        };
        Ok(Embedded { name, hash: &asset.hash, content, packed })
    };
    ASSETS.iter().map(whole).collect()
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>> {
    let mut content = Vec::new();
    GzDecoder::new(packed)
        .read_to_end(&mut content)
        .map_err(|error| Error::failed("an embedded file", error))?;
    Ok(content)
}

/// The address of an asset, with the hash of its content; `None` if there is no such asset.
pub(super) fn url(name: &str) -> Option<String> {
    ASSETS.get(name).map(|asset| format!("/static/{name}?v={}", asset.hash))
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/static/{*path}", Access::Public, show),
        Route::get("/favicon.ico", Access::Public, icon),
    ]
}

/// Browsers ask for this by themselves when an answer is no page.
async fn icon() -> Answer {
    let url = url("icon.svg").ok_or_else(|| Refusal::not_found("error.no_such_path"))?;
    Ok(Redirect::temporary(&url).into_response())
}

async fn show(Path(path): Path<String>, query: Query, headers: HeaderMap) -> Answer {
    let asset = ASSETS.get(&path).ok_or_else(|| Refusal::not_found("error.no_such_path"))?;
    let as_gzip = asset.is_gzip && accept::takes_gzip(&headers);
    let tag = format!("\"{}{}\"", asset.hash, if as_gzip { "-gzip" } else { "" });
    let mut response = if is_known(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(Body::from(content(asset, as_gzip).await?));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
        if as_gzip {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    };
    let is_pinned = query.text("v") == Some(asset.hash.as_str());
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    let caching = HeaderValue::from_static(if is_pinned { FOREVER } else { ASK_AGAIN });
    headers.insert(header::CACHE_CONTROL, caching);
    if asset.is_gzip {
        headers.append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    }
    Ok(response)
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let lines =
        headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    lines
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// The content as sent. Who takes no gzip is rare, so unpacking each time costs less than keeping it unpacked.
async fn content(asset: &Asset, as_gzip: bool) -> Result<Bytes> {
    if as_gzip || !asset.is_gzip {
        return Ok(asset.content.clone());
    }
    let packed = asset.content.clone();
    let unpacking = tokio::task::spawn_blocking(move || unpack(&packed).map(Bytes::from));
    unpacking.await.map_err(|error| Error::failed("an embedded file", error))?
}

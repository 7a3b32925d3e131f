//! Files in a request: multipart parts within limits, and pictures made of them; and the routes that show files again.

use std::collections::HashSet;

use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value as Json};
use tokio::sync::Semaphore;

use super::body::{self, Body};
use super::errors::HttpError;
use super::{Access, Answer, Caller, Route};
use crate::app::{App, Program};
use crate::error::{Error, FieldError, Kind, Refusal, Result};
use crate::i18n::Text;
use crate::storage::picture::{self, Picture, Rules, Unfit};
use crate::storage::{self, Folder, Stored};

/// Bytes of all files of a request together.
const FILES_LIMIT: usize = 32 * 1024 * 1024;
/// Bytes of one file that are kept; of a larger one only that it is too large.
const FILE_LIMIT: usize = 16 * 1024 * 1024;
/// Parts of a body.
const MOST_PARTS: usize = 200;
/// Pictures decoded at the same time: each takes some hundred megabytes at worst.
static DECODING: Semaphore = Semaphore::const_new(2);

/// A body with its files. A body that is not multipart has none.
#[derive(Debug, Default)]
pub struct Form {
    /// The fields that are no files.
    pub body: Body,
    files: Vec<File>,
}

/// A file that was sent.
#[derive(Debug)]
pub struct File {
    /// The field it was sent under.
    pub field: &'static str,
    name: String,
    content: Vec<u8>,
    is_cut: bool,
}

impl FromRequest<App> for Form {
    type Rejection = HttpError;

    async fn from_request(request: Request, app: &App) -> std::result::Result<Self, HttpError> {
        let limit = app.config().http.body_limit;
        if body::is_multipart(request.headers()) {
            let (fields, files) = multipart(request, limit, true).await?;
            return Ok(Self { body: Body(fields), files });
        }
        Ok(Self { body: Body::from_request(request, app).await?, files: Vec::new() })
    }
}

impl Form {
    /// The file sent under one of these names, the first name first.
    pub fn take_file(&mut self, names: &[&'static str]) -> Option<File> {
        names.iter().find_map(|field| {
            let position = self.files.iter().position(|file| file.name == *field)?;
            Some(File { field, ..self.files.swap_remove(position) })
        })
    }
}

impl File {
    /// The picture in it, decoded and written anew on a thread where that may take its time; the complaint if there is
    /// none of that kind.
    pub async fn picture(self, rules: Rules) -> Result<std::result::Result<Picture, FieldError>> {
        let Self { field, content, is_cut, .. } = self;
        let read = if is_cut {
            Err(Unfit::TooLarge)
        } else {
            let broken = |error: &dyn std::fmt::Display| Error::failed("decoding a picture", error);
            let _place = DECODING.acquire().await.map_err(|error| broken(&error))?;
            tokio::task::spawn_blocking(move || picture::read(&content, rules))
                .await
                .map_err(|error| broken(&error))?
        };
        Ok(read.map_err(|unfit| complaint(field, unfit, rules)))
    }

    /// The same, where a file that is no such picture refuses the whole request.
    pub async fn required_picture(self, rules: Rules) -> Result<Picture> {
        self.picture(rules).await?.map_err(|complaint| Refusal::fields(vec![complaint]).into())
    }
}

fn complaint(field: &'static str, unfit: Unfit, rules: Rules) -> FieldError {
    let (code, message) = match unfit {
        Unfit::Empty => ("empty", Text::key("error.file_empty")),
        Unfit::TooLarge => (
            "file_too_large",
            Text::key("error.file_too_large").with("most", rules.bytes / (1024 * 1024)),
        ),
        Unfit::Kind => ("invalid_image", Text::key("error.image_kind")),
        Unfit::TooManyPixels => ("too_many_pixels", Text::key("error.image_pixels")),
        Unfit::Broken => ("invalid_image", Text::key("error.image_broken")),
    };
    FieldError { field: field.into(), code, message }
}

/// Reads the parts of a multipart body: texts within `limit`, and files, which are kept or passed over.
pub(super) async fn multipart(
    mut request: Request,
    limit: usize,
    keeps_files: bool,
) -> Result<(Map<String, Json>, Vec<File>)> {
    let files_limit = if keeps_files { FILES_LIMIT } else { limit };
    let most = limit + files_limit;
    if body::declared_length(request.headers()).is_some_and(|length| length > most) {
        return Err(body::too_large(most));
    }
    // The limits are kept here; the library's own would say less.
    DefaultBodyLimit::disable().apply(&mut request);
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| malformed())?;
    let (mut fields, mut files) = (Map::new(), Vec::new());
    let (mut text_size, mut files_size, mut number) = (0, 0, 0);
    while let Some(mut part) = parts.next_field().await.map_err(|_| malformed())? {
        number += 1;
        if number > MOST_PARTS {
            return Err(malformed());
        }
        let name = part.name().unwrap_or("").to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let (mut content, mut is_cut) = (Vec::new(), false);
        while let Some(chunk) = part.chunk().await.map_err(|_| malformed())? {
            let (size, allowed) = match file_name {
                Some(_) => (&mut files_size, files_limit),
                None => (&mut text_size, limit),
            };
            *size += chunk.len();
            if *size > allowed {
                return Err(body::too_large(allowed));
            }
            is_cut |= file_name.is_some() && content.len() + chunk.len() > FILE_LIMIT;
            if file_name.is_none() || keeps_files && !is_cut {
                content.extend_from_slice(&chunk);
            }
        }
        match file_name {
            None => {
                let text = String::from_utf8(content).map_err(|_| malformed())?;
                fields.insert(name, Json::from(text));
            }
            // What a browser sends for a file that nobody chose.
            Some(file) if file.is_empty() && content.is_empty() && !is_cut => {}
            Some(_) if keeps_files => files.push(File { field: "", name, content, is_cut }),
            Some(_) => {}
        }
    }
    Ok((fields, files))
}

fn malformed() -> Error {
    Refusal::new(Kind::Malformed, "parse_error", Text::key("error.malformed_multipart")).into()
}

/// Stores a picture in a folder, in the name of `owner` where there is one.
pub async fn store(
    app: &App,
    folder: &'static Folder,
    owner: Option<i64>,
    picture: Picture,
) -> Result<Stored> {
    let root = app.config().files.media_root.clone();
    tokio::task::spawn_blocking(move || storage::put(&root, folder, owner, &picture))
        .await
        .map_err(|error| Error::failed("storing an uploaded file", error))?
}

/// A route for each folder of uploads that a module declares.
#[must_use]
pub fn routes(program: &Program) -> Vec<Route> {
    let mut known = HashSet::new();
    let folders = program.modules.iter().flat_map(|module| module.media).copied();
    folders
        .filter(|folder| known.insert(folder.path))
        .map(|folder| {
            let show = move |app: State<App>, caller: Caller, name: Path<String>| {
                show(folder, app, caller, name)
            };
            Route::get(folder.route, folder.access, show).summary("An uploaded picture")
        })
        .collect()
}

async fn show(
    folder: &'static Folder,
    State(app): State<App>,
    _caller: Caller,
    Path(name): Path<String>,
) -> Answer {
    Ok(stored(&app, folder, name).await?)
}

/// The answer that is a stored file, or "no such path".
pub async fn stored(app: &App, folder: &'static Folder, name: String) -> Result<Response> {
    let root = app.config().files.media_root.clone();
    let found = tokio::task::spawn_blocking(move || storage::get(&root, folder, &name))
        .await
        .map_err(|error| Error::failed("reading an uploaded file", error))??;
    let (content, content_type) = found.ok_or_else(|| Refusal::not_found("error.no_such_path"))?;
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    // A picture is nothing but a picture, even where a browser is led to open it as a page.
    let policy = HeaderValue::from_static("default-src 'none'; sandbox");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    // Names are never given twice, so a copy stays good; whose is for some only stays with them.
    let cached = if folder.access == Access::Public {
        HeaderValue::from_static("public, max-age=86400")
    } else {
        HeaderValue::from_static("private, max-age=3600")
    };
    headers.insert(header::CACHE_CONTROL, cached);
    Ok(response)
}

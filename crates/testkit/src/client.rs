//! Clients that speak to the router in process, and what they are answered.

use std::ops::Index;

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request};
use http_body_util::BodyExt;
use serde_json::Value as Json;
use tower::ServiceExt;

use crate::TestApp;

/// A client with headers it sends each time.
pub struct Client<'a> {
    app: &'a TestApp,
    headers: Vec<(&'static str, String)>,
}

impl<'a> Client<'a> {
    pub(crate) fn new(app: &'a TestApp, headers: Vec<(&'static str, String)>) -> Self {
        Self { app, headers }
    }

    /// The same client, sending one more header.
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut headers = self.headers.clone();
        headers.retain(|(known, _)| *known != name);
        headers.push((name, value.to_owned()));
        Self { app: self.app, headers }
    }

    /// GET.
    #[track_caller]
    pub fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None, Vec::new())
    }

    /// DELETE.
    #[track_caller]
    pub fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None, Vec::new())
    }

    /// POST with a JSON body.
    #[track_caller]
    pub fn post(&self, path: &str, body: Json) -> Reply {
        self.send(Method::POST, path, Some("application/json"), body.to_string().into_bytes())
    }

    /// PUT with a JSON body.
    #[track_caller]
    pub fn put(&self, path: &str, body: Json) -> Reply {
        self.send(Method::PUT, path, Some("application/json"), body.to_string().into_bytes())
    }

    /// PATCH with a JSON body.
    #[track_caller]
    pub fn patch(&self, path: &str, body: Json) -> Reply {
        self.send(Method::PATCH, path, Some("application/json"), body.to_string().into_bytes())
    }

    /// Any request, with a raw body.
    #[track_caller]
    pub fn send(
        &self,
        method: Method,
        path: &str,
        content_type: Option<&str>,
        body: Vec<u8>,
    ) -> Reply {
        let mut request = Request::builder().method(&method).uri(path);
        if !self.headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", "testserver");
        }
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Body::from(body)).unwrap();
        let router = self.app.router();
        let (status, headers, bytes) = self.app.runtime().block_on(async move {
            let response = router.oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            (parts.status.as_u16(), parts.headers, body.collect().await.unwrap().to_bytes())
        });
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or(Json::Null);
        let bytes = bytes.to_vec();
        Reply { what: format!("{method} {path}"), status, headers, text, json, bytes }
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    what: String,
    /// Status code.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as text.
    pub text: String,
    /// Body as it came.
    pub bytes: Vec<u8>,
    /// Body as JSON; null if it is none.
    pub json: Json,
}

impl Reply {
    /// Insists on a status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.what, self.text);
        self
    }

    /// A header's text; empty if absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// The `id` of the object answered.
    #[track_caller]
    pub fn id(&self) -> i64 {
        self.json["id"].as_i64().unwrap_or_else(|| panic!("{}: no id in {}", self.what, self.text))
    }

    /// The `results` of the page answered.
    #[track_caller]
    pub fn results(&self) -> &Vec<Json> {
        self.json["results"]
            .as_array()
            .unwrap_or_else(|| panic!("{}: no page: {}", self.what, self.text))
    }

    /// Insists that it complains about exactly these fields, whatever the words.
    #[track_caller]
    pub fn complains_about(&self, fields: &[&str]) {
        let object =
            self.json.as_object().unwrap_or_else(|| panic!("{}: {}", self.what, self.text));
        let mut named: Vec<&str> = object
            .iter()
            .filter(|(name, value)| value.is_array() && name.as_str() != "messages")
            .map(|(name, _)| name.as_str())
            .collect();
        let mut expected = fields.to_vec();
        named.sort_unstable();
        expected.sort_unstable();
        assert_eq!(named, expected, "{}: {}", self.what, self.text);
        for always in ["message", "code", "request_id"] {
            assert!(object.contains_key(always), "{}: no {always} in {}", self.what, self.text);
        }
    }
}

impl Index<&str> for Reply {
    type Output = Json;
    fn index(&self, key: &str) -> &Json {
        &self.json[key]
    }
}

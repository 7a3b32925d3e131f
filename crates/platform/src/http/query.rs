//! Query parameters, read by declared names; wrong values are complaints by name, unknown names are ignored.

use std::borrow::Cow;
use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::NaiveDate;

use crate::db::PageRequest;
use crate::db::page::Beyond;
use crate::error::{FieldError, Refusal, Result};
use crate::i18n::Text;
use crate::types::time;

/// The families of paged lists (contract, superset rule): default size and what a page beyond the end is.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// Rows on a page unless asked otherwise.
    pub size: u64,
    /// A page beyond the end.
    pub beyond: Beyond,
}

/// Page-number lists.
pub const FAMILY_A: Family = Family { size: 20, beyond: Beyond::Absent };
/// Geography: whole lists fit a page.
pub const FAMILY_PLACES: Family = Family { size: 100, beyond: Beyond::Absent };
/// Patients.
pub const FAMILY_B: Family = Family { size: 20, beyond: Beyond::Last };
/// Patient search.
pub const FAMILY_SEARCH: Family = Family { size: 30, beyond: Beyond::Last };
/// Diagnoses, records, appointments, tickets.
pub const FAMILY_D: Family = Family { size: 10, beyond: Beyond::Last };

/// Largest page.
const MAX_SIZE: u64 = 500;

/// The query of a request.
#[derive(Clone, Debug, Default)]
pub struct Query {
    path: String,
    pairs: Vec<(String, String)>,
    complaints: Vec<FieldError>,
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        _state: &S,
    ) -> std::result::Result<Self, Infallible> {
        let path = parts
            .extensions
            .get::<axum::extract::OriginalUri>()
            .map_or_else(|| parts.uri.path().to_owned(), |uri| uri.path().to_owned());
        let raw = parts.uri.query().unwrap_or("");
        let pairs = form_urlencoded::parse(raw.as_bytes()).into_owned().collect();
        Ok(Self { path, pairs, complaints: Vec::new() })
    }
}

impl Query {
    /// The last value given for a name; blank counts as absent.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.pairs.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether the name is there at all.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(known, _)| known == name)
    }

    /// A text that must be there.
    pub fn required(&mut self, name: &'static str) -> String {
        if let Some(text) = self.text(name) {
            return text.to_owned();
        }
        self.complain(name, "required", Text::key("error.required"));
        String::new()
    }

    fn parsed<T>(
        &mut self,
        name: &'static str,
        key: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let parsed = parse(self.text(name)?);
        if parsed.is_none() {
            self.complain(name, "invalid", Text::key(key));
        }
        parsed
    }

    /// An id.
    pub fn id(&mut self, name: &'static str) -> Option<i64> {
        self.parsed(name, "error.integer", |text| text.parse().ok())
    }

    /// A whole number that fits an INT column.
    pub fn int(&mut self, name: &'static str) -> Option<i64> {
        self.parsed(name, "error.integer", |text| text.parse::<i32>().ok().map(i64::from))
    }

    /// True or false.
    pub fn flag(&mut self, name: &'static str) -> Option<bool> {
        self.parsed(name, "error.boolean", |text| match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "si" | "sí" => Some(true),
            "false" | "0" | "no" => Some(false),
            _ => None,
        })
    }

    /// A day; of a moment its UTC day.
    pub fn day(&mut self, name: &'static str) -> Option<NaiveDate> {
        self.parsed(name, "error.date", |text| {
            time::parse_date(text)
                .or_else(|| time::parse_input_moment(text).map(|moment| moment.date_naive()))
        })
    }

    /// The page wanted. `page_size` and `per_page` are the same.
    pub fn page(&mut self, family: Family) -> PageRequest {
        let positive = |text: &str| text.parse::<u64>().ok().filter(|number| *number > 0);
        let number = self.parsed("page", "error.page", positive).unwrap_or(1);
        let by_size = self.parsed("page_size", "error.page_size", positive);
        let by_per = self.parsed("per_page", "error.page_size", positive);
        let size = by_size.or(by_per).unwrap_or(family.size).min(MAX_SIZE);
        PageRequest { number, size, beyond: family.beyond }
    }

    /// Whether the client asked for pages at all.
    #[must_use]
    pub fn wants_page(&self) -> bool {
        self.has("page") || self.has("per_page") || self.has("page_size")
    }

    /// Adds a complaint.
    pub fn complain(&mut self, name: &'static str, code: &'static str, message: Text) {
        self.complaints.push(FieldError { field: Cow::Borrowed(name), code, message });
    }

    /// All complaints as one refusal, if there are any.
    pub fn finish(&mut self) -> Result<()> {
        if self.complaints.is_empty() {
            return Ok(());
        }
        Err(Refusal::fields(std::mem::take(&mut self.complaints)).into())
    }

    /// The address of page `number` of this list; page 1 has no `page` parameter. Parameters are sorted by
    /// name, as the existing clients see them.
    #[must_use]
    pub fn page_url(&self, base: &str, number: u64) -> String {
        let mut pairs: Vec<(&str, String)> = self
            .pairs
            .iter()
            .filter(|(name, _)| name != "page")
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        if number > 1 {
            pairs.push(("page", number.to_string()));
        }
        pairs.sort_by(|left, right| left.0.cmp(right.0));
        if pairs.is_empty() {
            return format!("{base}{}", self.path);
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        format!("{base}{}?{query}", self.path)
    }
}

/// The `{id}` of a path. What is no number is no row: 404, as the existing clients know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = super::HttpError;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &S,
    ) -> std::result::Result<Self, Self::Rejection> {
        let path = axum::extract::Path::<String>::from_request_parts(parts, state).await;
        let id = path.ok().and_then(|axum::extract::Path(text)| text.parse().ok());
        Ok(Self(id.ok_or_else(|| Refusal::not_found("error.no_such_row"))?))
    }
}

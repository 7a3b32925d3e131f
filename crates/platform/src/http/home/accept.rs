//! What kind of answer a client would rather have.

use axum::http::{HeaderMap, header};

/// Whether the client names HTML and nothing it likes better: a browser on its way to a page.
#[must_use]
pub fn prefers_html(headers: &HeaderMap) -> bool {
    let (html, json) = wishes(headers);
    html > 0.0 && html >= json
}

/// Whether the client names JSON, and HTML less or not at all. One that takes anything is shown the page.
pub(super) fn prefers_json(headers: &HeaderMap) -> bool {
    let (html, json) = wishes(headers);
    json > html
}

/// How much HTML and JSON are wished for, from 0 to 1, by their own names only.
fn wishes(headers: &HeaderMap) -> (f32, f32) {
    let (mut html, mut json) = (0.0_f32, 0.0_f32);
    let lines = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    for entry in lines.flat_map(|line| line.split(',')) {
        let (kind, weight) = weighted(entry);
        match kind.as_str() {
            "text/html" | "application/xhtml+xml" => html = html.max(weight),
            "application/json" => json = json.max(weight),
            _ => {}
        }
    }
    (html, json)
}

/// Whether answers may be compressed with gzip.
pub(super) fn takes_gzip(headers: &HeaderMap) -> bool {
    let lines =
        headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut any = 0.0;
    for entry in lines.flat_map(|line| line.split(',')) {
        let (coding, weight) = weighted(entry);
        match coding.as_str() {
            "gzip" => return weight > 0.0,
            "*" => any = weight,
            _ => {}
        }
    }
    any > 0.0
}

/// An entry of such a list: its name and its weight.
fn weighted(entry: &str) -> (String, f32) {
    let mut parts = entry.split(';').map(str::trim);
    let name = parts.next().unwrap_or("").to_ascii_lowercase();
    let weight = parts
        .find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")))
        .map_or(1.0, |text| text.trim().parse().unwrap_or(0.0));
    (name, weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn a_browser_prefers_html_and_a_client_json() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
        for (accept, html, json) in [
            (browser, true, false),
            ("*/*", false, false),
            ("application/json", false, true),
            ("application/json, text/plain, */*", false, true),
            ("text/html;q=0.5, application/json", false, true),
            ("text/html, application/json", true, false),
        ] {
            let headers = accepting(header::ACCEPT, accept);
            assert_eq!((prefers_html(&headers), prefers_json(&headers)), (html, json), "{accept}");
        }
        assert!(!prefers_html(&HeaderMap::new()) && !prefers_json(&HeaderMap::new()));
    }

    #[test]
    fn gzip_is_sent_to_who_takes_it() {
        for (accept, takes) in [
            ("gzip, br", true),
            ("br;q=1, *;q=0.1", true),
            ("gzip;q=0, *", false),
            ("identity", false),
        ] {
            assert_eq!(takes_gzip(&accepting(header::ACCEPT_ENCODING, accept)), takes, "{accept}");
        }
    }
}

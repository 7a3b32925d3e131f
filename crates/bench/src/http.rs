//! The few requests that the benchmark makes itself.

use std::time::Duration;

use crate::{Outcome, during};

const LIMIT: Duration = Duration::from_secs(30);

/// An answer.
pub struct Reply {
    /// Status.
    pub status: u16,
    /// Body.
    pub body: Vec<u8>,
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(LIMIT))
        .build()
        .into()
}

/// GET, with a token if there is one.
pub fn get(url: &str, token: Option<&str>) -> Outcome<Reply> {
    let mut request = agent().get(url);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let mut response = request.call().map_err(during(url))?;
    let body =
        response.body_mut().with_config().limit(1 << 30).read_to_vec().map_err(during(url))?;
    Ok(Reply { status: response.status().as_u16(), body })
}

/// POST of a JSON body.
pub fn post(url: &str, token: Option<&str>, body: &str) -> Outcome<Reply> {
    let mut request = agent().post(url).header("content-type", "application/json");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let mut response = request.send(body).map_err(during(url))?;
    let body = response.body_mut().read_to_vec().map_err(during(url))?;
    Ok(Reply { status: response.status().as_u16(), body })
}

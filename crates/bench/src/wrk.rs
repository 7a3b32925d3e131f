//! wrk: how it is called, and what its report says.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use xtask::provision;

use crate::{Outcome, during};

/// What one run of wrk told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Load {
    /// Requests answered.
    pub requests: u64,
    /// Requests answered a second.
    pub per_second: f64,
    /// Half of the requests took at most this, ms.
    pub p50: f64,
    /// 99 of 100 requests took at most this, ms.
    pub p99: f64,
    /// Connections that failed, and answers of 400 and above.
    pub errors: u64,
    /// Answers by status, where the script counted them.
    pub statuses: BTreeMap<String, u64>,
}

/// What to load.
pub struct Target<'t> {
    /// Address.
    pub url: &'t str,
    /// Token for the Authorization header.
    pub token: Option<&'t str>,
    /// Lua script for what is no GET.
    pub script: Option<&'t Path>,
}

/// Loads `target` for some seconds.
pub fn run(target: &Target<'_>, clients: u32, seconds: u32) -> Outcome<Load> {
    let program: PathBuf = provision::locate(provision::WRK).map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    command.args(["-t2", "--latency", "--timeout", "10s"]);
    command.arg(format!("-c{clients}")).arg(format!("-d{seconds}s"));
    if let Some(token) = target.token {
        command.arg("-H").arg(format!("Authorization: Bearer {token}"));
    }
    if let Some(script) = target.script {
        command.arg("-s").arg(script);
    }
    let output = command.arg(target.url).stdin(Stdio::null()).output().map_err(during("wrk"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(format!(
            "wrk failed on {}:\n{text}{}",
            target.url,
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    parse(&text).ok_or_else(|| format!("wrk said something unexpected on {}:\n{text}", target.url))
}

fn parse(text: &str) -> Option<Load> {
    let mut load = Load::default();
    let mut is_complete = false;
    for line in text.lines().map(str::trim) {
        let mut words = line.split_whitespace();
        match words.next() {
            Some("50%") => load.p50 = millis(words.next()?)?,
            Some("99%") => load.p99 = millis(words.next()?)?,
            Some("Requests/sec:") => {
                load.per_second = words.next()?.parse().ok()?;
                is_complete = true;
            }
            Some("Non-2xx") => load.errors += line.rsplit(' ').next()?.parse::<u64>().ok()?,
            // `Socket errors: connect 0, read 3, write 0, timeout 0`
            Some("Socket") => {
                load.errors +=
                    line.split([' ', ',']).filter_map(|word| word.parse::<u64>().ok()).sum::<u64>();
            }
            Some("status") => {
                let (status, number) = (words.next()?, words.next()?.parse::<u64>().ok()?);
                *load.statuses.entry(status.to_owned()).or_default() += number;
            }
            Some(number) if line.contains(" requests in ") => {
                load.requests = number.parse().ok()?;
            }
            _ => {}
        }
    }
    is_complete.then_some(load)
}

/// `321.00us`, `1.23ms`, `2.00s`, `1.05m`.
fn millis(text: &str) -> Option<f64> {
    let unit = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(unit);
    let factor = match unit {
        "us" => 0.001,
        "ms" => 1.0,
        "s" => 1_000.0,
        "m" => 60_000.0,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "Running 2s test @ http://127.0.0.1:1/\n  2 threads and 16 connections\n  \
        Thread Stats   Avg      Stdev     Max   +/- Stdev\n    Latency     4.03ms    2.50ms  30.01ms   89.32%\n  \
        Latency Distribution\n     50%  321.00us\n     75%    4.68ms\n     90%    6.66ms\n     99%    1.20s \n  \
        8371 requests in 2.00s, 1.23MB read\n  Socket errors: connect 0, read 3, write 0, timeout 1\n  \
        Non-2xx or 3xx responses: 7\nRequests/sec:   4180.12\nTransfer/sec:    628.42KB\nstatus 201 5\nstatus 201 6\n";

    #[test]
    fn the_report_is_understood() {
        let load = parse(REPORT).unwrap();
        assert_eq!((load.requests, load.errors), (8_371, 11));
        assert!((load.per_second - 4_180.12).abs() < 1e-9);
        assert!((load.p50 - 0.321).abs() < 1e-9 && (load.p99 - 1_200.0).abs() < 1e-9);
        assert_eq!(load.statuses.get("201"), Some(&11));
    }

    #[test]
    fn half_a_report_is_none() {
        assert_eq!(parse("Running 2s test"), None);
        assert_eq!(millis("12"), None);
    }
}

//! Addresses, hosts, origins and limits of the web server.

use std::time::Duration;

use super::source::{Setting, Source};

const ALLOWED_HOSTS: Setting = Setting::new(
    "ALLOWED_HOSTS",
    "",
    "clinica.example,www.clinica.example",
    "Host names this server answers for, comma-separated; `.example` means the name and all below it, `*` any. \
     Empty: this machine's names in DEBUG, refused otherwise.",
);
const CSRF_TRUSTED_ORIGINS: Setting = Setting::new(
    "CSRF_TRUSTED_ORIGINS",
    "",
    "https://clinica.example",
    "Origins (scheme and host) whose forms are trusted besides the server's own.",
);
const CORS_ALLOW_ALL: Setting = Setting::new(
    "CORS_ALLOW_ALL_ORIGINS",
    "False",
    "False",
    "Let pages of any origin call the API.",
);
const CORS_ALLOWED: Setting = Setting::new(
    "CORS_ALLOWED_ORIGINS",
    "http://localhost:3000,http://127.0.0.1:3000",
    "https://app.clinica.example",
    "Origins whose pages may call the API.",
);
const TRUSTED_PROXIES: Setting = Setting::new(
    "TRUSTED_PROXIES",
    "",
    "127.0.0.1,10.0.0.5",
    "Addresses of reverse proxies whose X-Forwarded-For is believed.",
);
const BODY: Setting = Setting::new(
    "DATA_UPLOAD_MAX_MEMORY_SIZE",
    "2621440",
    "2621440",
    "Largest request body, bytes (file uploads have limits of their own).",
);
const TIMEOUT: Setting =
    Setting::new("REQUEST_TIMEOUT", "30", "30", "Longest time a request may take, seconds.");
const LOGIN_ATTEMPTS: Setting = Setting::new(
    "LOGIN_ATTEMPTS",
    "10",
    "10",
    "Failed log-ins per account and address, and ten times that per address, within 15 minutes.",
);

pub(super) const SETTINGS: &[Setting] = &[
    ALLOWED_HOSTS,
    CSRF_TRUSTED_ORIGINS,
    CORS_ALLOW_ALL,
    CORS_ALLOWED,
    TRUSTED_PROXIES,
    BODY,
    TIMEOUT,
    LOGIN_ATTEMPTS,
];

/// Web server settings.
#[derive(Clone, Debug)]
pub struct Http {
    /// Host names answered for.
    pub allowed_hosts: Vec<String>,
    /// Origins whose forms are trusted.
    pub trusted_origins: Vec<String>,
    /// Origins whose pages may call the API; `None` means any.
    pub cors_origins: Option<Vec<String>>,
    /// Proxies whose X-Forwarded-For is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Largest body, bytes.
    pub body_limit: usize,
    /// Longest request.
    pub timeout: Duration,
    /// Failed log-ins per account and address within a quarter of an hour.
    pub login_attempts: u64,
}

impl Http {
    pub(super) fn read(source: &mut Source, debug: bool) -> Self {
        let mut allowed_hosts = source.list(&ALLOWED_HOSTS);
        if allowed_hosts.is_empty() {
            if debug {
                allowed_hosts = ["localhost", ".localhost", "127.0.0.1", "[::1]", "0.0.0.0"]
                    .map(str::to_owned)
                    .to_vec();
            } else {
                source.complain(&ALLOWED_HOSTS, "it is required when DEBUG is False");
            }
        }
        let trusted_origins = origins(source, &CSRF_TRUSTED_ORIGINS);
        let cors_origins =
            if source.flag(&CORS_ALLOW_ALL) { None } else { Some(origins(source, &CORS_ALLOWED)) };
        let mut trusted_proxies = Vec::new();
        for text in source.list(&TRUSTED_PROXIES) {
            match text.parse() {
                Ok(address) => trusted_proxies.push(address),
                Err(_) => {
                    source.complain(&TRUSTED_PROXIES, format!("\"{text}\" is not an IP address"));
                }
            }
        }
        Self {
            allowed_hosts,
            trusted_origins,
            cors_origins,
            trusted_proxies,
            body_limit: usize::try_from(source.number(&BODY, 1_024, 1 << 30)).unwrap_or(2_621_440),
            timeout: Duration::from_secs(source.number(&TIMEOUT, 1, 3_600)),
            login_attempts: source.number(&LOGIN_ATTEMPTS, 1, 1_000_000),
        }
    }
}

fn origins(source: &mut Source, setting: &Setting) -> Vec<String> {
    let list = source.list(setting);
    for origin in &list {
        let good = origin.split_once("://").is_some_and(|(scheme, host)| {
            matches!(scheme, "http" | "https") && !host.is_empty() && !host.contains('/')
        });
        if !good {
            source.complain(
                setting,
                format!("\"{origin}\" is not an origin (scheme and host, no path)"),
            );
        }
    }
    list
}

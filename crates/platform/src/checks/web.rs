//! Hosts, origins, proxies, cookies and limits of the web server.

use super::facts::redis::is_this_machine;
use super::{Check, Found, Level, Look, Subject, Tag};
use crate::config::Config;

const SECURITY: &[Tag] = &[Tag::Security];
const COMPATIBILITY: &[Tag] = &[Tag::Compatibility];

const fn deploy(id: &'static str, look: fn(&Config, &Subject<'_>) -> Vec<Found>) -> Check {
    Check::new(id, Level::Warning, SECURITY, Look::Config(look)).deploy()
}

pub(super) const CHECKS: &[Check] = &[
    Check::new("web.W001", Level::Warning, COMPATIBILITY, Look::Config(|config, _| {
        let is_wrong = |host: &&String| host.contains('/') || (host.contains(':') && !host.starts_with('['));
        let wrong = config.http.allowed_hosts.iter().filter(is_wrong);
        wrong.map(|host| {
            Found::new(format!("\"{host}\" never matches: a host is a name without scheme, port or path."))
                .hint("ALLOWED_HOSTS=clinica.example")
                .about("ALLOWED_HOSTS")
        }).collect()
    })),
    deploy("web.W002", |config, _| {
        Found::when(config.http.allowed_hosts.iter().any(|host| host == "*"), || {
            Found::new("ALLOWED_HOSTS accepts any name: links in answers can be made to point elsewhere.")
                .hint("Name the hosts that people use.")
                .about("ALLOWED_HOSTS")
        })
    }),
    deploy("web.W003", |config, subject| {
        let hosts = &config.http.allowed_hosts;
        let is_local = subject.source().has("ALLOWED_HOSTS") && hosts.iter().all(|host| is_this_machine(host));
        Found::when(is_local, || {
            Found::new("ALLOWED_HOSTS names this machine only: everybody else is answered 400.")
                .hint("Add the name that people type.")
                .about("ALLOWED_HOSTS")
        })
    }),
    deploy("web.W004", |config, _| {
        plain(&config.http.trusted_origins, "CSRF_TRUSTED_ORIGINS", "forms that travel in plain text are trusted")
    }),
    deploy("web.W005", |config, _| {
        let strangers = config.http.trusted_origins.iter().filter(|origin| !answers_for(config, origin));
        strangers.map(|origin| {
            Found::new(format!("Forms of {origin} are trusted, but its host is not in ALLOWED_HOSTS."))
                .hint("Add the host, or take the origin out.")
                .about("CSRF_TRUSTED_ORIGINS")
        }).collect()
    }),
    Check::new("web.W006", Level::Warning, COMPATIBILITY, Look::Config(|config, _| {
        let cors = config.http.cors_origins.iter().flatten().map(|origin| ("CORS_ALLOWED_ORIGINS", origin));
        let forms = config.http.trusted_origins.iter().map(|origin| ("CSRF_TRUSTED_ORIGINS", origin));
        cors.chain(forms).filter(|(_, origin)| origin.contains('*')).map(|(name, origin)| {
            Found::new(format!("\"{origin}\" never matches: origins are compared letter by letter."))
                .hint("Name each origin.")
                .about(name)
        }).collect()
    })),
    deploy("web.W007", |config, _| {
        let origins = config.http.cors_origins.as_deref().unwrap_or(&[]);
        plain(origins, "CORS_ALLOWED_ORIGINS", "its pages may call the API, and anybody on the way can change them")
    }),
    Check::new("web.E008", Level::Error, SECURITY, Look::Config(|config, _| {
        let is_loop = config.security.ssl_redirect && config.http.trusted_proxies.is_empty();
        Found::when(is_loop, || {
            Found::new(
                "Plain requests are sent to https, but no proxy is trusted to say that one came over https: every \
                 request is redirected for ever.",
            )
            .hint("TRUSTED_PROXIES=<address of the proxy that ends TLS>; it must set the header of SECURE_PROXY_SSL_HEADER.")
            .about("TRUSTED_PROXIES")
        })
    })).deploy(),
    deploy("web.W009", |config, _| {
        let is_lost = config.security.session_cookie_secure
            && !config.security.ssl_redirect
            && config.http.trusted_proxies.is_empty();
        Found::when(is_lost, || {
            Found::new("No proxy that ends TLS is declared: over plain HTTP browsers drop the session cookie and nobody can sign in.")
                .hint("TRUSTED_PROXIES=<address of the proxy that ends TLS>")
                .about("TRUSTED_PROXIES")
        })
    }),
    deploy("web.W010", |config, _| {
        let seconds = config.security.hsts_seconds;
        Found::when((1..2_592_000).contains(&seconds), || {
            Found::new(format!("SECURE_HSTS_SECONDS={seconds} is less than a month: good for a trial, not for long."))
                .hint("SECURE_HSTS_SECONDS=31536000")
                .about("SECURE_HSTS_SECONDS")
        })
    }),
    deploy("web.W011", |config, _| {
        let s = &config.security;
        let is_refused = s.hsts_preload && s.hsts_seconds > 0 && (s.hsts_seconds < 31_536_000 || !s.hsts_subdomains);
        Found::when(is_refused, || {
            Found::new("SECURE_HSTS_PRELOAD is on, but browsers' lists take only hosts with a year and all subdomains.")
                .hint("SECURE_HSTS_SECONDS=31536000 and SECURE_HSTS_INCLUDE_SUBDOMAINS=True")
                .about("SECURE_HSTS_PRELOAD")
        })
    }),
    deploy("web.W012", |config, _| {
        let days = config.auth.session_age.num_days();
        Found::when(days > 31, || {
            Found::new(format!("A panel session lives {days} days: a borrowed computer stays signed in."))
                .hint("SESSION_COOKIE_AGE=28800 is a working day.")
                .about("SESSION_COOKIE_AGE")
        })
    }),
    deploy("web.W013", |config, _| {
        let hours = config.auth.access_lifetime.num_hours();
        Found::when(hours > 7 * 24, || {
            Found::new(format!("An access token lives {hours} hours: a stolen one is good for as long."))
                .hint("JWT_ACCESS_TOKEN_LIFETIME=1440; clients renew it with their refresh token.")
                .about("JWT_ACCESS_TOKEN_LIFETIME")
        })
    }),
    deploy("web.W014", |config, _| {
        Found::when(config.auth.allow_registration, || {
            Found::new("ALLOW_REGISTRATION is on: anybody may make an account.")
                .hint("ALLOW_REGISTRATION=False, unless that is wanted.")
                .about("ALLOW_REGISTRATION")
        })
    }),
    deploy("web.W015", |config, _| {
        let attempts = config.http.login_attempts;
        Found::when(attempts > 100, || {
            Found::new(format!("{attempts} failed log-ins are allowed within a quarter of an hour: enough to guess weak passwords."))
                .hint("LOGIN_ATTEMPTS=10")
                .about("LOGIN_ATTEMPTS")
        })
    }),
    deploy("web.W016", |config, _| {
        let limit = config.http.body_limit;
        Found::when(limit > 100 << 20, || {
            Found::new(format!("A request may bring {} MiB, which is kept in memory.", limit >> 20))
                .hint("DATA_UPLOAD_MAX_MEMORY_SIZE=2621440")
                .about("DATA_UPLOAD_MAX_MEMORY_SIZE")
        })
    }),
    deploy("web.W017", |config, _| {
        let seconds = config.http.timeout.as_secs();
        Found::when(seconds > 300, || {
            Found::new(format!("A request may take {seconds} seconds: a few of them hold up everybody."))
                .hint("REQUEST_TIMEOUT=30")
                .about("REQUEST_TIMEOUT")
        })
    }),
];

/// Origins without TLS.
fn plain(origins: &[String], setting: &str, harm: &str) -> Vec<Found> {
    let plain = origins.iter().filter(|origin| origin.to_ascii_lowercase().starts_with("http://"));
    plain
        .map(|origin| {
            Found::new(format!("{origin} is an origin without TLS: {harm}."))
                .hint(format!("{setting}=https://clinica.example"))
                .about(setting)
        })
        .collect()
}

/// Whether this server answers for the host of an origin.
fn answers_for(config: &Config, origin: &str) -> bool {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host).to_ascii_lowercase();
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name.to_owned(),
        _ => host,
    };
    crate::http::pipeline::is_allowed(&config.http.allowed_hosts, &host)
}

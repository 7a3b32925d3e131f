//! Who comes in, and who does not.

use platform::acceptance::{Outcome, Scenario, Site, equal, holds};
use platform::auth::{password, random_hex};
use serde_json::json;

use super::desk::{Desk, LOGIN, PATIENTS};
use crate::profiles::{self, NewUser};

pub(super) const SCENARIOS: [Scenario; 6] = [
    Scenario::new("locations", "the_catalogues_load_and_load_again", catalogues),
    Scenario::new("architect", "an_administrator_logs_in_and_nobody_else_does", log_in),
    Scenario::new("architect", "a_user_without_a_role_reads_no_patient", permissions),
    Scenario::new("architect", "a_log_out_ends_its_tokens", log_out),
    Scenario::new("architect", "failed_log_ins_are_limited_in_every_process", limits),
    Scenario::new("profiles", "a_restart_loses_nothing_and_logs_nobody_out", restart),
];

fn catalogues(site: &Site) -> Outcome {
    let desk = Desk::open(site)?;
    let counts = || -> Outcome<Vec<i64>> {
        ["countries", "regions", "provinces", "districts"]
            .iter()
            .map(|name| desk.get(&format!("/api/locations/{name}/"))?.is(200)?.number_at("/count"))
            .collect()
    };
    site.app().write_blocking("test", true, crate::PROGRAM.load_catalogues)?;
    let first = counts()?;
    holds(first.iter().all(|count| *count >= 25), format!("too few places: {first:?}"))?;
    site.app().write_blocking("test", true, crate::PROGRAM.load_catalogues)?;
    equal("places after the second load", counts()?, first)?;
    let found = desk.get("/api/locations/provinces/?search=canete")?.is(200)?;
    equal("the province that is found", found.text_at("/results/0/name")?, "Cañete".to_owned())
}

fn log_in(site: &Site) -> Outcome {
    let (email, password) = site.administrator()?;
    for (login, typed, status) in [
        (email.to_uppercase(), password.clone(), 200),
        (email, format!("{password}x"), 401),
        (format!("{}@example.com", random_hex()?), password, 401),
    ] {
        let body = json!({ "email": login, "password": typed });
        site.ask("POST", LOGIN, Some(body))?.is(status)?;
    }
    site.ask("GET", PATIENTS, None)?.is(401)?;
    site.ask_as(Some("not.a.token"), "GET", PATIENTS, None)?.is(401)?;
    site.ask("GET", "/health/ready/", None)?.is(200).map(|_| ())
}

fn permissions(site: &Site) -> Outcome {
    let (name, typed) = (random_hex()?, random_hex()?);
    let user = NewUser {
        email: format!("{name}@example.com"),
        user_name: name.clone(),
        password_hash: password::hash(&typed)?,
        ..NewUser::default()
    };
    site.app().write_blocking("test", false, move |tx| profiles::create_user(tx, &user))?;
    let body = json!({ "email": name, "password": typed });
    let token = site.ask("POST", LOGIN, Some(body))?.is(200)?.text_at("/access")?;
    let ask = |path| site.ask_as(Some(&token), "GET", path, None);
    ask("/api/locations/regions/")?.is(200)?;
    ask(PATIENTS)?.is(403).map(|_| ())
}

fn log_out(site: &Site) -> Outcome {
    let desk = Desk::open(site)?;
    desk.get(PATIENTS)?.is(200)?;
    desk.post("/api/architect/auth/logout/", json!({}))?.is(200)?;
    desk.get(PATIENTS)?.is(401).map(|_| ())
}

fn limits(site: &Site) -> Outcome {
    let (email, password) = site.administrator()?;
    let body = |typed: &str| Some(json!({ "email": email, "password": typed }));
    for _ in 0..site.app().config().http.login_attempts {
        site.ask("POST", LOGIN, body("wrong"))?.is(401)?;
    }
    site.ask("POST", LOGIN, body(&password))?.is(429)?;
    // Counted in Redis, another process knows; counted in memory, it cannot.
    let other = site.restarted()?;
    let expected = if site.app().config().redis_url.is_some() { 429 } else { 200 };
    other.ask("POST", LOGIN, body(&password))?.is(expected).map(|_| ())
}

fn restart(site: &Site) -> Outcome {
    let desk = Desk::open(site)?;
    let patient = desk.patient(json!({}))?;
    let path = format!("{PATIENTS}{patient}/");
    let before = desk.get(&path)?.is(200)?.json;
    let again = site.restarted()?;
    let after = again.ask_as(Some(&desk.token), "GET", &path, None)?.is(200)?.json;
    equal("the patient after a restart", after, before)
}

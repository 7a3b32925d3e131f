//! What is measured: data only. A case whose address answers 404 is reported as missing.

use crate::Outcome;
use crate::site::{EMAIL, PASSWORD, Site};

/// A surname that many made-up patients have.
pub const COMMON_SURNAME: &str = "quispe";

/// How a case is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// GET of the same address again and again, measured against the floor where the floor has it.
    Read,
    /// POSTs that a Lua script makes. `@ROUND@` in it is replaced by the number of the run, so that no
    /// two runs send the same.
    Write(String),
}

/// A case.
#[derive(Clone, Debug)]
pub struct Case {
    /// For people.
    pub name: &'static str,
    /// Path and query.
    pub path: String,
    /// How it is loaded.
    pub kind: Kind,
    /// Whether it is sent with a token.
    pub with_token: bool,
    /// What the Django program did on MariaDB, requests a second.
    pub django: Option<f64>,
    /// How many times that the product has to do.
    pub target: Option<f64>,
}

/// Requests a second of the product as a part of the floor's: the aim.
pub const FLOOR_TARGET: f64 = 0.80;
/// Idle memory: the aim, KiB.
pub const IDLE_TARGET_KIB: u64 = 30 * 1024;
/// `manage check` from start to end: the aim, ms.
pub const CHECK_TARGET_MS: f64 = 50.0;
/// Start to healthy: the aim, ms.
pub const START_TARGET_MS: f64 = 100.0;

/// All cases for `site`.
pub fn all(site: &Site) -> Outcome<Vec<Case>> {
    let ids =
        |sql: &'static str| site.read(move |conn| Ok(conn.rows(sql, &[], |row| row.at::<i64>(0))?));
    let patients = ids("SELECT id FROM patients WHERE deleted_at IS NULL ORDER BY id LIMIT 2000")?;
    let therapists =
        ids("SELECT id FROM therapists WHERE deleted_at IS NULL ORDER BY id LIMIT 50")?;
    let kinds = ids("SELECT id FROM document_types WHERE deleted_at IS NULL ORDER BY id LIMIT 1")?;
    let place = site.read(|conn| {
        let sql = "SELECT p.region_id, d.province_id, d.id FROM districts d JOIN provinces p ON p.id = d.province_id \
                   ORDER BY d.id LIMIT 1";
        Ok(conn.first(sql, &[], |row| Ok([row.at::<i64>(0)?, row.at(1)?, row.at(2)?]))?)
    })?;
    let read = |name, path: &str, django, target| Case {
        name,
        path: path.to_owned(),
        kind: Kind::Read,
        with_token: true,
        django: Some(django),
        target,
    };
    let write = |name, path: &str, script, django| Case {
        name,
        path: path.to_owned(),
        kind: Kind::Write(script),
        with_token: true,
        django,
        target: None,
    };
    Ok(vec![
        Case { with_token: false, ..read("health", "/health/", 2_726.0, None) },
        read("therapists list (20)", "/api/therapists/therapists/", 26.0, Some(100.0)),
        read(
            "appointments page 1 (10)",
            "/api/appointments/appointments/?page=1",
            49.6,
            Some(60.0),
        ),
        read(
            "appointment by id",
            &format!("/api/appointments/appointments/{}/", site.appointment()?),
            156.0,
            Some(40.0),
        ),
        read("patients page 1 (20)", "/api/patients/patients/?page=1", 15.7, Some(100.0)),
        read(
            "patient search (30)",
            &format!("/api/patients/patients/search/?q={COMMON_SURNAME}"),
            10.3,
            Some(100.0),
        ),
        write(
            "create patient",
            "/api/patients/patients/",
            create_patient(kinds.first().copied().unwrap_or(1), place.unwrap_or_default()),
            Some(67.6),
        ),
        write(
            "create appointment",
            "/api/appointments/appointments/",
            create_appointment(&patients, &therapists),
            Some(154.0),
        ),
        Case { with_token: false, ..write("log-in", "/api/architect/auth/login/", log_in(), None) },
    ])
}

/// wrk runs one Lua state a thread: each counts for itself, `step` apart, and the statuses are added up at the
/// end.
const COUNTING: &str = r#"
local threads = {}
function setup(thread)
  thread:set("first", #threads)
  table.insert(threads, thread)
end
function init(args)
  n = first
  seen = {}
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end
function response(status, headers, body)
  seen[status] = (seen[status] or 0) + 1
end
function done(summary, latency, requests)
  for _, thread in ipairs(threads) do
    for status, number in pairs(thread:get("seen")) do
      io.write("status " .. status .. " " .. number .. "\n")
    end
  end
end
"#;

fn list(ids: &[i64]) -> String {
    ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
}

/// The made-up clinic's documents end below 80 million.
fn create_patient(kind: i64, [region, province, district]: [i64; 3]) -> String {
    format!(
        r#"{COUNTING}
local round = @ROUND@
function request()
  n = n + 2
  local number = string.format("%08d", 80000000 + 6000000 * round + n)
  return wrk.format(nil, nil, nil, '{{"document_number":"' .. number .. '","document_type_id":{kind},'
    .. '"name":"Carga ' .. number .. '","paternal_lastname":"Prueba","maternal_lastname":"Medida",'
    .. '"confirm_duplicate":true,'
    .. '"email":"carga' .. number .. '@example.com","ocupation":"Comerciante","health_condition":"Estable",'
    .. '"birth_date":"1980-05-17","sex":"F","phone1":"987654321","address":"Jr. Puno 100",'
    .. '"region_id":{region},"province_id":{province},"district_id":{district}}}')
end
"#
    )
}

/// Each body takes a slot of its own: therapists in turn, then the next hour, then the next day; patients in turn,
/// so that none has two visits at once.
fn create_appointment(patients: &[i64], therapists: &[i64]) -> String {
    format!(
        r#"{COUNTING}
local patients = {{{}}}
local therapists = {{{}}}
local base = os.time() + (400 + 1000 * @ROUND@) * 86400
function request()
  n = n + 2
  local slot = math.floor(n / #therapists)
  local day = os.date("!%Y-%m-%d", base + math.floor(slot / 12) * 86400)
  local hour = string.format("%02d:00", 7 + slot % 12)
  return wrk.format(nil, nil, nil, '{{"patient":' .. patients[n % #patients + 1] .. ',"therapist":'
    .. therapists[n % #therapists + 1] .. ',"appointment_date":"' .. day .. '","hour":"' .. hour
    .. '","ailments":"Dolor lumbar","appointment_type":"CC","payment":"50.00"}}')
end
"#,
        list(patients),
        list(therapists)
    )
}

fn log_in() -> String {
    format!(
        r#"{COUNTING}
function request()
  return wrk.format(nil, nil, nil, '{{"email":"{EMAIL}","password":"{PASSWORD}"}}')
end
"#
    )
}

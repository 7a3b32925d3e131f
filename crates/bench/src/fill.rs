//! Fills the database: with the product's own `seeddemo`, or with something of the same size where the
//! product has no such command yet.

use chrono::{Days, NaiveTime};
use platform::clock::Clock;
use platform::db::{Changes, Table, Value};
use platform::error::{Error, Result};
use platform::params;
use platform::types::Money;
use platform::types::time::midnight;

use crate::Outcome;
use crate::site::Site;

/// Therapists of the fallback.
const THERAPISTS: i64 = 50;
/// Rows of one transaction.
const CHUNK: i64 = 5_000;

const SURNAMES: &[&str] = &[
    "Quispe",
    "Flores",
    "Sánchez",
    "García",
    "Rodríguez",
    "Mamani",
    "Rojas",
    "Huamán",
    "Chávez",
    "Díaz",
    "Ramos",
    "Mendoza",
    "Torres",
    "Castillo",
    "Vásquez",
    "Espinoza",
    "Gutiérrez",
    "Ñahui",
    "Condori",
    "Paredes",
];
const NAMES: &[&str] = &[
    "María", "José", "Luz", "Juan", "Rosa", "Carlos", "Ana", "Luis", "Carmen", "Jorge", "Julia",
    "Víctor", "Elena", "Miguel", "Nélida", "Pedro", "Sofía", "César", "Gladys", "Raúl",
];

/// A surname that many patients have.
pub const COMMON_SURNAME: &str = "quispe";

/// Fills the database of `site`; says how.
pub fn fill(site: &Site, patients: u32, appointments: u32) -> Outcome<&'static str> {
    if site.knows("seeddemo") {
        let (patients, appointments) = (patients.to_string(), appointments.to_string());
        site.manage(&[
            "seeddemo",
            "--yes",
            "--patients",
            &patients,
            "--appointments",
            &appointments,
            "--seed",
            "1",
        ])?;
        return Ok("manage seeddemo --seed 1");
    }
    let places = site.read(|conn| {
        let sql = "SELECT p.region_id, d.province_id, d.id FROM districts d JOIN provinces p ON p.id = d.province_id \
                   ORDER BY d.id LIMIT 1500";
        Ok(conn.rows(sql, &[], |row| Ok([row.at::<i64>(0)?, row.at(1)?, row.at(2)?]))?)
    })?;
    site.write(|tx| {
        if !tx.exists("SELECT 1 FROM document_types LIMIT 1", &[])? {
            tx.insert(table("document_types")?, Changes::new().with("name", "DNI"))?;
        }
        if !tx.exists("SELECT 1 FROM payment_types LIMIT 1", &[])? {
            tx.insert(table("payment_types")?, Changes::new().with("name", "Efectivo"))?;
        }
        Ok(())
    })?;
    let kind = site.read(|conn| Ok(conn.one::<i64>("SELECT MIN(id) FROM document_types", &[])?))?;
    let way = site.read(|conn| Ok(conn.one::<i64>("SELECT MIN(id) FROM payment_types", &[])?))?;
    let place = move |n: i64| pick(&places, n).copied().unwrap_or_default();
    let place_of_therapist = place.clone();
    site.write(move |tx| {
        let rows = (1..=THERAPISTS).map(|n| therapist(n, kind, place_of_therapist(n * 17)));
        tx.insert_many(table("therapists")?, rows.collect())
    })?;
    for (first, last) in chunks(i64::from(patients)) {
        let place = place.clone();
        site.write(move |tx| {
            let rows = (first..=last).map(|n| patient(n, kind, place(n * 7)));
            tx.insert_many(table("patients")?, rows.collect())
        })?;
    }
    let number = i64::from(patients);
    for (first, last) in chunks(i64::from(appointments)) {
        site.write(move |tx| {
            tx.insert_many(
                table("appointments")?,
                (first..=last).map(|n| visit(n, number, way)).collect(),
            )?;
            tx.insert_many(table("tickets")?, (first..=last).map(ticket).collect())
        })?;
    }
    let last = i64::from(appointments);
    site.write(move |tx| {
        let sql = "INSERT INTO ticket_series (series, last_number) VALUES (?, ?)";
        Ok(tx.execute(sql, &params!["TKT", last]).map(|_| ())?)
    })?;
    Ok("the benchmark's own rows (no `manage seeddemo` yet)")
}

fn chunks(number: i64) -> impl Iterator<Item = (i64, i64)> {
    (0..(number + CHUNK - 1) / CHUNK)
        .map(move |chunk| (chunk * CHUNK + 1, number.min((chunk + 1) * CHUNK)))
}

fn table(name: &str) -> Result<&'static Table> {
    let mut tables = clinic::MODULES.iter().flat_map(|module| module.tables);
    tables
        .find(|table| table.name == name)
        .copied()
        .ok_or_else(|| Error::Failed(format!("no table {name}")))
}

/// Spread without a random generator: the same every time.
fn mixed(n: i64) -> i64 {
    (n.wrapping_mul(2_654_435_761) >> 7) & 0xff_ffff
}

fn pick<T>(choice: &[T], n: i64) -> Option<&T> {
    choice.get(usize::try_from(mixed(n)).unwrap_or(0) % choice.len().max(1))
}

fn name(choice: &[&'static str], n: i64) -> &'static str {
    pick(choice, n).copied().unwrap_or("")
}

fn placed(row: Changes, [region, province, district]: [i64; 3]) -> Changes {
    row.with("region_id", region).with("province_id", province).with("district_id", district)
}

fn day(back: i64) -> Value {
    let today = Clock::system().now().date_naive();
    let days = Days::new(back.unsigned_abs());
    let day = if back >= 0 { today.checked_sub_days(days) } else { today.checked_add_days(days) };
    midnight(day.unwrap_or(today)).into()
}

fn therapist(n: i64, kind: i64, place: [i64; 3]) -> Changes {
    let row = Changes::new()
        .with("id", n)
        .with("document_type_id", kind)
        .with("document_number", format!("{}", 10_000_000 + n))
        .with("last_name_paternal", name(SURNAMES, n * 3))
        .with("last_name_maternal", name(SURNAMES, n * 5 + 1))
        .with("first_name", name(NAMES, n * 11))
        .with("birth_date", day(9_000 + n * 100))
        .with("gender", "F")
        .with("is_active", true)
        .with("phone", format!("9{:08}", mixed(n)))
        .with("email", format!("terapeuta{n}@example.com"))
        .with("address", format!("Av. Los Próceres {n}"))
        .with("license_number", format!("CTMP-{n}"))
        .with("ocupation", "Reflexología");
    placed(row, place)
}

fn patient(n: i64, kind: i64, place: [i64; 3]) -> Changes {
    let row = Changes::new()
        .with("id", n)
        .with("document_number", format!("{}", 20_000_000 + n))
        .with("last_name_paternal", name(SURNAMES, n))
        .with("last_name_maternal", name(SURNAMES, n * 3 + 1))
        .with("name", format!("{} {}", name(NAMES, n * 7), name(NAMES, n * 13 + 2)))
        .with("birth_date", day(6_000 + mixed(n) % 20_000))
        .with("gender", if n % 2 == 0 { "M" } else { "F" })
        .with("phone1", format!("9{:08}", mixed(n)))
        .with("email", format!("paciente{n}@example.com"))
        .with("ocupation", "Comerciante")
        .with("health_condition", "Estable")
        .with("address", format!("Jr. Unión {n}"))
        .with("document_type_id", kind)
        .with("document_type_key", kind);
    placed(row, place)
}

fn visit(n: i64, patients: i64, way: i64) -> Changes {
    let hour = NaiveTime::from_hms_opt(8 + u32::try_from(mixed(n) % 10).unwrap_or(0), 0, 0);
    Changes::new()
        .with("id", n)
        .with("patient_id", mixed(n * 3) % patients + 1)
        .with("therapist_id", n % THERAPISTS + 1)
        .with("appointment_date", day(mixed(n * 5) % 790 - 60))
        .with("hour", hour.unwrap_or_default())
        .with("ailments", "Dolor lumbar persistente")
        .with("diagnosis", "Contractura muscular")
        .with("observation", "Próxima sesión en una semana")
        .with("appointment_type", "CC")
        .with("room", mixed(n) % 8 + 1)
        .with("social_benefit", n % 3 == 0)
        .with("payment", Money::from_cents(5_000 + n % 10 * 500))
        .with("ticket_number", format!("TKT-{n:03}"))
        .with("payment_type_id", way)
        .with("appointment_status", "COMPLETADO")
}

fn ticket(n: i64) -> Changes {
    Changes::new()
        .with("id", n)
        .with("appointment_id", n)
        .with("ticket_number", format!("TKT-{n:03}"))
        .with("payment_date", day(mixed(n * 5) % 790 - 60))
        .with("amount", Money::from_cents(5_000 + n % 10 * 500))
        .with("payment_method", "efectivo")
        .with("status", "paid")
        .with("is_active", true)
}

//! A small made-up clinic, looked at with SQL of its own.

use chrono::NaiveDate;
use platform::db::{Changes, search};
use platform::manage::{Context, command_line};
use platform::types::Money;
use testkit::TestApp;

use super::{Made, Plan, commands, run};
use crate::PROGRAM;
use crate::tests::builders::app;

const PLAN: Plan = Plan { patients: 30, appointments: 200, therapists: 4, seed: 7 };

fn seed(app: &TestApp, plan: Plan) -> Made {
    run(app.app(), &plan, &mut |_| {}).unwrap()
}

fn seeded() -> TestApp {
    let app = app();
    seed(&app, PLAN);
    app
}

/// The texts in the first column.
fn texts(app: &TestApp, sql: &'static str) -> Vec<String> {
    app.read(move |conn| Ok(conn.rows(sql, &[], |row| row.at::<String>(0))?))
}

/// All that was made, one text a row.
fn everything(app: &TestApp) -> Vec<String> {
    let mut rows = Vec::new();
    for table in ["patients", "therapists", "histories", "appointments", "tickets"] {
        let described = PROGRAM
            .modules
            .iter()
            .flat_map(|module| module.tables)
            .find(|known| known.name == table);
        let described = *described.unwrap();
        let ids: Vec<i64> = app.read(move |conn| {
            Ok(conn.rows(&format!("SELECT id FROM {table} ORDER BY id"), &[], |row| row.at(0))?)
        });
        for id in ids {
            let values: Option<Changes> = app.read(move |conn| Ok(conn.values_of(described, id)?));
            rows.push(format!("{table} {values:?}"));
        }
    }
    rows
}

/// How many pairs of live visits of the same `who` begin less than an hour apart on the same day.
fn overlaps(app: &TestApp, who: &'static str) -> usize {
    type Start = (i64, NaiveDate, chrono::NaiveTime);
    let starts: Vec<Start> = app.read(move |conn| {
        let sql = format!(
            "SELECT {who} AS who, appointment_date, hour FROM appointments ORDER BY 1, 2, 3"
        );
        let read = |row: &platform::db::Row<'_>| {
            let day: platform::types::time::Moment = row.at(1)?;
            Ok((row.at(0)?, day.date_naive(), row.at(2)?))
        };
        Ok(conn.rows(&sql, &[], read)?)
    });
    let close = |pair: &[Start]| {
        let ((who, day, hour), (other, other_day, other_hour)) = (pair[0], pair[1]);
        who == other && day == other_day && (other_hour - hour).num_minutes() < 60
    };
    starts.windows(2).filter(|pair| close(pair)).count()
}

#[test]
fn a_seed_makes_the_same_clinic_twice_and_another_makes_another() {
    let (first, second, other) = (seeded(), seeded(), app());
    seed(&other, Plan { seed: 8, ..PLAN });
    let rows = everything(&first);
    assert!(rows.len() > 30 + 4 + 2 * 200);
    assert_eq!(rows, everything(&second));
    assert_ne!(rows, everything(&other));
}

#[test]
fn nobody_and_no_room_is_booked_twice() {
    let app = seeded();
    seed(&app, Plan { seed: 9, ..PLAN });
    // As full as it gets: no slot of a therapist stays free while enough patients are there.
    seed(&app, Plan { patients: 300, appointments: 5_000, therapists: 1, seed: 3 });
    assert_eq!(app.number("SELECT COUNT(*) FROM appointments"), 5_400);
    for who in ["therapist_id", "patient_id", "room"] {
        assert_eq!(overlaps(&app, who), 0, "{who}");
    }
    let pairs = "SELECT COUNT(*) FROM appointments a JOIN appointments b ON a.therapist_id = b.therapist_id \
                 AND a.appointment_date = b.appointment_date AND a.hour = b.hour AND a.id < b.id";
    assert_eq!(app.number(pairs), 0);
}

#[test]
fn tickets_are_numbered_without_gaps_and_charge_what_the_visit_costs() {
    let app = seeded();
    seed(&app, Plan { seed: 8, ..PLAN });
    let mut numbers = texts(&app, "SELECT ticket_number FROM tickets ORDER BY id");
    let expected: Vec<String> = (1..=400).map(|number| format!("TKT-{number:03}")).collect();
    assert_eq!(numbers, expected);
    numbers.dedup();
    assert_eq!(app.number("SELECT last_number FROM ticket_series WHERE series = 'TKT'"), 400);
    let wrong = "SELECT COUNT(*) FROM appointments a LEFT JOIN tickets t ON t.appointment_id = a.id \
                 WHERE t.id IS NULL OR t.amount <> a.payment OR t.ticket_number <> a.ticket_number";
    assert_eq!(app.number(wrong), 0);
    let (least, most): (Money, Money) = app.read(|conn| {
        let sql = "SELECT MIN(payment), MAX(payment) FROM appointments";
        Ok(conn.first(sql, &[], |row| Ok((row.at(0)?, row.at(1)?)))?.unwrap())
    });
    assert!(least >= Money::from_cents(4_000) && most <= Money::from_cents(15_000));
}

#[test]
fn the_next_booking_takes_the_next_number() {
    let app = seeded();
    let patient = app.number("SELECT MIN(id) FROM patients");
    let body = serde_json::json!({ "patient": patient, "therapist": null, "appointment_date": "2026-06-01", "hour": "10:00" });
    app.superuser().post("/api/appointments/appointments/", body).is(201);
    assert_eq!(
        texts(&app, "SELECT ticket_number FROM tickets ORDER BY id DESC LIMIT 1"),
        ["TKT-201"]
    );
}

#[test]
fn states_go_by_the_date_and_nothing_is_written_down_after_it_happened() {
    let app = seeded();
    // The clock stands at 2 March 2026, 15:00 UTC, 10:00 at the clinic.
    let ahead = "SELECT COUNT(*) FROM appointments WHERE appointment_date > '2026-03-02 00:00:00.000000' \
                 AND appointment_status <> 'PENDIENTE'";
    let behind = "SELECT COUNT(*) FROM appointments WHERE appointment_date < '2026-03-02 00:00:00.000000' \
                  AND appointment_status NOT IN ('COMPLETADO', 'CANCELADO', 'NO_ASISTIO')";
    assert_eq!((app.number(ahead), app.number(behind)), (0, 0));
    for state in ["PENDIENTE", "COMPLETADO", "CANCELADO", "NO_ASISTIO"] {
        assert!(
            texts(&app, "SELECT DISTINCT appointment_status FROM appointments")
                .contains(&state.to_owned())
        );
    }
    let tickets = "SELECT COUNT(*) FROM appointments a JOIN tickets t ON t.appointment_id = a.id \
                   WHERE (a.appointment_status = 'COMPLETADO') <> (t.status = 'paid') \
                   OR (a.appointment_status = 'PENDIENTE') <> (t.status = 'pending')";
    assert_eq!(app.number(tickets), 0);
    // Midnight UTC of the day is five hours before the clinic's midnight; a visit begins at 08:00 at the earliest.
    let rows: Vec<(i64, bool)> = app.read(|conn| {
        let sql = "SELECT a.id, a.appointment_date, a.hour, a.created_at, p.created_at AS known FROM appointments a \
                   JOIN patients p ON p.id = a.patient_id";
        Ok(conn.rows(sql, &[], |row| {
            let (day, hour): (platform::types::time::Moment, chrono::NaiveTime) = (row.at(1)?, row.at(2)?);
            let start = day + (hour - chrono::NaiveTime::MIN) + chrono::TimeDelta::hours(5);
            let (booked, known): (platform::types::time::Moment, platform::types::time::Moment) = (row.at(3)?, row.at(4)?);
            Ok((row.at(0)?, known <= booked && booked < start && booked <= testkit::NOW))
        })?)
    });
    assert!(rows.iter().all(|(_, is_fine)| *is_fine), "{rows:?}");
}

#[test]
fn counts_and_search_know_what_was_written() {
    let app = seeded();
    for (count, rows) in [
        (
            "SELECT SUM(live) FROM row_counts WHERE table_name = 'patients'",
            "SELECT COUNT(*) FROM patients",
        ),
        (
            "SELECT SUM(live) FROM row_counts WHERE table_name = 'therapists'",
            "SELECT COUNT(*) FROM therapists",
        ),
        (
            "SELECT SUM(live) FROM row_counts WHERE table_name = 'appointments'",
            "SELECT COUNT(*) FROM appointments",
        ),
        (
            "SELECT SUM(live) FROM row_counts WHERE table_name = 'tickets'",
            "SELECT COUNT(*) FROM tickets",
        ),
    ] {
        assert_eq!(app.number(count), app.number(rows), "{rows}");
    }
    let (id, name, number): (i64, String, String) = app.read(|conn| {
        let sql =
            "SELECT id, last_name_paternal, document_number FROM patients ORDER BY id DESC LIMIT 1";
        Ok(conn.first(sql, &[], |row| Ok((row.at(0)?, row.at(1)?, row.at(2)?)))?.unwrap())
    });
    let found: Vec<i64> = app.read(move |conn| {
        let (sql, values) = search::rows("patients", &format!("{name} {number}")).unwrap();
        Ok(conn.rows(&sql, &values, |row| row.at(0))?)
    });
    assert_eq!(found, [id]);
    assert_eq!(app.number("SELECT COUNT(*) FROM districts"), 1893);
}

#[test]
fn a_second_run_adds_to_the_first_even_with_the_same_seed() {
    let app = app();
    assert_eq!(seed(&app, PLAN).users.len(), 5);
    let again = seed(&app, PLAN);
    assert!(again.users.is_empty());
    assert_eq!((again.patients, again.appointments, again.therapists), (30, 200, 4));
    assert_eq!(app.number("SELECT COUNT(DISTINCT document_number) FROM patients"), 60);
    assert_eq!(app.number("SELECT COUNT(*) FROM users"), 5);
}

#[test]
fn each_user_may_log_in_with_the_password_told() {
    let app = app();
    let made = seed(&app, PLAN);
    for email in &made.users {
        let body = serde_json::json!({ "email": email, "password": made.password });
        app.anonymous().post("/api/architect/auth/login/", body).is(200);
    }
    let linked = "SELECT COUNT(*) FROM therapists t JOIN users u ON u.id = t.user_id";
    assert_eq!(app.number(linked), 1);
}

#[test]
fn more_appointments_than_fit_are_refused_and_nothing_is_written() {
    let app = app();
    let plan = Plan { appointments: 1_000_000, ..PLAN };
    let error = run(app.app(), &plan, &mut |_| {}).unwrap_err();
    assert_eq!(error.refusal().unwrap().fields[0].message.key, "demo.too_many");
    assert_eq!(app.number("SELECT COUNT(*) FROM patients"), 0);
    assert_eq!(app.number("SELECT COUNT(*) FROM appointments"), 0);
}

#[test]
fn the_command_wants_a_yes_where_debug_is_off() {
    let folder = tempfile::tempdir().unwrap();
    let app = app();
    let try_with = |debug: &str, more: &[&str]| {
        let settings = format!(
            "DATABASE_URL={}\nDEBUG={debug}\nALLOW_SQLITE=1\nALLOWED_HOSTS=localhost\n\
             SECRET_KEY=a-key-for-tests-only-0123456789-abcdefgh\n",
            app.database_url()
        );
        std::fs::write(folder.path().join(".env"), settings).unwrap();
        let commands = commands();
        let small =
            ["manage", "seeddemo", "--patients", "5", "--appointments", "10", "--therapists", "2"];
        let line = command_line(&PROGRAM, &commands);
        let matches = line.try_get_matches_from(small.iter().chain(more)).unwrap();
        let (_, matches) = matches.subcommand().unwrap();
        (commands[0].run)(&Context::new(PROGRAM, folder.path().to_owned()), matches)
    };
    let error = try_with("0", &[]).unwrap_err();
    assert_eq!(error.refusal().map(|refusal| refusal.code), Some("production"), "{error}");
    assert_eq!(app.number("SELECT COUNT(*) FROM patients"), 0);
    try_with("0", &["--yes"]).unwrap();
    try_with("1", &[]).unwrap();
    assert_eq!(app.number("SELECT COUNT(*) FROM patients"), 10);
}

//! The whole way: taken over, everything there, everybody in.

use platform::db::schema::{described, differences, read};
use platform::db::{Table, system};
use serde_json::json;
use testkit::Reply;

use super::{Old, old};
use clinic::MODULES;

/// What is written differently on purpose, and where.
const REWRITTEN: &[(&str, &str)] = &[
    ("users", "document_number"),
    ("roles", "id"),
    ("role_has_permissions", "role_id"),
    ("tickets", "payment_method"),
];

/// Compares every column that both tables have, byte by byte.
fn assert_every_value_is_kept(old: &Old) {
    let columns = "SELECT CONCAT(o.table_name, '|', n.column_name) FROM information_schema.columns o \
        JOIN information_schema.columns n ON n.table_schema = o.table_schema AND n.column_name = o.column_name \
        AND o.table_name = CONCAT('django_backup_', n.table_name) WHERE o.table_schema = DATABASE()";
    let pairs = old.texts(columns);
    assert!(pairs.len() > 150, "{}", pairs.len());
    for pair in pairs.iter().flatten() {
        let (kept, column) = pair.split_once('|').unwrap();
        let table = kept.strip_prefix("django_backup_").unwrap();
        if table == "roles" || REWRITTEN.contains(&(table, column)) {
            continue;
        }
        // A TIMESTAMP has no microseconds to be written.
        let same = if column.ends_with("_at") {
            format!("o.`{column}` <=> n.`{column}`")
        } else {
            format!("CAST(o.`{column}` AS BINARY) <=> CAST(n.`{column}` AS BINARY)")
        };
        let other = format!(
            "SELECT COUNT(*) FROM `{kept}` o LEFT JOIN `{table}` n ON n.id = o.id WHERE n.id IS NULL OR NOT ({same})"
        );
        assert_eq!(old.number(&other), 0, "{table}.{column}");
    }
}

fn log_in(old: &Old, email: &str) -> Reply {
    let body = json!({"email": email, "password": "s3creto-Clave"});
    old.app.anonymous().post("/api/architect/auth/login/", body)
}

#[test]
fn every_row_is_kept_and_the_old_passwords_open_the_door() {
    let Some(old) = old() else { return };
    let said = old.fine(&["adopt", "--noinput"]);
    for line in ["patients: 1503 → 1503", "users: 5 → 5", "tickets: 4 → 4", "after TKT-1041"]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert_every_value_is_kept(&old);
    let tables: Vec<&'static Table> = system::TABLES
        .iter()
        .chain(MODULES.iter().flat_map(|module| module.tables))
        .copied()
        .collect();
    let actual = old.app.read(|conn| Ok(read(conn)?));
    assert_eq!(differences(&described(&tables), &actual), Vec::<String>::new());

    let pair = log_in(&old, "direccion@clinica.example").is(200);
    let hash = "SELECT password FROM users WHERE id = 1";
    assert!(old.texts(hash)[0].as_ref().unwrap().starts_with("$argon2id$"), "renewed at log-in");
    log_in(&old, "jefa@clinica.example").is(200);
    log_in(&old, "nadie@clinica.example").is(401);
    log_in(&old, "ido@clinica.example").is(401);

    let token = format!("Bearer {}", pair["access"].as_str().unwrap());
    let client = old.app.anonymous().with("authorization", &token);
    for (table, path) in [
        ("patients", "/api/patients/patients/"),
        ("therapists", "/api/therapists/therapists/"),
        ("appointments", "/api/appointments/appointments/"),
        ("tickets", "/api/appointments/tickets/"),
        ("regions", "/api/locations/regions/"),
        ("provinces", "/api/locations/provinces/"),
        ("districts", "/api/locations/districts/"),
    ] {
        let sql = format!("SELECT CAST(id AS CHAR) FROM {table} WHERE deleted_at IS NULL LIMIT 20");
        let ids = old.texts(&sql);
        assert!(!ids.is_empty());
        for id in ids.iter().flatten() {
            assert_eq!(client.get(&format!("{path}{id}/")).is(200).id().to_string(), *id);
        }
        let live = old.number(&format!("SELECT COUNT(*) FROM {table} WHERE deleted_at IS NULL"));
        assert_eq!(
            client.get(&format!("{path}?page=1&page_size=5")).is(200)["count"],
            live,
            "{table}"
        );
    }
    let maria = client.get("/api/patients/patients/1/").is(200);
    assert_eq!(
        (&maria["name"], &maria["paternal_lastname"]),
        (&json!("María José"), &json!("Pérez"))
    );
    // Found without its accents, and by the number in one piece.
    for term in ["perez%20maria", "987654321", "GUELL"] {
        let found = client.get(&format!("/api/patients/patients/search/?q={term}")).is(200);
        assert_eq!(found.results()[0]["id"], 1, "{term}");
    }
    for path in ["document_types", "payment_types", "predetermined_prices"] {
        client.get(&format!("/api/configurations/{path}/")).is(200);
    }
}

#[test]
fn numbers_go_on_where_they_stopped() {
    let Some(old) = old() else { return };
    old.fine(&["adopt", "--noinput"]);
    let client = old.app.client_of(1);
    let booked = client
        .post(
            "/api/appointments/appointments/",
            json!({"patient": 1, "therapist": 1, "appointment_date": "2026-03-09", "hour": "10:00:00"}),
        )
        .is(201);
    assert_eq!(booked["ticket_number"], "TKT-1042");
    assert_eq!(booked["appointment"]["id"], 900, "a number once given is not given again");
}

#[test]
fn staff_keeps_its_powers_groups_become_roles_and_the_rest_is_told() {
    let Some(old) = old() else { return };
    let said = old.fine(&["adopt", "--noinput"]);
    let roles = "SELECT CONCAT(u.user_name, ' ', r.name) FROM user_has_roles h JOIN users u ON u.id = h.user_id \
                 JOIN roles r ON r.id = h.role_id ORDER BY u.id";
    let held: Vec<String> = old.texts(roles).into_iter().flatten().collect();
    assert_eq!(held, ["jefa Administrador", "caja Recepcionista"]);
    assert!(
        said.contains("hold the role Administrador now: 1.") && said.contains("Contabilidad"),
        "{said}"
    );
    assert!(said.contains("Active users without a role: 1."), "{said}");
    old.app.client_of(2).get("/api/patients/patients/").is(200);
    old.app.client_of(5).get("/api/patients/patients/").is(200);
    old.app.client_of(6).get("/api/patients/patients/").is(403);
    // Built-in roles have their numbers; what was called otherwise stands behind, with what it had.
    let all: Vec<String> = old
        .texts("SELECT CONCAT(id, ' ', name) FROM roles ORDER BY id")
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(
        all,
        [
            "1 Administrador",
            "2 Recepcionista",
            "3 supervisor",
            "4 Terapeuta",
            "5 Paciente",
            "10 Admin",
            "11 Member"
        ]
    );
    let kept =
        "SELECT COUNT(*) FROM role_has_permissions WHERE permission_id = 1 AND role_id IN (3, 10)";
    assert_eq!(old.number(kept), 2);
    assert_eq!(
        old.number("SELECT COUNT(*) FROM role_has_permissions WHERE role_id IN (10, 11)"),
        1
    );
}

#[test]
fn a_code_of_the_former_program_is_used_up() {
    let Some(old) = old() else { return };
    old.fine(&["adopt", "--noinput"]);
    assert_eq!(old.number("SELECT COUNT(*) FROM users_verification_code WHERE is_used = 1"), 1);
}

#[test]
fn a_second_run_has_nothing_to_do() {
    let Some(old) = old() else { return };
    old.fine(&["adopt", "--noinput"]);
    let before = old.fingerprint();
    assert!(old.fine(&["adopt"]).starts_with("Nothing to do: this database was taken over on "));
    assert!(old.fine(&["adopt", "--plan"]).starts_with("Nothing to do"));
    assert!(old.fine(&["migrate"]).ends_with("  No migrations to apply.\n"));
    assert!(old.fine(&["migrate", "--fake-initial"]).ends_with("  No migrations to apply.\n"));
    assert!(old.refused(&["adopt", "--undo"]).contains("taken over completely"));
    assert_eq!(old.fingerprint(), before);
    assert!(old.fine(&["adopt", "--drop-kept", "--noinput"]).ends_with(" tables removed.\n"));
    let kept = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() \
                AND table_name LIKE 'django%'";
    assert_eq!(old.number(kept), 0);
    assert_eq!(old.number("SELECT COUNT(*) FROM patients"), 1503);
    assert!(old.fine(&["adopt", "--drop-kept"]).starts_with("Nothing to do"));
}

#[test]
fn the_commands_of_the_flow_end_in_a_working_database() {
    let Some(old) = old() else { return };
    let refused = old.refused(&["migrate"]);
    assert!(
        refused.contains("made by the Django program") && refused.contains("adopt --plan"),
        "{refused}"
    );
    assert!(old.refused(&["migrate", "--fake"]).contains("made by the Django program"));
    let said = old.fine(&["migrate", "--fake-initial"]);
    assert!(said.contains("patients: 1503 → 1503"), "{said}");
    assert!(old.fine(&["migrate"]).ends_with("  No migrations to apply.\n"));
    assert_every_value_is_kept(&old);
    log_in(&old, "jefa@clinica.example").is(200);
}

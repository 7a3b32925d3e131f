//! Rows that this program's rules cannot hold: found before anything is changed, told with a remedy, mended when that
//! is sure.

use super::old;

/// What only a person can decide, and how it is told.
const UNDECIDED: &[(&str, &str)] = &[
    (
        "INSERT INTO histories (id, patient_id, testimony, menstruation, gestation, created_at, updated_at) \
         VALUES (77, 1, 1, 1, 1, NOW(), NOW())",
        "row 77, patient_id: is the same as in row 1, both not deleted; to do: delete one of the two (set deleted_at)",
    ),
    (
        "INSERT INTO tickets (id, appointment_id, ticket_number, payment_date, amount, payment_method, status, is_active, \
         created_at, updated_at) VALUES (77, 1, 'TKT-900', NOW(), 1, 'efectivo', 'pending', 1, NOW(), NOW())",
        "row 77, appointment_id: is the same as in row 1, both not deleted",
    ),
    (
        "UPDATE users SET user_name = 'la  jefa' WHERE id = 5;\nUPDATE users SET user_name = 'La Jefa' WHERE id = 2",
        "row 5, user_name: is the same as in row 2; to do: change one of the two",
    ),
    (
        "INSERT INTO payment_status (id, name) VALUES (77, 'PAGADO')",
        "row 77, name: is the same as in row 1",
    ),
    (
        "INSERT INTO table_company_data (id, company_name, created_at, updated_at) \
         VALUES (77, 'reflexoterapia «la salud»', NOW(), NOW())",
        "row 77, company_name: is the same as in row 1",
    ),
    (
        "UPDATE roles SET name = NULL WHERE id = 2",
        "row 2, name: has no value, and one is required; to do: give it one",
    ),
    (
        "ALTER TABLE patients MODIFY phone1 varchar(60) NULL;\nUPDATE patients SET phone1 = REPEAT('9', 60) WHERE id = 2",
        "row 2, phone1: has 60 characters, and at most 20 are kept; to do: shorten it",
    ),
    (
        "ALTER TABLE predetermined_prices MODIFY price decimal(10,3) NOT NULL;\n\
         UPDATE predetermined_prices SET price = 45.505 WHERE id = 2",
        "row 2, price: is 45.505, which does not fit 8 digits with 2 places",
    ),
    ("UPDATE appointments SET payment = -5 WHERE id = 2", "row 2, payment: is -5.00, less than 0"),
    (
        "UPDATE tickets SET status = 'perdido' WHERE id = 2",
        "row 2, status: is 'perdido'; to do: write one of pending, paid, cancelled, refunded",
    ),
    (
        "SET foreign_key_checks = 0;\nUPDATE medical_records SET patient_id = 99999 WHERE id = 2",
        "row 2, patient_id: refers to patients 99999, which does not exist; to do: refer to one that exists",
    ),
    (
        "SET sql_mode = '';\nUPDATE patients SET birth_date = '0000-00-00' WHERE id = 2",
        "row 2, birth_date: holds nothing that can be read",
    ),
    (
        "SET sql_mode = '';\nUPDATE appointments SET hour = '-01:00:00' WHERE id = 1",
        "row 1, hour: holds nothing that can be read",
    ),
];

#[test]
fn each_kind_of_matter_is_told_with_its_row_and_stops_everything() {
    let Some(old) = old() else { return };
    for (statements, _) in UNDECIDED {
        old.execute_all(statements);
    }
    let before = old.fingerprint();
    let plan = old.refused(&["adopt", "--plan"]);
    for (_, told) in UNDECIDED {
        assert!(plan.contains(told), "{told}: {plan}");
    }
    assert!(plan.contains(&format!("{} matters", UNDECIDED.len())), "{plan}");
    for arguments in [
        &["adopt", "--plan", "--fix"][..],
        &["adopt", "--noinput"],
        &["adopt", "--noinput", "--fix"],
        &["migrate", "--fake-initial"],
    ] {
        old.refused(arguments);
    }
    assert_eq!(old.fingerprint(), before);
}

/// What has a sure remedy, and how it is told.
const MENDABLE: &[(&str, &str)] = &[
    (
        "UPDATE appointments SET appointment_status = 'completado' WHERE id = 1",
        "row 1, appointment_status: is 'completado'; --fix would write 'COMPLETADO'",
    ),
    (
        "UPDATE appointments SET appointment_status = 'No asistió' WHERE id = 2",
        "row 2, appointment_status: is 'No asistió'; --fix would write 'NO_ASISTIO'",
    ),
    (
        "UPDATE appointments SET appointment_status = 'Anulada' WHERE id = 3",
        "row 3, appointment_status: is another word for a status; --fix would write 'CANCELADO'",
    ),
    (
        "UPDATE appointments SET appointment_date = '2025-09-12 15:30:00' WHERE id = 4",
        "row 4, appointment_date: is not the beginning of a day; --fix would write 2025-09-12 00:00:00",
    ),
    (
        "UPDATE appointments SET payment_status_id = 55 WHERE id = 2",
        "row 2, payment_status_id: refers to payment_status 55, which does not exist; --fix would make it empty",
    ),
    (
        "UPDATE tickets SET status = 'Pagado' WHERE id = 1",
        "row 1, status: is another word for a status; --fix would write 'paid'",
    ),
    (
        "ALTER TABLE diagnoses MODIFY updated_at datetime(6) NULL;\nUPDATE diagnoses SET updated_at = NULL WHERE id = 1",
        "row 1, updated_at: has no value, and one is required; --fix would write 2025-03-01 12:00:00",
    ),
];

#[test]
fn a_sure_remedy_is_applied_when_asked_for_and_told() {
    let Some(old) = old() else { return };
    for (statements, _) in MENDABLE {
        old.execute_all(statements);
    }
    let before = old.fingerprint();
    let plan = old.refused(&["adopt", "--plan"]);
    for (_, told) in MENDABLE {
        assert!(plan.contains(told), "{told}: {plan}");
    }
    assert!(old.refused(&["adopt", "--noinput"]).contains("`manage adopt --fix` applies"));
    assert!(old.fine(&["adopt", "--plan", "--fix"]).ends_with("manage adopt --fix\n"));
    assert_eq!(old.fingerprint(), before);
    let said = old.fine(&["adopt", "--noinput", "--fix"]);
    assert_eq!(said.matches("  Mending ").count(), MENDABLE.len(), "{said}");
    let states: Vec<String> = old
        .texts("SELECT appointment_status FROM appointments ORDER BY id")
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(states, ["COMPLETADO", "NO_ASISTIO", "CANCELADO", "ACTIVO"]);
    let day = "SELECT CAST(appointment_date AS CHAR) FROM appointments WHERE id = 4";
    assert_eq!(old.texts(day)[0].as_deref(), Some("2025-09-12 00:00:00.000000"));
    assert_eq!(old.texts("SELECT status FROM tickets WHERE id = 1")[0].as_deref(), Some("paid"));
    assert_eq!(old.number("SELECT COUNT(*) FROM appointments WHERE payment_status_id IS NULL"), 2);
    // What was written before is still to be seen.
    let kept = "SELECT status FROM django_backup_tickets WHERE id = 1";
    assert_eq!(old.texts(kept)[0].as_deref(), Some("Pagado"));
}

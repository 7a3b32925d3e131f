//! What the plan says, and that it changes nothing.

use super::{empty_old, old};

#[test]
fn a_plan_tells_tables_rows_and_differences_and_changes_nothing() {
    let Some(old) = old() else { return };
    let before = old.fingerprint();
    let said = old.fine(&["adopt", "--plan"]);
    for line in [
        "was made by the Django program.",
        "\n  patients: 1503 rows\n",
        "\n  payment_status: 2 rows\n      id: int becomes bigint\n",
        "document_number: 1 rewritten in this program's form",
        "payment_method: 1 rewritten in this program's form",
        "auth_epoch: new, gets a first value",
        "phone: new, empty",
        "iso2: ISO2 becomes iso2",
        "Tables that are new: user_has_roles, token_families, ticket_series",
        "payment_statuses",
        "django_celery_beat_crontabschedule",
        "It can be taken over: manage adopt",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert_eq!(old.fingerprint(), before);
}

#[test]
fn it_is_asked_before_and_no_is_no() {
    let Some(old) = old() else { return };
    let before = old.fingerprint();
    let refused = old.refused(&["adopt"]);
    assert!(refused.contains("Take over") && refused.contains("Type 'yes'"), "{refused}");
    assert_eq!(old.fingerprint(), before);
}

#[test]
fn tables_of_neither_program_are_left_alone() {
    let Some(old) = old() else { return };
    old.execute_all("CREATE TABLE accounting (id int NOT NULL PRIMARY KEY)");
    let said = old.fine(&["adopt", "--plan"]);
    assert!(said.contains("Tables of neither program, left as they are: accounting"), "{said}");
    old.fine(&["adopt", "--noinput"]);
    assert_eq!(old.number("SELECT COUNT(*) FROM accounting"), 0);
}

#[test]
fn names_that_are_needed_must_be_free() {
    let Some(old) = old() else { return };
    old.execute_all("CREATE TABLE ticket_series (id int NOT NULL PRIMARY KEY)");
    let told = old.refused(&["adopt", "--plan"]);
    assert!(told.contains("names that are needed here: ticket_series"), "{told}");
    old.execute_all(
        "DROP TABLE ticket_series;\nCREATE TABLE django_backup_users (id int NOT NULL PRIMARY KEY)",
    );
    let told = old.refused(&["adopt", "--noinput"]);
    assert!(told.contains("django_backup_users is there already"), "{told}");
    assert_eq!(old.number("SELECT COUNT(*) FROM users"), 5);
}

#[test]
fn an_empty_former_database_is_taken_over_too() {
    let Some(old) = empty_old() else { return };
    old.fine(&["adopt", "--noinput"]);
    assert_eq!(old.number("SELECT COUNT(*) FROM roles"), 5);
    assert!(old.fine(&["migrate"]).ends_with("  No migrations to apply.\n"));
}

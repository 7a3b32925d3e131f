//! A run that ends in the middle, and one that must not end well.

use std::panic::{AssertUnwindSafe, catch_unwind};

use platform::app::App;
use platform::db::migrate::adopt::Step;
use platform::manage::commands::adopt_all;

use super::{Old, old};

/// Runs until the step that `is_it` knows, and dies there as a killed process would: nothing is tidied up.
fn die_at(app: &App, is_it: &dyn Fn(&Step<'_>) -> bool) {
    let died = catch_unwind(AssertUnwindSafe(|| {
        adopt_all(app, false, &mut |step| assert!(!is_it(&step), "killed here"))
    }));
    assert!(died.is_err(), "that step never came");
}

#[track_caller]
fn assert_goes_on(old: &Old, when: &str) {
    for arguments in [&["migrate"][..], &["backup"], &["adopt", "--plan"]] {
        let told = old.refused(arguments);
        assert!(told.contains("interrupted"), "{when}, {arguments:?}: {told}");
    }
    let said = old.fine(&["adopt", "--noinput"]);
    assert!(said.starts_with("An earlier run was interrupted"), "{when}: {said}");
    assert!(said.contains("patients: 1503 → 1503"), "{when}: {said}");
    let twice = "SELECT COUNT(*) FROM patients_words WHERE word = 'quispe'";
    assert_eq!(old.number(twice), 1500, "{when}");
    let counted = "SELECT CAST(SUM(live) AS SIGNED) FROM row_counts WHERE table_name = 'patients'";
    assert_eq!(old.number(counted), 1502, "{when}");
    assert!(old.fine(&["migrate"]).ends_with("  No migrations to apply.\n"), "{when}");
}

type Moment = (&'static str, fn(&Step<'_>) -> bool);

const MOMENTS: &[Moment] = &[
    ("put aside", |step| matches!(step, Step::PutAside(_))),
    ("migrated", |step| matches!(step, Step::Migrated(_))),
    (
        "in the middle of a table",
        |step| matches!(step, Step::Copied("patients", done, rows) if done < rows),
    ),
    ("after the last table", |step| matches!(step, Step::Copied("tickets", ..))),
    ("verified", |step| matches!(step, Step::Verified)),
];

#[test]
fn a_killed_run_is_finished_by_the_next() {
    for (when, is_it) in MOMENTS {
        let Some(old) = old() else { return };
        die_at(old.app.app(), is_it);
        assert_goes_on(&old, when);
    }
}

#[test]
fn tables_with_their_new_names_by_half_are_recognised() {
    let Some(old) = old() else { return };
    die_at(old.app.app(), &|step| matches!(step, Step::Begun));
    old.execute_all(
        "RENAME TABLE patients TO django_backup_patients, users TO django_backup_users",
    );
    assert_goes_on(&old, "renamed by half");
}

#[test]
fn an_interrupted_run_can_be_undone_instead() {
    for (when, is_it) in [&MOMENTS[0], &MOMENTS[2]] {
        let Some(old) = old() else { return };
        let before = old.fingerprint();
        die_at(old.app.app(), is_it);
        old.fine(&["adopt", "--undo"]);
        assert_eq!(old.fingerprint(), before, "{when}");
        assert!(old.refused(&["adopt", "--undo"]).contains("nothing to undo"));
    }
}

#[test]
fn rows_written_after_the_first_look_are_looked_at_too() {
    let Some(old) = old() else { return };
    let outcome = adopt_all(old.app.app(), false, &mut |step| {
        if matches!(step, Step::Begun) {
            old.execute_all("UPDATE tickets SET status = 'perdido' WHERE id = 1");
        }
    });
    let told = outcome.unwrap_err().to_string();
    assert!(told.contains("Everything was undone"), "{told}");
    assert_eq!(old.number("SELECT COUNT(*) FROM users WHERE user_name = 'caja'"), 1);
    assert!(old.refused(&["adopt", "--plan"]).contains("perdido"));
}

#[test]
fn a_row_that_gets_lost_undoes_everything() {
    let Some(old) = old() else { return };
    let before = old.fingerprint();
    let outcome = adopt_all(old.app.app(), false, &mut |step| {
        if matches!(step, Step::Copied("tickets", ..)) {
            old.execute_all("DELETE FROM tickets WHERE id = 4");
        }
    });
    let told = outcome.unwrap_err().to_string();
    assert!(
        told.contains("tickets had 4 rows and tickets has 3")
            && told.contains("Everything was undone"),
        "{told}"
    );
    assert_eq!(old.fingerprint(), before);
}

#[test]
fn a_lost_connection_leaves_it_to_the_next_run() {
    let Some(old) = old() else { return };
    let outcome = adopt_all(old.app.app(), false, &mut |step| {
        if matches!(step, Step::Copied("patients", ..)) {
            let others = "SELECT CONCAT('KILL ', id) FROM information_schema.processlist \
                          WHERE db = DATABASE() AND id <> CONNECTION_ID()";
            for kill in old.texts(others).into_iter().flatten() {
                old.execute_all(&kill);
            }
        }
    });
    let told = outcome.unwrap_err().to_string();
    assert!(told.contains("the connection was lost") && told.contains("goes on"), "{told}");
    assert_goes_on(&old, "connection lost");
}

#[test]
fn an_undoing_that_was_killed_is_finished() {
    let Some(old) = old() else { return };
    let before = old.fingerprint();
    for arguments in [&["adopt", "--undo"][..], &["adopt", "--noinput"]] {
        die_at(old.app.app(), &|step| matches!(step, Step::Copied("tickets", ..)));
        // As far as a killed `--undo` may have come.
        old.execute_all(
            "SET foreign_key_checks = 0;\nUPDATE schema_adoption SET stage = 9 WHERE name = '';\n\
             DROP TABLE patients_words;\nDROP TABLE patients;\nDROP TABLE tickets;\nDROP TABLE schema_migrations;\n\
             SET foreign_key_checks = 1;\nRENAME TABLE django_backup_tickets TO tickets",
        );
        let said = old.run(arguments);
        assert!(format!("{}{}", said.out, said.err).contains("have their names"), "{}", said.err);
        assert_eq!(old.fingerprint(), before, "{arguments:?}");
    }
}

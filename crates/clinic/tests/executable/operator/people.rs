//! `createsuperuser` and `changepassword`.

use std::path::Path;

use serde_json::json;
use tempfile::TempDir;

use super::dialogue::Dialogue;
use super::{fine, refusal};
use crate::support::{Server, agent, manage, output, text};

/// A folder with a migrated database of its own.
fn migrated() -> TempDir {
    let folder = TempDir::new().unwrap();
    fine(folder.path(), &["migrate"]);
    folder
}

fn log_in(server: &Server, login: &str, password: &str) -> (u16, String) {
    let body = json!({ "email": login, "password": password });
    let mut answer = agent()
        .post(server.url("/api/architect/auth/login/"))
        .header("content-type", "application/json")
        .send(body.to_string())
        .unwrap();
    (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
}

fn without_questions(
    folder: &Path,
    more: &[&str],
    variables: &[(&str, &str)],
) -> std::process::Output {
    let mut command = manage(folder, &["createsuperuser", "--noinput"]);
    command.args(more).env("LANGUAGE_CODE", "en").envs(variables.iter().copied()).output().unwrap()
}

#[test]
fn on_a_terminal_it_asks_for_everything_and_the_account_can_log_in() {
    let folder = migrated();
    let mut dialogue = Dialogue::start(folder.path(), "createsuperuser");
    dialogue.answer("User name: ", "jefa");
    dialogue.answer("Email: ", "no-address");
    let told = dialogue.answer("Email: ", "Jefa@Clinica.example");
    assert!(told.contains("Enter a valid email address."), "{told}");
    dialogue.answer("Document number: ", "45678901");
    dialogue.answer("Password: ", "tres tristes tigres");
    dialogue.answer("Password (again): ", "tres tristes tigras");
    let told = dialogue.answer("Password: ", "12345678");
    assert!(told.contains("Your passwords didn't match."), "{told}");
    assert!(!told.contains("tigr"), "a password is never shown: {told}");
    dialogue.answer("Password (again): ", "12345678");
    dialogue.answer("Bypass password validation and create user anyway? [y/N]: ", "n");
    dialogue.answer("Password: ", "12345678");
    dialogue.answer("Password (again): ", "12345678");
    dialogue.answer("Bypass password validation and create user anyway? [y/N]: ", "y");
    let (told, code) = dialogue.end();
    assert!(told.contains("Superuser created successfully.") && code == 0, "{code}: {told}");
    let server = Server::start(folder.path(), &[]);
    assert_eq!(log_in(&server, "jefa", "12345678").0, 200);
    assert_eq!(log_in(&server, "JEFA@clinica.example", "12345678").0, 200);
    assert_eq!(log_in(&server, "jefa", "12345679").0, 401);
}

#[test]
fn without_a_terminal_and_without_noinput_it_says_what_to_do() {
    let folder = migrated();
    let told = refusal(&output(folder.path(), &["createsuperuser"]));
    assert!(told.contains("not running in a TTY") && told.contains("--noinput"), "{told}");
    assert!(refusal(&output(folder.path(), &["changepassword", "x"])).contains("terminal"));
}

#[test]
fn noinput_takes_options_and_variables_and_refuses_duplicates_by_field() {
    let folder = migrated();
    let nothing = refusal(&without_questions(folder.path(), &[], &[]));
    for option in ["--user-name", "--email", "--document-number"] {
        assert!(nothing.contains(option), "{nothing}");
    }
    let weak = without_questions(
        folder.path(),
        &["--email", "a@example.com", "--username", "a", "--document-number", "1"],
        &[("DJANGO_SUPERUSER_PASSWORD", "password123")],
    );
    assert!(refusal(&weak).starts_with("DJANGO_SUPERUSER_PASSWORD: "));
    let variables = [
        ("DJANGO_SUPERUSER_EMAIL", "jefa@example.com"),
        ("DJANGO_SUPERUSER_USERNAME", "jefa"),
        ("DJANGO_SUPERUSER_DOCUMENT_NUMBER", "45678901"),
        ("DJANGO_SUPERUSER_PASSWORD", "tres tristes tigres"),
    ];
    let made = without_questions(folder.path(), &[], &variables);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let again = refusal(&without_questions(
        folder.path(),
        &["--email", "JEFA@example.com", "--user-name", "Jefa"],
        &variables,
    ));
    for field in ["user_name: ", "email: ", "document_number: "] {
        assert!(again.contains(field), "{field} is missing: {again}");
    }
    let server = Server::start(folder.path(), &[]);
    assert_eq!(log_in(&server, "jefa@example.com", "tres tristes tigres").0, 200);
}

#[test]
fn noinput_without_a_password_makes_an_account_that_nobody_enters() {
    let folder = migrated();
    let made = without_questions(
        folder.path(),
        &["--email", "a@example.com", "--user-name", "a", "--document-number", "1"],
        &[],
    );
    assert!(made.status.success() && text(&made.stdout).contains("changepassword"));
    let server = Server::start(folder.path(), &[]);
    assert_eq!(log_in(&server, "a", "!").0, 401);
}

#[test]
fn a_changed_password_ends_the_log_ins_of_the_old_one() {
    let folder = migrated();
    without_questions(
        folder.path(),
        &["--email", "a@example.com", "--user-name", "ana", "--document-number", "1"],
        &[("DJANGO_SUPERUSER_PASSWORD", "tres tristes tigres")],
    );
    let server = Server::start(folder.path(), &[]);
    let (status, body) = log_in(&server, "ana", "tres tristes tigres");
    assert_eq!(status, 200);
    let access = serde_json::from_str::<serde_json::Value>(&body).unwrap()["access"]
        .as_str()
        .unwrap()
        .to_owned();
    let list = || {
        agent()
            .get(server.url("/api/patients/patients/"))
            .header("authorization", format!("Bearer {access}"))
            .call()
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(list(), 200);

    let mut dialogue = Dialogue::start(folder.path(), "changepassword ANA");
    dialogue.answer("Password: ", "otros tres tigres");
    dialogue.answer("Password (again): ", "otros tres tigres");
    let (told, code) = dialogue.end();
    assert!(told.contains("Password changed successfully for user 'ana'"), "{told}");
    assert_eq!(code, 0);
    // The running server looks for changes of others several times a second.
    while list() == 200 {
        std::thread::yield_now();
    }
    assert_eq!(list(), 401);
    assert_eq!(log_in(&server, "ana", "tres tristes tigres").0, 401);
    assert_eq!(log_in(&server, "ana", "otros tres tigres").0, 200);
}

#[test]
fn three_bad_tries_or_an_unknown_user_change_nothing() {
    let folder = migrated();
    let (told, code) = Dialogue::start(folder.path(), "changepassword nobody").end();
    assert!(told.contains("user 'nobody' does not exist") && code == 1, "{told}");
    without_questions(
        folder.path(),
        &["--email", "a@example.com", "--user-name", "ana", "--document-number", "1"],
        &[("DJANGO_SUPERUSER_PASSWORD", "tres tristes tigres")],
    );
    let mut dialogue = Dialogue::start(folder.path(), "changepassword");
    dialogue.answer("Email or user name: ", "a@example.com");
    for (one, other) in [("a", "b"), ("12345678", "12345678"), ("", "")] {
        dialogue.answer("Password: ", one);
        dialogue.answer("Password (again): ", other);
    }
    let (told, code) = dialogue.end();
    assert!(told.contains("after 3 attempts") && code == 1, "{told}");
    let server = Server::start(folder.path(), &[]);
    assert_eq!(log_in(&server, "ana", "tres tristes tigres").0, 200);
}

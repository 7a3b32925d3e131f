use std::path::Path;

use chrono::DateTime;

use super::*;
use crate::config::{Config, Source};
use crate::machine::modes;

fn settings(folder: &Path, backend: &str) -> Mail {
    let values =
        [("EMAIL_BACKEND", backend), ("DEFAULT_FROM_EMAIL", "Clínica <no-reply@clinica.example>")];
    Config::from_source(Source::of(&values), folder).unwrap().mail
}

fn clock() -> Clock {
    Clock::standing(DateTime::from_timestamp(1_772_463_600, 0).unwrap())
}

fn draft() -> Draft {
    Draft {
        lang: "es",
        subject: "Recupera tu contraseña".into(),
        greeting: "Hola, <b>Rosa</b>\r\nBcc: otro@example.com".into(),
        paragraphs: vec!["Este es su código:".into()],
        code: Some("012345".into()),
        link: Some(("Abrir".into(), "https://clinica.example/x?code=012345&a=1".into())),
        closing: "Adiós".into(),
    }
}

#[test]
fn both_forms_say_the_same_and_names_stay_text() {
    let letter = draft().to("rosa@example.com").unwrap();
    for word in ["012345", "Este es su código:", "Adiós"] {
        assert!(letter.text.contains(word) && letter.html.contains(word), "{word}");
    }
    assert!(letter.text.starts_with("Hola, <b>Rosa</b> Bcc: otro@example.com\n"));
    assert!(letter.html.contains("&lt;b&gt;Rosa") && !letter.html.contains("<b>"));
}

#[test]
fn a_file_is_a_message_that_only_its_owner_reads() {
    let folder = tempfile::tempdir().unwrap();
    let mailer = Mailer::new(settings(folder.path(), "file"), clock());
    mailer.post(draft().to("rosa@example.com").unwrap());
    mailer.post(draft().to("rosa@example.com\r\nBcc: otro@example.com").unwrap());
    // Whoever lets go of it waits until all is delivered.
    drop(mailer);
    let mails = folder.path().join("mails");
    let files: Vec<_> =
        std::fs::read_dir(&mails).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "an address that leaves its header is none");
    assert_eq!(modes::mode(&files[0]), Some(0o600));
    let message = std::fs::read_to_string(&files[0]).unwrap();
    for line in [
        "To: rosa@example.com",
        "Date: Mon, 02 Mar 2026 15:00:00 +0000",
        "Subject: Recupera tu =?utf-8?b?",
        "multipart/alternative",
    ] {
        assert!(message.contains(line), "{line} in {message}");
    }
    assert!(!message.contains("\nBcc:"));
}

#[test]
fn a_folder_that_cannot_be_written_fails_nobody() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mails"), "a file").unwrap();
    let mailer = Mailer::new(settings(folder.path(), "file"), clock());
    mailer.post(draft().to("rosa@example.com").unwrap());
    drop(mailer);
}

#[test]
fn memory_keeps_what_it_took_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let mailer = Mailer::new(settings(folder.path(), "memory"), clock());
    for address in ["a@b.pe", "c@d.pe"] {
        mailer.clone().post(draft().to(address).unwrap());
    }
    let to: Vec<_> = mailer.kept().into_iter().map(|letter| letter.to).collect();
    assert_eq!(to, ["a@b.pe", "c@d.pe"]);
}

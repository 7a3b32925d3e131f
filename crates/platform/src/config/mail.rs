//! Messages to people: who sends them and where they go.

use std::path::{Path, PathBuf};

use lettre::message::Mailbox;

use super::source::{Setting, Source};

const BACKEND: Setting = Setting::new(
    "EMAIL_BACKEND",
    "console",
    "file",
    "Where messages go: console, file (EMAIL_FILE_PATH) or memory; Django's dotted names mean the same. smtp is \
     refused: this version does not send over the network yet.",
);
const FROM: Setting = Setting::new(
    "DEFAULT_FROM_EMAIL",
    "no-reply@localhost",
    "Clinica <no-reply@clinica.example>",
    "Sender of messages.",
);
const FILE_PATH: Setting = Setting::new(
    "EMAIL_FILE_PATH",
    "mails",
    "/srv/clinic/mails",
    "Folder that the file back end writes messages to, one file each.",
);
const FRONTEND: Setting = Setting::new(
    "FRONTEND_URL",
    "http://localhost:3000",
    "https://clinica.example",
    "Where links in messages lead.",
);
const CODE_SHOWN: Setting = Setting::new(
    "VERIFICATION_CODE_IN_RESPONSE",
    "False",
    "True",
    "With DEBUG, answers also tell the code that was sent. Never in production.",
);

pub(super) const SETTINGS: &[Setting] = &[BACKEND, FROM, FILE_PATH, FRONTEND, CODE_SHOWN];

/// Where messages go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum MailBackend {
    /// Standard output.
    #[default]
    Console,
    /// Files in a folder.
    File,
    /// Kept by the process; for tests.
    Memory,
}

/// Settings of messages.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Where messages go.
    pub backend: MailBackend,
    /// Who sends them.
    pub from: Mailbox,
    /// Folder of the file back end.
    pub file_path: PathBuf,
    /// Where links lead, without a final slash.
    pub frontend_url: String,
    /// Whether answers tell the codes that are sent.
    pub shows_codes: bool,
}

impl Mail {
    pub(super) fn read(source: &mut Source, folder: &Path, debug: bool) -> Option<Self> {
        let backend = source.parsed(&BACKEND, backend);
        let from = source.parsed(&FROM, |text| {
            text.parse().map(Some).map_err(|_| format!("\"{text}\" is no e-mail address"))
        });
        let frontend_url = source.parsed(&FRONTEND, |text| {
            let is_web = text.starts_with("https://") || text.starts_with("http://");
            let is_plain =
                !text.contains(|c: char| c.is_whitespace() || c.is_control() || "?#".contains(c));
            if is_web && is_plain {
                Ok(text.trim_end_matches('/').to_owned())
            } else {
                Err(format!("\"{text}\" is no address that begins with https:// or http://"))
            }
        });
        let shows_codes = source.flag(&CODE_SHOWN) && debug;
        let file_path = folder.join(source.text(&FILE_PATH));
        from.map(|from| Self { backend, from, file_path, frontend_url, shows_codes })
    }
}

fn backend(text: &str) -> Result<MailBackend, String> {
    let lower = text.to_ascii_lowercase();
    let django = lower.strip_prefix("django.core.mail.backends.");
    match django.map_or(lower.as_str(), |name| name.strip_suffix(".emailbackend").unwrap_or(name)) {
        "console" => Ok(MailBackend::Console),
        "file" | "filebased" => Ok(MailBackend::File),
        "memory" | "locmem" => Ok(MailBackend::Memory),
        "smtp" => {
            Err("messages over SMTP are not sent by this version yet: take console or file, and \
             pass the codes on yourself"
                .to_owned())
        }
        _ => Err(format!("\"{text}\" is neither console nor file nor memory")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[(&str, &str)]) -> Result<Mail, Vec<String>> {
        let mut source = Source::of(values);
        let mail = Mail::read(&mut source, Path::new("/srv"), true);
        let problems: Vec<_> = source.problems.iter().map(ToString::to_string).collect();
        if problems.is_empty() { Ok(mail.unwrap()) } else { Err(problems) }
    }

    #[test]
    fn back_ends_go_by_their_own_and_by_djangos_names() {
        for (name, backend) in [
            ("console", MailBackend::Console),
            ("File", MailBackend::File),
            ("django.core.mail.backends.console.EmailBackend", MailBackend::Console),
            ("django.core.mail.backends.filebased.EmailBackend", MailBackend::File),
            ("django.core.mail.backends.locmem.EmailBackend", MailBackend::Memory),
        ] {
            assert_eq!(read(&[("EMAIL_BACKEND", name)]).unwrap().backend, backend, "{name}");
        }
        for name in ["smtp", "django.core.mail.backends.smtp.EmailBackend"] {
            let told = read(&[("EMAIL_BACKEND", name)]).unwrap_err().join("");
            assert!(told.contains("SMTP are not sent by this version yet"), "{told}");
        }
        assert!(read(&[("EMAIL_BACKEND", "pigeon")]).is_err());
    }

    #[test]
    fn senders_and_links_are_checked() {
        let mail = read(&[
            ("DEFAULT_FROM_EMAIL", "Clínica <no-reply@clinica.example>"),
            ("FRONTEND_URL", "https://clinica.example/"),
        ])
        .unwrap();
        assert_eq!(mail.frontend_url, "https://clinica.example");
        assert_eq!(mail.from.name.as_deref(), Some("Clínica"));
        for (name, value) in [
            ("DEFAULT_FROM_EMAIL", "nobody"),
            ("DEFAULT_FROM_EMAIL", "a@b.pe\r\nBcc: c@d.pe"),
            ("FRONTEND_URL", "javascript:alert(1)"),
            ("FRONTEND_URL", "https://a b"),
        ] {
            assert!(read(&[(name, value)]).is_err(), "{value}");
        }
    }

    #[test]
    fn codes_are_told_only_in_development() {
        let mut source = Source::of(&[("VERIFICATION_CODE_IN_RESPONSE", "True")]);
        assert!(!Mail::read(&mut source, Path::new("/srv"), false).unwrap().shows_codes);
        assert!(Mail::read(&mut source, Path::new("/srv"), true).unwrap().shows_codes);
    }
}

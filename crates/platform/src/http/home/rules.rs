//! What the values of a new account must be.

use crate::auth::password;
use crate::i18n::Text;

/// Fewest characters of a password.
pub(super) const MIN_PASSWORD: usize = 8;
/// Passwords that everybody tries first; compared without regard to case.
const COMMON: &[&str] = &[
    "password",
    "password1",
    "password123",
    "passw0rd",
    "contraseña",
    "contrasena",
    "contrasena1",
    "clave123",
    "clave1234",
    "micontraseña",
    "qwertyui",
    "qwerty123",
    "qwertyuiop",
    "1q2w3e4r",
    "1qaz2wsx",
    "abcd1234",
    "abc12345",
    "admin123",
    "admin1234",
    "administrador",
    "administrator",
    "iloveyou",
    "letmein1",
    "welcome1",
    "bienvenido",
    "superman",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "trustno1",
    "starwars",
    "peru2024",
    "peru2025",
    "peru2026",
    "lima2024",
    "lima2025",
    "lima2026",
    "alianzalima",
    "universitario",
    "aaaaaaaa",
];

/// Whether a text has the form of an e-mail address.
pub(super) fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.contains('@')
            && host.split('.').all(|part| !part.is_empty())
            && !text.contains(char::is_whitespace)
    })
}

/// Why a new password is too weak; `None` if it is not.
pub(super) fn weakness(password: &str) -> Option<(&'static str, Text)> {
    if password.chars().count() < MIN_PASSWORD {
        return Some((
            "password_too_short",
            Text::key("page.password.short").with("min", MIN_PASSWORD),
        ));
    }
    if password.len() > password::MAX_LENGTH {
        return Some(("password_too_long", Text::key("page.password.long")));
    }
    if password.chars().all(char::is_numeric) {
        return Some(("password_entirely_numeric", Text::key("page.password.numeric")));
    }
    let folded = password.to_lowercase();
    COMMON
        .contains(&folded.as_str())
        .then(|| ("password_too_common", Text::key("page.password.common")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_named_by_their_weakness() {
        for (password, code) in [
            ("corta7", "password_too_short"),
            ("90817263544", "password_entirely_numeric"),
            ("Password123", "password_too_common"),
        ] {
            assert_eq!(weakness(password).map(|(code, _)| code), Some(code), "{password}");
        }
        assert!(weakness(&"a".repeat(5_000)).is_some());
        assert!(weakness("tres tristes tigres").is_none());
    }

    #[test]
    fn addresses_have_a_name_and_a_host() {
        assert!(is_email("ana@example.pe") && is_email("a.b+c@mail.example.com"));
        for bad in [
            "ana",
            "@example.pe",
            "ana@",
            "ana@pe",
            "ana@.pe",
            "ana@example.",
            "a na@example.pe",
            "a@b@c.pe",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}

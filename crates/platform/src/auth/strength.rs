//! How strong a new password must be, for every door that sets one.

use super::password;
use crate::i18n::Text;

/// Fewest characters of a password.
pub const MIN_LENGTH: usize = 8;
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
    "aaaaaaaa",
];

/// Why a new password is too weak (a stable code and a sentence); `None` if it is not.
#[must_use]
pub fn weakness(password: &str) -> Option<(&'static str, Text)> {
    if password.chars().count() < MIN_LENGTH {
        return Some((
            "password_too_short",
            Text::key("page.password.short").with("min", MIN_LENGTH),
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
}

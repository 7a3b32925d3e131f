//! How strong a new password must be, for every door that sets one.

use super::password;
use crate::i18n::Text;
use crate::types::fold;

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

/// A stable code and a sentence.
pub type Weakness = (&'static str, Text);

/// Fewest characters of a personal value that a password may not be made of: shorter ones are in every word.
const MIN_PERSONAL: usize = 4;

/// The first reason why a new password is too weak; `None` if it is not.
#[must_use]
pub fn weakness(password: &str) -> Option<Weakness> {
    weaknesses(password).into_iter().next()
}

/// Every reason why a new password is too weak; empty if it is not.
#[must_use]
pub fn weaknesses(password: &str) -> Vec<Weakness> {
    // Nothing else is looked at in a text of any length.
    if password.len() > password::MAX_LENGTH {
        return vec![("password_too_long", Text::key("page.password.long"))];
    }
    let mut found = Vec::new();
    if password.chars().count() < MIN_LENGTH {
        let text = Text::key("page.password.short").with("min", MIN_LENGTH);
        found.push(("password_too_short", text));
    }
    if COMMON.contains(&password.to_lowercase().as_str()) {
        found.push(("password_too_common", Text::key("page.password.common")));
    }
    if !password.is_empty() && password.chars().all(char::is_numeric) {
        found.push(("password_entirely_numeric", Text::key("page.password.numeric")));
    }
    found
}

/// Whether a password is little more than one of its owner's own values (names, e-mail, document): whoever knows
/// the person tries those.
#[must_use]
pub fn resembles<'v>(
    password: &str,
    personal: impl IntoIterator<Item = &'v str>,
) -> Option<Weakness> {
    let folded = fold(password);
    let is_mostly = |value: &str| {
        let length = value.chars().count();
        // Seven tenths of it, as the old program measured likeness.
        length >= MIN_PERSONAL
            && folded.contains(value)
            && length * 10 >= folded.chars().count() * 7
    };
    let personal: Vec<String> = personal.into_iter().map(fold).collect();
    let parts = personal.iter().flat_map(|value| {
        let local = value.split('@').take(1);
        let words = value.split(|c: char| !c.is_alphanumeric());
        std::iter::once(value.as_str()).chain(local).chain(words)
    });
    let is_likeness = parts.into_iter().any(is_mostly);
    is_likeness.then(|| ("password_too_similar", Text::key("page.password.similar")))
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
    fn all_weaknesses_are_told_together() {
        let codes: Vec<_> = weaknesses("1234567").into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["password_too_short", "password_entirely_numeric"]);
    }

    #[test]
    fn a_password_made_of_its_owner_is_told() {
        let owner = ["rosa.quispe@example.com", "Rosa", "Quíspe", "", "45678901"];
        for weak in ["rosa.quispe", "QUISPE12", "45678901x", "rosa.quispe@example.com"] {
            assert!(resembles(weak, owner).is_some(), "{weak}");
        }
        for good in ["tres tristes tigres", "quispe come manzanas rojas", "rosa-12345"] {
            assert!(resembles(good, owner).is_none(), "{good}");
        }
    }
}

//! Codes of six digits that prove an address: short enough to type, so they live for minutes, allow few attempts, and
//! are stored as keyed hashes, since a million of them are tried in a moment by whoever has the table.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::error::{Error, Result};

/// Digits of a code.
pub const DIGITS: usize = 6;
/// How many codes there are.
const COUNT: u32 = 1_000_000;
/// Random numbers from here on would make low codes likelier than high ones.
const FAIR: u32 = u32::MAX - u32::MAX % COUNT;

/// Hashes codes with the installation's key.
#[derive(Clone)]
pub struct Codes(Hmac<Sha256>);

impl std::fmt::Debug for Codes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Codes([redacted])")
    }
}

impl Codes {
    /// Hashes with a key.
    pub fn new(key: &str) -> Result<Self> {
        let mut mac = Hmac::new_from_slice(key.as_bytes())
            .map_err(|error| Error::failed("code key", error))?;
        // The same key signs other things too.
        mac.update(b"verification code\0");
        Ok(Self(mac))
    }

    /// The stored form of a code for one purpose.
    #[must_use]
    pub fn hash(&self, purpose: &str, code: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(purpose.as_bytes());
        mac.update(b"\0");
        mac.update(code.as_bytes());
        super::hex(&mac.finalize().into_bytes())
    }

    /// Whether `stored` is the hash of this code; takes the same time for every answer.
    #[must_use]
    pub fn is(&self, purpose: &str, code: &str, stored: &str) -> bool {
        self.hash(purpose, code).as_bytes().ct_eq(stored.as_bytes()).into()
    }
}

/// A new code.
pub fn draw() -> Result<String> {
    loop {
        let mut bytes = [0_u8; 4];
        getrandom::fill(&mut bytes).map_err(|error| Error::failed("randomness", error))?;
        let number = u32::from_le_bytes(bytes);
        if number < FAIR {
            return Ok(format!("{:06}", number % COUNT));
        }
    }
}

/// Whether a text has the form of a code.
#[must_use]
pub fn is_code(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_six_digits_and_differ() {
        let drawn: Vec<String> = (0..200).map(|_| draw().unwrap()).collect();
        assert!(drawn.iter().all(|code| is_code(code)));
        let distinct: std::collections::HashSet<&String> = drawn.iter().collect();
        assert!(distinct.len() > 190, "{}", distinct.len());
    }

    #[test]
    fn a_hash_is_good_for_its_code_its_purpose_and_its_key() {
        let codes = Codes::new("key").unwrap();
        let stored = codes.hash("reset", "012345");
        assert!(codes.is("reset", "012345", &stored));
        assert!(!codes.is("reset", "012346", &stored));
        assert!(!codes.is("change", "012345", &stored));
        assert!(!Codes::new("other").unwrap().is("reset", "012345", &stored));
        assert!(!stored.contains("012345") && stored.len() <= 255);
    }

    #[test]
    fn only_six_ascii_digits_are_a_code() {
        for bad in ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", " 12345"] {
            assert!(!is_code(bad), "{bad}");
        }
    }
}

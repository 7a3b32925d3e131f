//! Log-in machinery: passwords, tokens, sessions, identities. Who the users are is the program's business
//! (the [`Accounts`] trait).

pub mod code;
pub mod identity;
pub mod login;
pub mod password;
pub mod session;
pub mod strength;
pub mod throttle;
pub mod token;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

pub use identity::{Account, Accounts, Credential, Identities, Identity, State};

use crate::error::{Error, Result};

/// 256 random bits as text, 43 characters.
pub fn random_token() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::failed("randomness", error))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// 384 random bits as text, 64 characters: letters, digits, `-` and `_` only, so that no shell and no `.env` minds.
pub fn secret_key() -> Result<String> {
    let mut bytes = [0_u8; 48];
    getrandom::fill(&mut bytes).map_err(|error| Error::failed("randomness", error))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// 128 random bits as 32 hexadecimal digits.
pub fn random_hex() -> Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| Error::failed("randomness", error))?;
    Ok(hex(&bytes))
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

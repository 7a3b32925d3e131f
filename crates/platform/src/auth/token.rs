//! API tokens: JSON Web Tokens signed with HMAC-SHA256, claims as the existing clients know them.
//!
//! Only this one algorithm exists here, so there is none to confuse; the general JWT crates bring RSA and four
//! curves along for it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::config::Secret;
use crate::error::{Error, Result};

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenType {
    /// Calls the API.
    Access,
    /// Asks for a new pair.
    Refresh,
}

/// The claims of a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Access or refresh.
    pub token_type: TokenType,
    /// Expiry, Unix seconds.
    pub exp: i64,
    /// Issued at, Unix seconds.
    pub iat: i64,
    /// The token's own id.
    pub jti: String,
    /// Whose it is.
    pub user_id: i64,
    /// The log-in it descends from; log-out ends all of it.
    #[serde(default)]
    pub family: String,
    /// The user's epoch at issue; a password or role change raises it and ends older tokens.
    #[serde(default)]
    pub epoch: i64,
}

/// `{"alg":"HS256","typ":"JWT"}`, the only header accepted.
const HEADER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

/// Signs and checks tokens.
#[derive(Clone)]
pub struct Signer {
    key: Hmac<Sha256>,
    former: Vec<Hmac<Sha256>>,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer([redacted])")
    }
}

impl Signer {
    /// A signer with a key.
    pub fn new(key: &str) -> Result<Self> {
        Ok(Self { key: mac(key)?, former: Vec::new() })
    }

    /// The same, still accepting what former keys signed.
    pub fn accepting(mut self, former: &[Secret]) -> Result<Self> {
        self.former = former.iter().map(|key| mac(key.reveal())).collect::<Result<_>>()?;
        Ok(self)
    }

    /// The token of some claims.
    pub fn sign(&self, claims: &Claims) -> Result<String> {
        let claims = serde_json::to_vec(claims).map_err(|error| Error::failed("claims", error))?;
        let mut token = format!("{HEADER}.{}", URL_SAFE_NO_PAD.encode(claims));
        let mut mac = self.key.clone();
        mac.update(token.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        token.push('.');
        token.push_str(&signature);
        Ok(token)
    }

    /// The claims of a token that is whole, ours, of the wanted type and not expired at `now` (Unix
    /// seconds, no leeway).
    #[must_use]
    pub fn check(&self, token: &str, wanted: TokenType, now: i64) -> Option<Claims> {
        let (signed, signature) = token.rsplit_once('.')?;
        let payload = signed.strip_prefix(HEADER)?.strip_prefix('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let is_signed = |key: &Hmac<Sha256>| {
            let mut mac = key.clone();
            mac.update(signed.as_bytes());
            mac.verify_slice(&signature).is_ok()
        };
        if !is_signed(&self.key) && !self.former.iter().any(is_signed) {
            return None;
        }
        let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
        (claims.token_type == wanted && claims.exp > now).then_some(claims)
    }
}

fn mac(key: &str) -> Result<Hmac<Sha256>> {
    Hmac::new_from_slice(key.as_bytes()).map_err(|error| Error::failed("token key", error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn claims() -> Claims {
        Claims {
            token_type: TokenType::Access,
            exp: 2_000,
            iat: 1_000,
            jti: "0".repeat(32),
            user_id: 7,
            family: "f".into(),
            epoch: 1,
        }
    }

    #[test]
    fn a_token_is_good_for_its_type_until_it_expires() {
        let signer = Signer::new("key").unwrap();
        let token = signer.sign(&claims()).unwrap();
        assert_eq!(signer.check(&token, TokenType::Access, 1_999), Some(claims()));
        assert_eq!(signer.check(&token, TokenType::Access, 2_000), None);
        assert_eq!(signer.check(&token, TokenType::Refresh, 1_000), None);
        assert_eq!(Signer::new("other").unwrap().check(&token, TokenType::Access, 1_000), None);
    }

    #[test]
    fn a_former_key_verifies_and_signs_nothing() {
        let former = Signer::new("former").unwrap();
        let signer =
            Signer::new("key").unwrap().accepting(&[Secret::new("former".into())]).unwrap();
        let old = former.sign(&claims()).unwrap();
        assert_eq!(signer.check(&old, TokenType::Access, 1_000), Some(claims()));
        let new = signer.sign(&claims()).unwrap();
        assert_eq!(former.check(&new, TokenType::Access, 1_000), None);
        assert_eq!(Signer::new("key").unwrap().check(&old, TokenType::Access, 1_000), None);
    }

    #[test]
    fn other_algorithms_are_not_accepted() {
        let signer = Signer::new("key").unwrap();
        let token = signer.sign(&claims()).unwrap();
        let payload = token.split('.').nth(1).unwrap();
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        assert_eq!(signer.check(&format!("{none}.{payload}."), TokenType::Access, 0), None);
    }

    proptest! {
        #[test]
        fn a_changed_token_is_refused(position in 0..200_usize, byte in 0_u8..128) {
            let signer = Signer::new("key").unwrap();
            let token = signer.sign(&claims()).unwrap();
            let mut bytes = token.clone().into_bytes();
            let position = position % bytes.len();
            bytes[position] = byte;
            let changed = String::from_utf8(bytes).unwrap();
            // The last character's spare bits may change without changing the signature's bytes.
            if changed != token && position + 1 < token.len() {
                prop_assert_eq!(signer.check(&changed, TokenType::Access, 0), None);
            }
        }
    }
}

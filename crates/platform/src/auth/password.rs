//! Passwords: argon2id for new ones; hashes of the Django program verify and are replaced at the next log-in.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// What checking a password against a stored hash told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is not the password.
    Wrong,
    /// It is, and the hash is of today's kind.
    Right,
    /// It is, and the hash should be replaced.
    RightButOld,
}

/// Memory (KiB), passes and lanes of a new hash: the OWASP cheat sheet's first choice for argon2id (2024).
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// More rounds than any Django version sets; a stored hash asking for more would only burn time.
const MAX_PBKDF2_ROUNDS: u32 = 10_000_000;
/// Longer passwords are refused before any work is spent on them.
pub const MAX_LENGTH: usize = 4_096;

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .map_err(|error| Error::failed("argon2", error))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a new password. Costs some twenty milliseconds of CPU: call it through [`Pool`].
pub fn hash(password: &str) -> Result<String> {
    let hash: PasswordHash = hasher()?
        .hash_password(password.as_bytes())
        .map_err(|error| Error::failed("argon2", error))?;
    Ok(hash.to_string())
}

/// Checks a password against a stored hash of any kind this program knows. Unknown kinds are wrong.
pub fn verify(password: &str, stored: &str) -> Result<Verdict> {
    if password.len() > MAX_LENGTH {
        return Ok(Verdict::Wrong);
    }
    if let Some(rest) = stored.strip_prefix("pbkdf2_sha256$") {
        let right = verify_django(password, rest).unwrap_or(false);
        return Ok(if right { Verdict::RightButOld } else { Verdict::Wrong });
    }
    // Django writes argon2 hashes with a prefix before the standard form.
    let standard = stored.strip_prefix("argon2").unwrap_or(stored);
    let Ok(parsed) = PasswordHash::new(standard) else { return Ok(Verdict::Wrong) };
    if hasher()?.verify_password(password.as_bytes(), &parsed).is_err() {
        return Ok(Verdict::Wrong);
    }
    let current = format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$");
    Ok(if stored.starts_with(&current) { Verdict::Right } else { Verdict::RightButOld })
}

/// `<rounds>$<salt>$<base64 of 32 bytes>`, PBKDF2-HMAC-SHA256.
fn verify_django(password: &str, rest: &str) -> Option<bool> {
    let mut parts = rest.split('$');
    let rounds: u32 =
        parts.next()?.parse().ok().filter(|rounds| (1..=MAX_PBKDF2_ROUNDS).contains(rounds))?;
    let salt = parts.next()?;
    let expected = STANDARD.decode(parts.next()?).ok()?;
    let mut computed = [0_u8; 32];
    pbkdf2::pbkdf2_hmac::<Sha256>(password.as_bytes(), salt.as_bytes(), rounds, &mut computed);
    Some(computed.as_slice().ct_eq(&expected).into())
}

/// A hash of today's kind of a random text that nobody kept; checked when the user is unknown, so that both
/// cases cost the same. Its outcome is never used.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$R8qQ69vjsw2w7+Gnr/sxLw$ZAIvPJsRwY6naru46LIkn8BhXD8xKOnhEGaHbARvG+A";

/// Runs hashing on blocking threads, no more at once than there are cores: a crowd at the door must not
/// starve those inside.
#[derive(Debug)]
pub struct Pool {
    places: Semaphore,
}

impl Default for Pool {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self { places: Semaphore::new(cores) }
    }
}

impl Pool {
    /// [`hash`] on the pool.
    pub async fn hash(&self, password: String) -> Result<String> {
        self.run(move || hash(&password)).await
    }

    /// [`verify`] on the pool; without a stored hash it costs the same and is wrong.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<Verdict> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| DECOY.to_owned());
        let verdict = self.run(move || verify(&password, &stored)).await?;
        Ok(if known { verdict } else { Verdict::Wrong })
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _place =
            self.places.acquire().await.map_err(|error| Error::failed("password pool", error))?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| Error::failed("password pool", error))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_hash_verifies_only_its_password() {
        let stored = hash("correct horse").unwrap();
        assert!(stored.len() <= 128, "fits the column");
        assert_eq!(verify("correct horse", &stored).unwrap(), Verdict::Right);
        assert_eq!(verify("correct horsf", &stored).unwrap(), Verdict::Wrong);
    }

    #[test]
    fn the_decoy_costs_what_a_hash_of_today_costs() {
        let today = hash("x").unwrap();
        let parameters =
            |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(parameters(DECOY), parameters(&today));
        assert_eq!(verify("", DECOY).unwrap(), Verdict::Wrong);
    }

    #[test]
    fn djangos_hashes_verify_and_want_replacing() {
        // Computed with Python: hashlib.pbkdf2_hmac("sha256", b"s3creto-Clave", b"salt1234salt1234salt12", 1000).
        let stored = "pbkdf2_sha256$1000$salt1234salt1234salt12$Sas91pz1VIkArjTH3sGYtZyoJluaadWB7cP+z/BkJ2Q=";
        assert_eq!(verify("s3creto-Clave", stored).unwrap(), Verdict::RightButOld);
        assert_eq!(verify("s3creto-clave", stored).unwrap(), Verdict::Wrong);
    }

    #[test]
    fn broken_and_unusable_hashes_are_wrong_and_never_panic() {
        for stored in [
            "",
            "!abc",
            "pbkdf2_sha256$",
            "pbkdf2_sha256$x$y$z",
            "pbkdf2_sha256$99999999999$s$aGk=",
            "$argon2id$",
        ] {
            assert_eq!(verify("", stored).unwrap(), Verdict::Wrong, "{stored}");
        }
    }
}

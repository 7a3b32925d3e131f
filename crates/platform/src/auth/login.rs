//! Checking a name and a password, for every door alike: API log-in, HTTP Basic, panel.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use moka::sync::Cache;
use sha2::Sha256;

use super::password::Verdict;
use crate::app::App;
use crate::error::{Error, Kind, Refusal, Result};
use crate::i18n::Text;

/// How long a verified HTTP Basic credential is believed: without it each request pays the whole hash.
const REMEMBERED: Duration = Duration::from_secs(60);

/// Verified HTTP Basic credentials, by keyed hash; worthless as soon as any account changes.
pub struct Verified {
    key: Hmac<Sha256>,
    known: Cache<[u8; 32], (u64, i64)>,
}

impl Verified {
    /// Remembers under a key of this process.
    pub fn new() -> Result<Self> {
        let key = super::random_token()?;
        let key = Hmac::new_from_slice(key.as_bytes())
            .map_err(|error| Error::failed("credential key", error))?;
        Ok(Self {
            key,
            known: Cache::builder().max_capacity(10_000).time_to_live(REMEMBERED).build(),
        })
    }

    fn digest(&self, login: &str, password: &str) -> [u8; 32] {
        let mut mac = self.key.clone();
        mac.update(login.as_bytes());
        mac.update(b"\0");
        mac.update(password.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// The user whose name and password these are. Unknown, inactive and wrong cost the same and say the same;
/// too many failures are refused before any work.
pub async fn verify(app: &App, login: &str, password: &str, address: &str) -> Result<i64> {
    app.throttle().check(login, address).await?;
    let name = login.to_owned();
    let identities = app.identities().clone();
    let found = app.db().read(move |conn| identities.accounts().credential(conn, &name)).await?;
    let stored = found.as_ref().map(|credential| credential.hash.clone());
    let verdict = app.passwords().verify(password.to_owned(), stored).await?;
    let Some(credential) = found.filter(|_| verdict != Verdict::Wrong) else {
        app.throttle().failed(login, address).await;
        return Err(refused());
    };
    app.throttle().succeeded(login, address).await;
    let new_hash = match verdict {
        Verdict::RightButOld => Some(app.passwords().hash(password.to_owned()).await?),
        _ => None,
    };
    let identities = app.identities().clone();
    let user_id = credential.user_id;
    app.write_as_system("login", move |tx| {
        identities.accounts().logged_in(tx, user_id, new_hash.as_deref())
    })
    .await?;
    Ok(user_id)
}

/// [`verify`] for HTTP Basic, which repeats the same credential with each request.
pub async fn verify_basic(app: &App, login: &str, password: &str, address: &str) -> Result<i64> {
    let digest = app.verified().digest(login, password);
    let generation = app.identities().generation().now();
    if let Some((seen, user_id)) = app.verified().known.get(&digest)
        && seen == generation
    {
        return Ok(user_id);
    }
    let user_id = verify(app, login, password, address).await?;
    app.verified().known.insert(digest, (generation, user_id));
    Ok(user_id)
}

fn refused() -> Error {
    Refusal::new(
        Kind::Unauthenticated,
        "invalid_credentials",
        Text::key("error.invalid_credentials"),
    )
    .into()
}

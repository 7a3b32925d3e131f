//! Codes that prove an address or a wish: one lives at a time, for minutes, for few attempts, for one use.

use chrono::Duration;
use platform::auth::code::Codes;
use platform::db::{Changes, Tx};
use platform::error::{Error, Kind as Refused, Refusal, Result};
use platform::i18n::Text;
use platform::types::time::Moment;

use crate::profiles::model::VERIFICATION_CODES;
use crate::profiles::queries::codes::{self as queries, Stored};

/// How long a code is good.
pub const LIFETIME: Duration = Duration::minutes(15);
/// How long nothing more may be tried after too many wrong attempts.
const LOCKED: Duration = Duration::minutes(15);
/// Wrong attempts that lock.
const ATTEMPTS: i64 = 3;
/// How long what became of a code is kept.
const KEPT: Duration = Duration::days(1);

/// What a code proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The user's address is his.
    Email,
    /// Another address is his.
    NewEmail,
    /// He may set a password without knowing the present one.
    Password,
}

impl Purpose {
    /// As it is stored and as clients call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email_verification",
            Self::NewEmail => "email_change",
            Self::Password => "password_change",
        }
    }
}

/// What a typed code turned out to be.
#[derive(Clone, Debug)]
pub enum Typed {
    /// It is the one; now it is spent.
    Right(Stored),
    /// There is no such live code.
    Wrong,
    /// Its time is over.
    Expired,
    /// Too much was tried.
    Locked,
}

/// Keeps a new code for a user in the place of earlier ones; returns until when it is good. While attempts are locked
/// there is no new code either, or the lock would be worth nothing.
pub fn issue(
    tx: &mut Tx<'_>,
    codes: &Codes,
    user: i64,
    purpose: Purpose,
    target: Option<&str>,
    code: &str,
) -> Result<Moment> {
    let now = tx.now();
    if let Some(until) = queries::locked_until(tx, user, purpose.name(), now)? {
        return Err(locked(until - now));
    }
    queries::purge(tx, now - KEPT)?;
    queries::retire(tx, user, Some(purpose.name()))?;
    let expires_at = now + LIFETIME;
    let row = Changes::new()
        .with("user_id", user)
        .with("code", codes.hash(purpose.name(), code))
        .with("verification_type", purpose.name())
        .with("target_email", target)
        .with("expires_at", expires_at)
        .with("failed_attempts", 0)
        .with("max_attempts", ATTEMPTS)
        .with("is_used", false);
    tx.insert(&VERIFICATION_CODES, row)?;
    Ok(expires_at)
}

/// Looks whether a user typed his code, and spends it. A wrong attempt is counted, so the transaction must not be
/// rolled back for it.
pub fn check(
    tx: &mut Tx<'_>,
    codes: &Codes,
    user: i64,
    purpose: Purpose,
    code: &str,
) -> Result<Typed> {
    let now = tx.now();
    let Some(stored) = queries::newest(tx, user, purpose.name())? else {
        queries::write_all_the_same(tx)?;
        return Ok(Typed::Wrong);
    };
    let is_locked =
        stored.locked_until.is_some_and(|until| until > now) || stored.failed >= stored.allowed;
    if is_locked || stored.expires_at <= now {
        queries::write_all_the_same(tx)?;
        return Ok(if is_locked { Typed::Locked } else { Typed::Expired });
    }
    if !codes.is(purpose.name(), code, &stored.hash) {
        let is_last = stored.failed + 1 >= stored.allowed;
        queries::failed(tx, stored.id, is_last.then(|| now + LOCKED))?;
        return Ok(if is_last { Typed::Locked } else { Typed::Wrong });
    }
    Ok(if queries::spend(tx, stored.id)? { Typed::Right(stored) } else { Typed::Wrong })
}

/// The same for whoever only has the code: it must be the live code of exactly one user.
pub fn check_alone(tx: &mut Tx<'_>, codes: &Codes, purpose: Purpose, code: &str) -> Result<Typed> {
    let hash = codes.hash(purpose.name(), code);
    let now = tx.now();
    match queries::owners(tx, purpose.name(), &hash, now)?.as_slice() {
        [user] => check(tx, codes, *user, purpose, code),
        _ => Ok(Typed::Wrong),
    }
}

fn locked(left: Duration) -> Error {
    let seconds = u64::try_from(left.num_seconds()).unwrap_or(1).max(1);
    let text = Text::key("error.too_many_requests").with("minutes", seconds.div_ceil(60));
    Refusal::new(Refused::TooMany { retry_after: seconds }, "code_locked", text).into()
}

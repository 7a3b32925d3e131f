//! Tokens: a log-in begins a family; each refresh token is good once; a second use ends the family.

use platform::app::App;
use platform::auth::token::{Claims, TokenType};
use platform::auth::{State, random_hex};
use platform::db::{Changes, Tx};
use platform::error::{Error, Kind, Refusal, Result};
use platform::i18n::Text;
use platform::types::time::Moment;

use crate::architect::model::TOKEN_FAMILIES;
use crate::architect::queries::families;

/// A new pair of tokens.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Calls the API.
    pub access: String,
    /// Good once for the next pair.
    pub refresh: String,
}

/// Begins a log-in for a user whose password was checked.
pub async fn begin(app: &App, user_id: i64) -> Result<Pair> {
    let now = app.clock().now();
    let State::Active(identity) = app.identities().state(app.db(), user_id, now).await? else {
        return Err(not_valid());
    };
    let (family, jti) = (random_hex()?, random_hex()?);
    let pair = sign(app, user_id, identity.account().epoch, &family, &jti, now)?;
    let expires_at = now + lifetime(app);
    app.write_as_system("login", move |tx| {
        families::purge(tx)?;
        let row = Changes::new()
            .with("family", family.as_str())
            .with("user_id", user_id)
            .with("refresh_jti", jti.as_str())
            .with("expires_at", expires_at);
        tx.insert(&TOKEN_FAMILIES, row)
    })
    .await?;
    Ok(pair)
}

/// Exchanges a refresh token for a new pair. A token that was used before betrays a thief or a confused
/// client: the whole log-in ends.
pub async fn refresh(app: &App, token: &str) -> Result<Pair> {
    let now = app.clock().now();
    let claims =
        app.signer().check(token, TokenType::Refresh, now.timestamp()).ok_or_else(not_valid)?;
    let State::Active(identity) = app.identities().state(app.db(), claims.user_id, now).await?
    else {
        return Err(not_valid());
    };
    if identity.account().epoch != claims.epoch {
        return Err(not_valid());
    }
    let jti = random_hex()?;
    let pair = sign(app, claims.user_id, claims.epoch, &claims.family, &jti, now)?;
    let expires_at = now + lifetime(app);
    let exchanged = app
        .write_as_system("refresh", move |tx| {
            let Some(family) = families::find(tx, &claims.family, now)? else { return Ok(false) };
            if family.is_ended || family.user_id != claims.user_id {
                return Ok(false);
            }
            if family.refresh_jti == claims.jti
                && families::replace(tx, family.id, &claims.jti, &jti, expires_at)?
            {
                return Ok(true);
            }
            end(tx, &claims.family)?;
            Ok(false)
        })
        .await?;
    if exchanged { Ok(pair) } else { Err(not_valid()) }
}

/// Whether a token (of either type) is good now; its claims.
pub async fn verify(app: &App, token: &str) -> Result<Claims> {
    let now = app.clock().now();
    let signer = app.signer();
    let claims = signer
        .check(token, TokenType::Access, now.timestamp())
        .or_else(|| signer.check(token, TokenType::Refresh, now.timestamp()))
        .ok_or_else(not_valid)?;
    match app.identities().state(app.db(), claims.user_id, now).await? {
        State::Active(identity)
            if identity.account().epoch == claims.epoch
                && !identity.account().ended_families.contains(&claims.family) =>
        {
            Ok(claims)
        }
        _ => Err(not_valid()),
    }
}

/// How long a log-in is remembered: as long as any of its tokens may be good, or it could not be ended.
fn lifetime(app: &App) -> chrono::Duration {
    let auth = &app.config().auth;
    auth.refresh_lifetime.max(auth.access_lifetime)
}

/// Ends a log-in with all its tokens.
pub fn end(tx: &mut Tx<'_>, family: &str) -> Result<bool> {
    let ended = families::end(tx, family)?;
    if ended {
        tx.identities_changed();
    }
    Ok(ended)
}

fn sign(app: &App, user_id: i64, epoch: i64, family: &str, jti: &str, now: Moment) -> Result<Pair> {
    let auth = &app.config().auth;
    let claims = |token_type, lifetime: chrono::Duration, jti: String| Claims {
        token_type,
        exp: (now + lifetime).timestamp(),
        iat: now.timestamp(),
        jti,
        user_id,
        family: family.to_owned(),
        epoch,
    };
    Ok(Pair {
        access: app.signer().sign(&claims(
            TokenType::Access,
            auth.access_lifetime,
            random_hex()?,
        ))?,
        refresh: app.signer().sign(&claims(
            TokenType::Refresh,
            auth.refresh_lifetime,
            jti.to_owned(),
        ))?,
    })
}

fn not_valid() -> Error {
    Refusal::new(Kind::Unauthenticated, "token_not_valid", Text::key("error.token_not_valid"))
        .into()
}

//! A letter as mail programs exchange it.

use std::time::SystemTime;

use lettre::Message;
use lettre::message::{Mailbox, MultiPart};

use super::{Letter, failed};
use crate::auth::random_hex;
use crate::error::Result;
use crate::types::time::Moment;

/// The whole message, headers and both forms of its text. An address that would break out of its header is refused.
pub(super) fn of(letter: &Letter, from: &Mailbox, at: Moment) -> Result<Vec<u8>> {
    // The parser's own words would tell the address to the log.
    let to =
        letter.to.parse().map_err(|_| failed("recipient", "no address that can be written to"))?;
    let id = format!("<{}@{}>", random_hex()?, from.email.domain());
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(letter.subject.as_str())
        .date(SystemTime::from(at))
        .message_id(Some(id))
        .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
        .map_err(|error| failed("message", error))?;
    Ok(message.formatted())
}

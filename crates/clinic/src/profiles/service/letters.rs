//! What is written to people, in their language; posted when the transaction that it tells of is durable.

use platform::app::App;
use platform::db::{Conn, Tx};
use platform::error::Result;
use platform::i18n::{Lang, Text, Texts};
use platform::mail::{Draft, Mailer};
use platform::types::text::joined;

use super::absent;
use super::codes::{LIFETIME, Purpose};
use crate::profiles::queries::profiles as queries;

/// Who writes.
#[derive(Clone, Debug)]
pub struct Post {
    mailer: Mailer,
    texts: Texts,
    lang: Lang,
    frontend: String,
    program: &'static str,
}

impl Post {
    /// Writes in a language.
    #[must_use]
    pub fn new(app: &App, lang: Lang) -> Self {
        Self {
            mailer: app.mailer().clone(),
            texts: app.program().texts,
            lang,
            frontend: app.config().mail.frontend_url.clone(),
            program: app.program().name,
        }
    }

    /// Sends a user his code: to `target`, or to the address he has.
    pub fn code(
        &self,
        tx: &mut Tx<'_>,
        user: i64,
        purpose: Purpose,
        target: Option<&str>,
        code: &str,
    ) -> Result<()> {
        let (own, greeting) = self.greeting(tx, user)?;
        let address = target.unwrap_or(&own);
        let (subject, why, path) = match purpose {
            Purpose::Email => ("profiles.mail.verify", "profiles.mail.verify_why", "verify-email"),
            Purpose::NewEmail => {
                ("profiles.mail.change", "profiles.mail.change_why", "confirm-email-change")
            }
            Purpose::Password => {
                ("profiles.mail.reset", "profiles.mail.reset_why", "reset-password")
            }
        };
        let mut url = format!("{}/{path}?code={code}", self.frontend);
        if purpose != Purpose::NewEmail {
            // With the address a page need not ask for it.
            url.push_str("&email=");
            url.push_str(&encoded(address));
        }
        let lasts = Text::key("profiles.mail.lasts").with("minutes", LIFETIME.num_minutes());
        let draft = Draft {
            subject: self.speak(&Text::key(subject)),
            greeting,
            paragraphs: vec![
                self.speak(&Text::key(why)),
                self.speak(&lasts),
                self.speak(&Text::key("profiles.mail.ignore")),
            ],
            code: Some(code.to_owned()),
            link: Some((self.speak(&Text::key("profiles.mail.open")), url)),
            ..self.draft()
        };
        self.send(tx, &draft, address)
    }

    /// Tells the address that was a user's until now that another one is.
    pub fn email_changed(&self, tx: &mut Tx<'_>, user: i64, former: &str) -> Result<()> {
        let (_, greeting) = self.greeting(tx, user)?;
        let draft = Draft {
            subject: self.speak(&Text::key("profiles.mail.changed")),
            greeting,
            paragraphs: vec![self.speak(&Text::key("profiles.mail.changed_why"))],
            ..self.draft()
        };
        self.send(tx, &draft, former)
    }

    fn send(&self, tx: &mut Tx<'_>, draft: &Draft, address: &str) -> Result<()> {
        let (mailer, letter) = (self.mailer.clone(), draft.to(address)?);
        tx.after_commit(move || mailer.post(letter));
        Ok(())
    }

    fn draft(&self) -> Draft {
        let closing = Text::key("profiles.mail.closing").with("program", self.program);
        Draft { lang: self.lang.code(), closing: self.speak(&closing), ..Draft::default() }
    }

    /// The user's address, and the line that greets him.
    fn greeting(&self, conn: &mut Conn, user: i64) -> Result<(String, String)> {
        let known = queries::addressee(conn, user)?.ok_or_else(absent)?;
        let name = joined([Some(known.name.as_str()), Some(known.paternal_lastname.as_str())]);
        let name = if name.is_empty() { known.user_name } else { name };
        let greeting = self.speak(&Text::key("profiles.mail.greeting").with("name", name));
        Ok((known.email, greeting))
    }

    fn speak(&self, text: &Text) -> String {
        text.speak(self.texts, self.lang)
    }
}

/// A value of a link's query.
fn encoded(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    text.bytes()
        .map(
            |byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn addresses_stand_in_links_as_one_value() {
        assert_eq!(encoded("a+b&c=ñ@x.pe"), "a%2Bb%26c%3D%C3%B1%40x.pe");
    }
}

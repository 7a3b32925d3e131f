//! A message before it is written: its parts, in words already spoken. The plain text and the page say the same.

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, context};

use super::{Letter, failed};
use crate::error::Result;

static ENVIRONMENT: LazyLock<Result<Environment<'static>, minijinja::Error>> =
    LazyLock::new(|| {
        let mut environment = Environment::new();
        environment
            .set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        // The `.html` turns escaping on: names in it were typed by people.
        environment.add_template("letter.html", include_str!("../../templates/letter.html"))?;
        Ok(environment)
    });

/// The parts of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Language code.
    pub lang: &'static str,
    /// Subject.
    pub subject: String,
    /// First line.
    pub greeting: String,
    /// What it says, a paragraph each.
    pub paragraphs: Vec<String>,
    /// A code that is read off and typed.
    pub code: Option<String>,
    /// A link: its label and where it leads.
    pub link: Option<(String, String)>,
    /// Last line: who writes.
    pub closing: String,
}

impl Draft {
    /// The message to an address.
    pub fn to(&self, address: &str) -> Result<Letter> {
        let environment = ENVIRONMENT.as_ref().map_err(|error| failed("template", error))?;
        let link = self.link.as_ref().map(|(label, url)| context! { label, url });
        let values = context! {
            lang => self.lang,
            subject => self.subject.as_str(),
            greeting => self.greeting.as_str(),
            paragraphs => self.paragraphs.clone(),
            code => self.code.as_deref(),
            link => link,
            closing => self.closing.as_str(),
        };
        let html = environment
            .get_template("letter.html")
            .and_then(|template| template.render(values))
            .map_err(|error| failed("template", error))?;
        Ok(Letter {
            to: address.to_owned(),
            subject: one_line(&self.subject),
            text: self.text(),
            html,
        })
    }

    fn text(&self) -> String {
        let mut blocks = vec![one_line(&self.greeting)];
        blocks.extend(self.paragraphs.iter().cloned());
        blocks.extend(self.code.iter().map(|code| format!("    {code}")));
        blocks.extend(self.link.iter().map(|(label, url)| format!("{label}:\n{url}")));
        blocks.push(one_line(&self.closing));
        blocks.join("\n\n") + "\n"
    }
}

fn one_line(text: &str) -> String {
    text.split(char::is_control)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

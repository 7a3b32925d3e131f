//! Words for people: message keys inside, Spanish or English at the edge.
//!
//! Logic names a key and its values; only the edge (errors, pages, commands) turns it into a sentence. The
//! sentences live in `locales/*.yml` of each crate.

use std::borrow::Cow;

/// Languages the program speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// Spanish, the first language.
    #[default]
    Es,
    /// English.
    En,
}

impl Lang {
    /// The locale code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The first supported language of an `Accept-Language` header, if any.
    #[must_use]
    pub fn accepted(header: &str) -> Option<Self> {
        header.split(',').find_map(|entry| Self::parse(entry.split(';').next().unwrap_or("")))
    }

    /// Reads `es`, `es-PE`, `en-us` …
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_lowercase();
        match code.split(['-', '_']).next() {
            Some("es") => Some(Self::Es),
            Some("en") => Some(Self::En),
            _ => None,
        }
    }
}

/// A text in both languages, for labels that live in descriptions (tables, columns, permissions).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Spanish.
    pub es: &'static str,
    /// English.
    pub en: &'static str,
}

impl Label {
    /// A label in Spanish and English.
    #[must_use]
    pub const fn new(es: &'static str, en: &'static str) -> Self {
        Self { es, en }
    }

    /// The label in `lang`.
    #[must_use]
    pub fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Es => self.es,
            Lang::En => self.en,
        }
    }
}

/// A sentence not yet spoken: a key of the locale files and the values it mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Key in the locale files, such as `appointments.past_date`.
    pub key: &'static str,
    /// Named values; `%{name}` in the sentence.
    pub args: Vec<(&'static str, String)>,
}

impl Text {
    /// A sentence without values.
    #[must_use]
    pub fn key(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// The sentence in `lang`. A missing key shows itself, so that it is found and mended.
    #[must_use]
    pub fn speak(&self, texts: Texts, lang: Lang) -> String {
        let mut sentence = texts.find(lang, self.key).into_owned();
        for (name, value) in &self.args {
            sentence = sentence.replace(&format!("%{{{name}}}"), value);
        }
        sentence
    }
}

type Lookup = fn(&str, &str) -> Option<Cow<'static, str>>;

/// The sentences of platform and of the program built on it.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    program: Option<Lookup>,
}

impl Texts {
    /// Platform's own sentences only.
    pub const PLATFORM: Self = Self { program: None };

    /// Platform's sentences and those of a program, which win.
    #[must_use]
    pub const fn of_program(program: Lookup) -> Self {
        Self { program: Some(program) }
    }

    fn find(self, lang: Lang, key: &'static str) -> Cow<'static, str> {
        self.look_up(lang, key).unwrap_or(Cow::Borrowed(key))
    }

    /// The sentence of a key that is not known before the program runs (templates), if there is one.
    pub fn look_up(self, lang: Lang, key: &str) -> Option<Cow<'static, str>> {
        self.program
            .and_then(|lookup| lookup(lang.code(), key))
            .or_else(|| crate::_rust_i18n_try_translate(lang.code(), key))
    }
}

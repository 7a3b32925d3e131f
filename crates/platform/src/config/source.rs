//! The only reader of the environment: real variables first, then `.env` in the working directory.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// One setting: its name, what it means and how a good value looks. `docs/CONFIG.md` is made from these.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Name of the variable.
    pub name: &'static str,
    /// Value when it is absent; empty for none.
    pub default: &'static str,
    /// A good value.
    pub example: &'static str,
    /// What it does.
    pub help: &'static str,
    /// Whether its value must never be shown.
    pub is_secret: bool,
}

impl Setting {
    /// A setting.
    #[must_use]
    pub const fn new(
        name: &'static str,
        default: &'static str,
        example: &'static str,
        help: &'static str,
    ) -> Self {
        Self { name, default, example, help, is_secret: false }
    }

    /// A setting whose value is never shown.
    #[must_use]
    pub const fn secret(name: &'static str, example: &'static str, help: &'static str) -> Self {
        Self { name, default: "", example, help, is_secret: true }
    }
}

/// A value that cannot be used: which, why, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Name of the variable.
    pub name: &'static str,
    /// Why it cannot be used.
    pub reason: String,
    /// A good value.
    pub example: &'static str,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}. Example: {}={}", self.name, self.reason, self.name, self.example)
    }
}

/// A line of `.env`, without its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InFile<'a> {
    /// Name of the variable.
    pub name: &'a str,
    /// Whether nothing stands behind the name.
    pub is_blank: bool,
    /// Whether the environment has another value, which wins.
    pub is_overruled: bool,
}

/// Raw values and the problems found so far.
#[derive(Clone, Default)]
pub struct Source {
    values: BTreeMap<String, String>,
    /// What `.env` says, as it stands there.
    file: BTreeMap<String, String>,
    /// Everything that could not be used.
    pub problems: Vec<Problem>,
}

/// Names only: values may be secrets.
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("names", &self.values.keys()).finish_non_exhaustive()
    }
}

impl Source {
    /// Reads `.env` in `folder` and the environment, which wins.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one reader of the environment")]
    pub fn load(folder: &Path) -> Self {
        let mut source = Self::default();
        let file = folder.join(".env");
        if file.exists() {
            match dotenvy::from_path_iter(&file) {
                Ok(lines) => {
                    for line in lines {
                        match line {
                            Ok((name, value)) => {
                                source.file.insert(name, value);
                            }
                            Err(error) => source.problems.push(Problem {
                                name: ".env",
                                reason: format!("a line cannot be read: {error}"),
                                example: "one NAME=value a line",
                            }),
                        }
                    }
                }
                Err(error) => source.problems.push(Problem {
                    name: ".env",
                    reason: format!("cannot be read: {error}"),
                    example: "a readable file",
                }),
            }
        }
        source.values.clone_from(&source.file);
        source.values.extend(std::env::vars());
        source
    }

    /// Values given directly, for tests.
    #[must_use]
    pub fn of(values: &[(&str, &str)]) -> Self {
        let values =
            values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { values, ..Self::default() }
    }

    /// The same, as if they stood in `.env`.
    #[must_use]
    pub fn of_file(values: &[(&str, &str)]) -> Self {
        let mut source = Self::of(values);
        source.file.clone_from(&source.values);
        source
    }

    /// Whether a variable has a value.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.values.get(name).is_some_and(|value| !value.trim().is_empty())
    }

    /// Names of all variables.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// What `.env` says: names, and whether the environment says the same (it wins).
    pub fn in_file(&self) -> impl Iterator<Item = InFile<'_>> {
        self.file.iter().map(|(name, value)| InFile {
            name,
            is_blank: value.trim().is_empty(),
            is_overruled: self.values.get(name).is_some_and(|used| used != value),
        })
    }

    /// The value as given; `None` if absent or blank.
    #[must_use]
    pub fn given(&self, setting: &Setting) -> Option<&str> {
        self.values.get(setting.name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// The value exactly as given, be it blank; `None` if absent.
    #[must_use]
    pub fn as_is(&self, setting: &Setting) -> Option<&str> {
        self.values.get(setting.name).map(String::as_str)
    }

    /// The value as given, or the default.
    #[must_use]
    pub fn text(&self, setting: &Setting) -> String {
        self.given(setting).unwrap_or(setting.default).to_owned()
    }

    /// A value read by `parse`, which says what it expects. A problem is noted and the default used.
    pub fn parsed<T: Default>(
        &mut self,
        setting: &Setting,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> T {
        match parse(&self.text(setting)) {
            Ok(value) => value,
            Err(reason) => {
                self.complain(setting, reason);
                parse(setting.default).unwrap_or_default()
            }
        }
    }

    /// True or false, as Django's users write it.
    pub fn flag(&mut self, setting: &Setting) -> bool {
        self.parsed(setting, |text| match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" | "si" | "sí" => Ok(true),
            "false" | "0" | "no" | "off" => Ok(false),
            other => Err(format!("\"{other}\" is neither True nor False")),
        })
    }

    /// A whole number within limits.
    pub fn number(&mut self, setting: &Setting, least: u64, most: u64) -> u64 {
        self.parsed(setting, |text| match text.parse::<u64>() {
            Ok(value) if (least..=most).contains(&value) => Ok(value),
            _ => Err(format!("\"{text}\" is not a whole number from {least} to {most}")),
        })
    }

    /// A comma-separated list.
    #[must_use]
    pub fn list(&self, setting: &Setting) -> Vec<String> {
        self.text(setting)
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Notes a problem.
    pub fn complain(&mut self, setting: &Setting, reason: impl Into<String>) {
        self.problems.push(Problem {
            name: setting.name,
            reason: reason.into(),
            example: setting.example,
        });
    }
}

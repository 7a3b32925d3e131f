//! Answers from the command line, or from whoever sits before it.

use std::io::{BufRead, IsTerminal};

use clap::ArgMatches;

use crate::db::migrate::detect::answers::Answers;
use crate::db::migrate::detect::default::{Literal, expected};
use crate::db::state::ColumnState;
use crate::error::{Error, Result};
use crate::manage::output;

/// What the flags say; the rest is asked, or refused with the flag to give.
pub(super) struct Told {
    renames: Vec<Flag>,
    defaults: Vec<Flag>,
    asks: bool,
}

struct Flag {
    name: String,
    value: String,
    is_used: bool,
}

impl Told {
    pub(super) fn read(matches: &ArgMatches) -> Result<Self> {
        let flags = |name: &str| -> Result<Vec<Flag>> {
            let given = matches.get_many::<String>(name).into_iter().flatten();
            given.map(|text| Flag::read(name, text)).collect()
        };
        Ok(Self {
            renames: flags("rename")?,
            defaults: flags("default")?,
            asks: !matches.get_flag("noinput") && std::io::stdin().is_terminal(),
        })
    }

    /// A flag that answered nothing is a typing error.
    pub(super) fn refuse_unused(&self) -> Result<()> {
        let unused = |flags: &'static str, list: &[Flag]| {
            list.iter()
                .find(|flag| !flag.is_used)
                .map(|flag| format!("--{flags} {}={}", flag.name, flag.value))
        };
        match unused("rename", &self.renames).or_else(|| unused("default", &self.defaults)) {
            Some(flag) => Err(Error::Failed(format!(
                "{flag} answers nothing: there is no such change, so nothing was written"
            ))),
            None => Ok(()),
        }
    }

    fn renamed(
        &mut self,
        what: &str,
        flag: &str,
        alike: &[&str],
        added: &[&str],
    ) -> Result<Option<String>> {
        if let Some(given) = self.renames.iter_mut().find(|given| given.name == flag) {
            given.is_used = true;
            if given.value.is_empty() {
                return Ok(None);
            }
            if added.contains(&given.value.as_str()) {
                return Ok(Some(given.value.clone()));
            }
            return Err(Error::Failed(format!(
                "--rename {flag}={}: {} is not new; new are: {}",
                given.value,
                given.value,
                if added.is_empty() { "none".to_owned() } else { added.join(", ") }
            )));
        }
        for name in alike {
            if !self.asks {
                return Err(Error::Failed(format!(
                    "was the {what} {flag} renamed to {name}? Say --rename {flag}={name}, or --rename {flag}= if it was \
                     removed with its contents"
                )));
            }
            let answer = ask(&format!("Was the {what} {flag} renamed to {name}? [y/N] "))?;
            if matches!(answer.to_ascii_lowercase().as_str(), "y" | "yes") {
                return Ok(Some((*name).to_owned()));
            }
        }
        Ok(None)
    }
}

impl Flag {
    fn read(flag: &str, text: &str) -> Result<Self> {
        let read = text.split_once('=').filter(|(name, _)| !name.is_empty());
        let (name, value) = read.ok_or_else(|| {
            let form = if flag == "rename" { "table.old=new" } else { "table.column=value" };
            Error::Failed(format!("--{flag} {text} has not the form {form}"))
        })?;
        Ok(Self { name: name.to_owned(), value: value.to_owned(), is_used: false })
    }
}

impl Answers for Told {
    fn renamed_table(
        &mut self,
        old: &str,
        alike: &[&str],
        added: &[&str],
    ) -> Result<Option<String>> {
        self.renamed("table", old, alike, added)
    }

    fn renamed_column(
        &mut self,
        table: &str,
        old: &str,
        alike: &[&str],
        added: &[&str],
    ) -> Result<Option<String>> {
        self.renamed("column", &format!("{table}.{old}"), alike, added)
    }

    fn value_for(&mut self, table: &str, column: &ColumnState, was_there: bool) -> Result<String> {
        let flag = format!("{table}.{}", column.name);
        if let Some(given) = self.defaults.iter_mut().find(|given| given.name == flag) {
            given.is_used = true;
            return Ok(given.value.clone());
        }
        let why = if was_there {
            format!("the column {flag} must not be empty any more")
        } else {
            format!("the new column {flag} must not be empty")
        };
        if !self.asks {
            return Err(Error::Failed(format!(
                "{why}: say what rows that are there get in it, --default {flag}=<{}>, or let it be null",
                expected(column)
            )));
        }
        loop {
            let expected = expected(column);
            let question = format!("{why}; what do rows that are there get in it ({expected})? ");
            let text = ask(&question)?;
            match Literal::read(table, column, &text) {
                Ok(_) => return Ok(text),
                Err(error) => output::line(error),
            }
        }
    }
}

fn ask(question: &str) -> Result<String> {
    output::part(question);
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    match read.map_err(|error| Error::failed("input", error))? {
        0 => Err(Error::Failed("no answer; nothing was written".into())),
        _ => Ok(answer.trim().to_owned()),
    }
}

/// For a mere look at whether anything changed: no answer can make it nothing.
pub(super) struct Guess;

impl Answers for Guess {
    fn value_for(&mut self, _: &str, column: &ColumnState, _: bool) -> Result<String> {
        Ok(crate::db::migrate::detect::default::any(column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Kind;

    fn told(arguments: &[&str]) -> Result<Told> {
        let line = (super::super::COMMAND.arguments)(clap::Command::new("makemigrations"));
        let arguments = ["makemigrations", "--noinput"].iter().chain(arguments);
        Told::read(&line.try_get_matches_from(arguments).unwrap())
    }

    fn column() -> ColumnState {
        ColumnState {
            name: "age".into(),
            kind: Kind::Int,
            null: false,
            references: None,
            choices: Vec::new(),
            min: Some(0),
            folded: false,
            secret: false,
        }
    }

    #[test]
    fn without_an_answer_the_flag_to_give_is_told() {
        let mut told = told(&[]).unwrap();
        let refused = told.renamed_column("pets", "age", &["years"], &["years"]).unwrap_err();
        let refused = refused.to_string();
        assert!(refused.contains("--rename pets.age=years"), "{refused}");
        assert!(refused.contains("--rename pets.age= "), "{refused}");
        let refused = told.renamed_table("pets", &["animals"], &["animals"]).unwrap_err();
        assert!(refused.to_string().contains("--rename pets=animals"), "{refused}");
        let refused = told.value_for("pets", &column(), false).unwrap_err().to_string();
        assert!(refused.contains("--default pets.age=<int, at least 0>"), "{refused}");
        assert_eq!(told.renamed_column("pets", "age", &[], &["name"]).unwrap(), None);
    }

    #[test]
    fn flags_answer_and_one_that_answers_nothing_is_refused() {
        let flags =
            ["--rename", "pets.age=years", "--rename", "pets.tail=", "--default", "pets.age=3"];
        let mut told = told(&flags).unwrap();
        let added = ["years", "tails"];
        let answer = told.renamed_column("pets", "age", &[], &added).unwrap();
        assert_eq!(answer.as_deref(), Some("years"), "whatever its kind");
        assert_eq!(told.renamed_column("pets", "tail", &["tails"], &added).unwrap(), None);
        let unused = told.refuse_unused().unwrap_err().to_string();
        assert!(unused.contains("--default pets.age=3"), "{unused}");
        assert_eq!(told.value_for("pets", &column(), true).unwrap(), "3");
        told.refuse_unused().unwrap();
    }

    #[test]
    fn a_flag_of_another_form_or_a_name_that_is_not_new_is_refused() {
        for (flag, form) in [("--rename", "table.old=new"), ("--default", "table.column=value")] {
            let refused = told(&[flag, "pets.age"]).err().unwrap().to_string();
            assert!(refused.contains(form), "{refused}");
        }
        let mut told = told(&["--rename", "pets.age=year"]).unwrap();
        let refused = told.renamed_column("pets", "age", &["years"], &["years"]).unwrap_err();
        assert!(refused.to_string().contains("new are: years"), "{refused}");
    }
}

//! What a migration's statement does, read from its text: for the plan that people see, and for recognising what
//! an interrupted run had done.
//!
//! Beside SQL there are two steps that no engine can do by itself, since only this program folds text. They
//! are written as `-- manage: …` lines, comments to any other client.

mod read;

use std::fmt;

pub use read::actions;

/// How a step of the program's own begins.
const OWN: &str = "-- manage: ";

/// One thing a statement does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Makes a table.
    CreateTable(String),
    /// Removes a table.
    DropTable(String),
    /// Gives a table another name.
    RenameTable(String, String),
    /// Makes a column of a table.
    AddColumn(String, String),
    /// Removes a column of a table.
    DropColumn(String, String),
    /// Gives a column of a table another name.
    RenameColumn(String, String, String),
    /// Makes an index of a table, unique or not.
    AddIndex(String, String),
    /// Removes an index, of a table if the text says which.
    DropIndex(Option<String>, String),
    /// Makes a rule or a foreign key of a table.
    AddConstraint(String, String),
    /// Removes a rule or a foreign key of a table.
    DropConstraint(String, String),
    /// Changes a column in place; doing it again changes nothing.
    ChangeColumn(String, String),
    /// Writes rows of a table.
    WriteRows(String),
    /// Writes the folded twin of a column of a table, for all rows.
    Fold(String, String),
    /// Writes the word index of a table anew.
    Words {
        /// The table.
        table: String,
        /// Whether soft-deleted rows stay out.
        live: bool,
        /// The searched columns.
        columns: Vec<String>,
    },
    /// Anything else, by its first words.
    Other(String),
}

impl Action {
    /// The text of a step of the program's own.
    #[must_use]
    pub fn own_text(&self) -> Option<String> {
        match self {
            Self::Fold(table, column) => Some(format!("{OWN}fold {table} {column}")),
            Self::Words { table, live, columns } => {
                let rows = if *live { "live" } else { "all" };
                Some(format!("{OWN}words {table} {rows} {}", columns.join(" ")))
            }
            _ => None,
        }
    }

    /// The step of the program's own that a statement is.
    #[must_use]
    pub fn own(statement: &str) -> Option<Self> {
        let mut words = statement.strip_prefix(OWN)?.split_whitespace().map(str::to_owned);
        match (words.next()?.as_str(), words.next()?, words.next()?) {
            ("fold", table, column) => Some(Self::Fold(table, column)),
            ("words", table, rows) => {
                Some(Self::Words { table, live: rows == "live", columns: words.collect() })
            }
            _ => None,
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateTable(table) => write!(f, "Create table {table}"),
            Self::DropTable(table) => write!(f, "Delete table {table}"),
            Self::RenameTable(from, to) => write!(f, "Rename table {from} to {to}"),
            Self::AddColumn(table, column) => write!(f, "Add column {column} to {table}"),
            Self::DropColumn(table, column) => write!(f, "Remove column {column} from {table}"),
            Self::RenameColumn(table, from, to) => {
                write!(f, "Rename column {from} on {table} to {to}")
            }
            Self::AddIndex(table, name) => write!(f, "Create index {name} on {table}"),
            Self::DropIndex(Some(table), name) => write!(f, "Remove index {name} from {table}"),
            Self::DropIndex(None, name) => write!(f, "Remove index {name}"),
            Self::AddConstraint(table, name) => write!(f, "Create constraint {name} on {table}"),
            Self::DropConstraint(table, name) => {
                write!(f, "Remove constraint {name} from {table}")
            }
            Self::ChangeColumn(table, column) => write!(f, "Alter column {column} on {table}"),
            Self::WriteRows(table) => write!(f, "Write rows of {table}"),
            Self::Fold(table, column) => write!(f, "Fill {column}_fold of {table}"),
            Self::Words { table, .. } => write!(f, "Fill the word index of {table}"),
            Self::Other(text) => write!(f, "Run {text} …"),
        }
    }
}

/// The steps of a migration for people: a table that is rebuilt is told as such.
pub fn told<'s>(statements: impl Iterator<Item = &'s str>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rebuilding: Option<String> = None;
    for action in statements.flat_map(actions) {
        match (&action, &rebuilding) {
            (Action::CreateTable(name), None) if name.ends_with(REBUILT) => {
                rebuilding = Some(name.clone());
            }
            (Action::RenameTable(from, to), Some(rebuilt)) if from == rebuilt => {
                lines.push(format!("Rebuild table {to}"));
                rebuilding = None;
            }
            (_, Some(_)) => {}
            (_, None) => lines.push(action.to_string()),
        }
    }
    lines
}

/// What the name of a table ends in while it is rebuilt.
pub const REBUILT: &str = "__new";

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn tell(statement: &str) -> String {
        let told: Vec<String> = actions(statement).iter().map(ToString::to_string).collect();
        told.join("; ")
    }

    #[test]
    fn statements_of_both_dialects_are_understood() {
        for (statement, told) in [
            ("CREATE TABLE `a` (\n `b` INT\n)", "Create table a"),
            ("create table if not exists a (b)", "Create table a"),
            ("CREATE UNIQUE INDEX \"u\" ON \"a\" (\"b\")", "Create index u on a"),
            ("DROP INDEX \"u\"", "Remove index u"),
            ("DROP INDEX u ON a", "Remove index u from a"),
            ("DROP TABLE `a`", "Delete table a"),
            ("RENAME TABLE `a` TO `b`", "Rename table a to b"),
            ("ALTER TABLE \"a\" RENAME TO \"b\"", "Rename table a to b"),
            ("ALTER TABLE `a` ADD COLUMN `b` INT NULL", "Add column b to a"),
            (
                "ALTER TABLE a ADD b DECIMAL(8,2), DROP c",
                "Add column b to a; Remove column c from a",
            ),
            ("ALTER TABLE a RENAME COLUMN b TO c", "Rename column b on a to c"),
            ("ALTER TABLE a CHANGE b c INT", "Rename column b on a to c"),
            ("ALTER TABLE a MODIFY COLUMN b INT NOT NULL", "Alter column b on a"),
            ("ALTER TABLE a ALTER COLUMN b DROP DEFAULT", "Alter column b on a"),
            ("ALTER TABLE a ADD UNIQUE KEY u (b, c)", "Create index u on a"),
            ("ALTER TABLE a DROP KEY u", "Remove index u from a"),
            (
                "ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES c (id)",
                "Create constraint f on a",
            ),
            ("ALTER TABLE a DROP FOREIGN KEY f", "Remove constraint f from a"),
            ("ALTER TABLE a DROP CONSTRAINT f", "Remove constraint f from a"),
            ("UPDATE `a` SET b = 'x, y' WHERE b IS NULL", "Write rows of a"),
            ("INSERT INTO a SELECT 1", "Write rows of a"),
            ("-- manage: fold a b", "Fill b_fold of a"),
            ("-- manage: words a live b c", "Fill the word index of a"),
            ("SET @x = 1", "Run SET @x = 1 …"),
        ] {
            assert_eq!(tell(statement), told, "{statement}");
        }
    }

    #[test]
    fn any_text_is_survived() {
        for text in [
            "",
            "ALTER",
            "ALTER TABLE",
            "ALTER TABLE a ADD",
            "CREATE",
            "DROP INDEX",
            "(((",
            "-- manage: ",
        ] {
            let _read = actions(text);
        }
    }

    #[test]
    fn a_step_of_the_programs_own_is_read_as_written() {
        let columns = vec!["b".to_owned(), "c".to_owned()];
        for step in [
            Action::Fold("a".into(), "b".into()),
            Action::Words { table: "a".into(), live: true, columns },
        ] {
            assert_eq!(Action::own(&step.own_text().unwrap()), Some(step));
        }
    }
}

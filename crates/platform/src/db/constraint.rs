//! Engine errors, told in one language: broken rules by name, lost connections, requests to repeat.

use mysql::{DriverError, Error as MyError};
use rusqlite::ffi;

use super::{DbError, explain};

/// Which rule of the database was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// Another row has these values.
    Unique {
        /// Name of the index, if the engine says it.
        name: Option<String>,
        /// Columns, if the engine says them.
        columns: Vec<String>,
    },
    /// The row referred to does not exist.
    MissingParent,
    /// Other rows refer to this one.
    HasChildren,
    /// A CHECK, NOT NULL, type or length.
    Invalid(String),
}

pub(super) fn of_sqlite(error: &rusqlite::Error, sql: &str) -> DbError {
    let rusqlite::Error::SqliteFailure(failure, message) = error else {
        return DbError::Sql { message: error.to_string(), sql: sql.to_owned() };
    };
    let message = message.clone().unwrap_or_else(|| failure.to_string());
    match failure.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE
        | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
        | ffi::SQLITE_CONSTRAINT_ROWID => {
            DbError::Constraint(Violation::Unique { name: None, columns: sqlite_columns(&message) })
        }
        // SQLite does not say which side broke; a DELETE can only leave children behind.
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY if sql.trim_start().starts_with("DELETE") => {
            DbError::Constraint(Violation::HasChildren)
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => DbError::Constraint(Violation::MissingParent),
        ffi::SQLITE_CONSTRAINT_CHECK
        | ffi::SQLITE_CONSTRAINT_NOTNULL
        | ffi::SQLITE_CONSTRAINT_DATATYPE => DbError::Constraint(Violation::Invalid(message)),
        _ => match explain::sqlite(failure.code, &message, "the database file") {
            Some(reason) => DbError::Unavailable(reason),
            None => DbError::Sql { message, sql: sql.to_owned() },
        },
    }
}

/// `UNIQUE constraint failed: patients.document_type_id, patients.document_number` → the columns.
fn sqlite_columns(message: &str) -> Vec<String> {
    message
        .split_once("failed: ")
        .map(|(_, list)| list)
        .unwrap_or_default()
        .split(", ")
        .filter_map(|qualified| qualified.rsplit('.').next())
        .map(str::to_owned)
        .collect()
}

pub(super) fn of_mysql(error: MyError, sql: &str) -> DbError {
    match error {
        MyError::MySqlError(error) => {
            let message = error.message;
            match error.code {
                1062 => DbError::Constraint(Violation::Unique {
                    name: mysql_key(&message),
                    columns: Vec::new(),
                }),
                1452 | 1216 => DbError::Constraint(Violation::MissingParent),
                1451 | 1217 => DbError::Constraint(Violation::HasChildren),
                1048 | 1364 | 1406 | 1264 | 1366 | 1292 | 3819 | 4025 => {
                    DbError::Constraint(Violation::Invalid(without_value(&message)))
                }
                // Deadlock, lock wait, changed since read (MariaDB), cluster certification.
                1213 | 1205 | 1020 | 3101 => DbError::Repeat(message),
                // Too many connections, shutdown, killed, no access, unknown database, node not ready.
                1053 | 1927 | 4031 => DbError::Unavailable(explain::mysql_lost(&message)),
                1040 | 1044 | 1045 | 1049 | 1047 | 1129 | 1130 | 1203 | 1226 | 1290 => {
                    DbError::Unavailable(message)
                }
                _ => DbError::Sql { message, sql: sql.to_owned() },
            }
        }
        MyError::IoError(error) => DbError::Unavailable(explain::mysql_lost(&error)),
        // The program's own mistake; the connection is as good as before.
        MyError::DriverError(error @ DriverError::MismatchedStmtParams(..)) => {
            DbError::Sql { message: error.to_string(), sql: sql.to_owned() }
        }
        MyError::DriverError(error) => DbError::Unavailable(explain::mysql_lost(&error)),
        MyError::TlsError(error) => DbError::Unavailable(explain::mysql_lost(&error)),
        MyError::CodecError(error) => DbError::Unavailable(explain::mysql_lost(&error)),
        other => DbError::Sql { message: other.to_string(), sql: sql.to_owned() },
    }
}

/// `Incorrect string value: 'x' for column …` without the value, which may be somebody's name: messages are logged.
fn without_value(message: &str) -> String {
    let parts = message
        .split_once(" value: '")
        .and_then(|(kind, rest)| Some((kind, rest.rsplit_once("' for ")?.1)));
    parts.map_or_else(|| message.to_owned(), |(kind, place)| format!("{kind} value for {place}"))
}

/// `Duplicate entry 'x' for key 'uq_users_email'` (MySQL writes `users.uq_users_email`) → the key's name.
fn mysql_key(message: &str) -> Option<String> {
    let quoted = message.rsplit_once("for key ")?.1.trim().trim_matches('\'');
    quoted.rsplit('.').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_from_both_servers_messages() {
        let maria = "Duplicate entry 'a' for key 'uq_users_email'";
        let mysql = "Duplicate entry 'x for key ' for key 'users.uq_users_email'";
        assert_eq!(mysql_key(maria).as_deref(), Some("uq_users_email"));
        assert_eq!(mysql_key(mysql).as_deref(), Some("uq_users_email"));
    }

    #[test]
    fn a_message_that_is_logged_repeats_no_value() {
        let told = "Incorrect string value: 'José' for ' for column `c`.`people`.`name` at row 1";
        assert_eq!(
            without_value(told),
            "Incorrect string value for column `c`.`people`.`name` at row 1"
        );
        let column = "Out of range value for column 'room' at row 1";
        assert_eq!(without_value(column), column);
    }

    #[test]
    fn columns_are_read_from_sqlites_message() {
        assert_eq!(sqlite_columns("UNIQUE constraint failed: a.x, a.y"), ["x", "y"]);
    }
}

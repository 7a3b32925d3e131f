//! A database server as its administrator sees it: databases, users and grants made, and databases dropped. Names and
//! passwords come from settings, so every one is quoted here.

use mysql::prelude::Queryable;
use mysql::{Opts, OptsBuilder};

use super::{DbError, DbResult, constraint};

/// What a database URL says, taken apart.
#[derive(Clone, Debug)]
pub struct Place {
    options: Opts,
}

impl Place {
    /// The place that a MySQL URL names.
    pub fn of(url: &str) -> DbResult<Self> {
        Ok(Self { options: super::mysql::options(url)? })
    }

    /// The URL of another database on the same server, for the same user.
    #[must_use]
    pub fn url_of(url: &str, database: &str) -> String {
        let (base, options) = url.split_once('?').unwrap_or((url, ""));
        let server = base.rsplit_once('/').map_or(base, |(server, _)| server);
        let mark = if options.is_empty() { "" } else { "?" };
        format!("{server}/{database}{mark}{options}")
    }

    /// `host:port`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}:{}", self.options.get_ip_or_hostname(), self.options.get_tcp_port())
    }

    /// Whether the server is on this machine.
    #[must_use]
    pub fn is_local(&self) -> bool {
        matches!(self.options.get_ip_or_hostname().as_ref(), "localhost" | "127.0.0.1" | "::1")
    }

    /// Name of the database.
    #[must_use]
    pub fn database(&self) -> &str {
        self.options.get_db_name().unwrap_or_default()
    }

    /// Name of the user.
    #[must_use]
    pub fn user(&self) -> &str {
        self.options.get_user().unwrap_or_default()
    }

    /// Password of the user.
    #[must_use]
    pub fn password(&self) -> &str {
        self.options.get_pass().unwrap_or_default()
    }

    /// Runs statements as a user of the server, in no database.
    pub fn run_as(&self, user: &str, password: &str, statements: &[String]) -> DbResult<()> {
        let mut connection = self.connect_as(user, password)?;
        // Quoting below counts on backslashes that escape.
        let mut run = |sql: &str| {
            connection.query_drop(sql).map_err(|error| match constraint::of_mysql(error, "") {
                DbError::Sql { message, .. } => DbError::Unavailable(message),
                other => other,
            })
        };
        run("SET SESSION sql_mode = ''")?;
        statements.iter().try_for_each(|statement| run(statement))
    }

    /// The name that this machine has for a server on it: one that looks up no names knows no `localhost`.
    pub fn own_name(&self, user: &str, password: &str) -> DbResult<&'static str> {
        let looks_up_none: Option<bool> = self
            .connect_as(user, password)?
            .query_first("SELECT @@GLOBAL.skip_name_resolve")
            .map_err(|error| constraint::of_mysql(error, "SELECT"))?;
        Ok(if looks_up_none == Some(true) { "127.0.0.1" } else { "localhost" })
    }

    fn connect_as(&self, user: &str, password: &str) -> DbResult<mysql::Conn> {
        let options = OptsBuilder::from_opts(self.options.clone())
            .db_name(None::<String>)
            .user(Some(user))
            .pass(Some(password));
        mysql::Conn::new(options).map_err(|error| constraint::of_mysql(error, "connect"))
    }

    /// Connects as the URL says.
    pub fn log_in(&self) -> DbResult<()> {
        let mut connection = mysql::Conn::new(self.options.clone())
            .map_err(|error| constraint::of_mysql(error, "connect"))?;
        connection.ping().map_err(|error| constraint::of_mysql(error, "ping"))
    }
}

/// A name as an identifier.
#[must_use]
pub fn identifier(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A name as the pattern of a GRANT, where `_` and `%` would stand for other letters.
#[must_use]
pub fn grant_pattern(name: &str) -> String {
    identifier(&name.replace('\\', "\\\\").replace('_', "\\_").replace('%', "\\%"))
}

/// A text as a literal.
#[must_use]
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

/// The statement that makes a database, unless it is there.
#[must_use]
pub fn create_database(name: &str) -> String {
    format!(
        "CREATE DATABASE IF NOT EXISTS {} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
        identifier(name)
    )
}

/// The statement that drops a database, if it is there.
#[must_use]
pub fn drop_database(name: &str) -> String {
    format!("DROP DATABASE IF EXISTS {}", identifier(name))
}

/// The statement that lets a user make databases beside `database`, named after it with `_test`, for `manage test`.
#[must_use]
pub fn grant_tests(user: &str, host: &str, database: &str) -> String {
    let account = format!("{}@{}", literal(user), literal(host));
    let pattern = grant_pattern(&format!("{database}_test"));
    let pattern = pattern.strip_suffix('`').unwrap_or(&pattern);
    format!("GRANT ALL PRIVILEGES ON {pattern}%`.* TO {account}")
}

/// The statements that make a user, unless it is there, and give it everything in a database.
#[must_use]
pub fn create_user(user: &str, host: &str, password: &str, database: &str) -> Vec<String> {
    let account = format!("{}@{}", literal(user), literal(host));
    vec![
        format!("CREATE USER IF NOT EXISTS {account} IDENTIFIED BY {}", literal(password)),
        format!("GRANT ALL PRIVILEGES ON {}.* TO {account}", grant_pattern(database)),
        "FLUSH PRIVILEGES".to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_database_on_the_same_server() {
        let url = "mysql://u:p%2Fw@h:3306/clinic?require_ssl=true";
        assert_eq!(Place::url_of(url, "x_test"), "mysql://u:p%2Fw@h:3306/x_test?require_ssl=true");
        assert_eq!(Place::url_of("mysql://u@h/clinic", ""), "mysql://u@h/");
    }

    #[test]
    fn names_and_passwords_cannot_leave_their_quotes() {
        assert_eq!(identifier("a`; DROP DATABASE b"), "`a``; DROP DATABASE b`");
        assert_eq!(literal(r"it's \' all"), r"'it''s \\'' all'");
        assert_eq!(grant_pattern("clinic_db%"), r"`clinic\_db\%`");
    }
}

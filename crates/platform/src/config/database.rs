//! Where the data is, and how many connections it gets.

use std::fmt;
use std::path::{Path, PathBuf};

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::source::{Setting, Source};
use crate::db::Location;

const URL: Setting = Setting::new(
    "DATABASE_URL",
    "",
    "mysql://user:password@127.0.0.1:3306/backend_optimizacion",
    "Database: `mysql://user:password@host:port/name` (percent-encode special characters of the password) or \
     `sqlite:///absolute/path` or `sqlite://relative/path`. Without it, and without DATABASE_NAME, an embedded \
     SQLite file in DATA_DIR.",
);
const NAME: Setting = Setting::new(
    "DATABASE_NAME",
    "",
    "backend_optimizacion",
    "Split form of DATABASE_URL: name of the MySQL database.",
);
const USER: Setting = Setting::new("DATABASE_USER", "root", "clinic", "Split form: user.");
const PASSWORD: Setting =
    Setting::secret("DATABASE_PASSWORD", "s3cret", "Split form: password, as it is.");
const HOST: Setting = Setting::new("DATABASE_HOST", "127.0.0.1", "db", "Split form: host.");
const PORT: Setting = Setting::new("DATABASE_PORT", "3306", "3306", "Split form: port.");
const CONNECTIONS: Setting = Setting::new(
    "DATABASE_CONNECTIONS",
    "0",
    "16",
    "Connections (MySQL) or reader threads (SQLite); 0 chooses: 16, or twice the cores.",
);
const DATA_DIR: Setting = Setting::new(
    "DATA_DIR",
    "data",
    "/var/lib/backend-optimizacion",
    "Folder of the embedded database and the generated secret key.",
);
const SLOW_QUERY_MS: Setting = Setting::new(
    "SLOW_QUERY_MS",
    "200",
    "500",
    "Milliseconds from which a statement is logged as slow (see `manage slowqueries`); 0 logs none.",
);

pub(super) const SETTINGS: &[Setting] =
    &[URL, NAME, USER, PASSWORD, HOST, PORT, CONNECTIONS, DATA_DIR, SLOW_QUERY_MS];

/// Database settings.
#[derive(Clone)]
pub struct Database {
    /// Where the data is.
    pub location: Location,
    /// Whether the location was given, and not chosen by default.
    pub is_given: bool,
    /// Connections or reader threads.
    pub connections: usize,
    /// Folder of the embedded database and the generated secret key.
    pub data_dir: PathBuf,
    /// Milliseconds from which a statement is slow; 0 for never.
    pub slow_query_ms: u64,
}

impl Database {
    pub(super) fn read(source: &mut Source, folder: &Path) -> Self {
        let data_dir = folder.join(source.text(&DATA_DIR));
        let embedded = Location::File(data_dir.join("backend_optimizacion.sqlite3"));
        let given = source.given(&URL).map(str::to_owned);
        let (location, is_given) = match given {
            Some(url) => match parse(&url, folder) {
                Ok(location) => (location, true),
                Err(reason) => {
                    source.complain(&URL, reason);
                    (embedded, false)
                }
            },
            None if source.given(&NAME).is_some() => {
                let port = source.number(&PORT, 1, 65_535);
                let encode =
                    |text: String| utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string();
                let url = format!(
                    "mysql://{}:{}@{}:{port}/{}",
                    encode(source.text(&USER)),
                    encode(source.text(&PASSWORD)),
                    source.text(&HOST),
                    encode(source.text(&NAME)),
                );
                (Location::Server(url), true)
            }
            None => (embedded, false),
        };
        let chosen = usize::try_from(source.number(&CONNECTIONS, 0, 1_000)).unwrap_or(0);
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let connections = match (chosen, &location) {
            (0, Location::File(_)) => (cores * 2).max(4),
            (0, Location::Server(_)) => 16,
            (chosen, _) => chosen,
        };
        let slow_query_ms = source.number(&SLOW_QUERY_MS, 0, 3_600_000);
        Self { location, is_given, connections, data_dir, slow_query_ms }
    }

    /// The location for people: without the password.
    #[must_use]
    pub fn described(&self) -> String {
        match &self.location {
            Location::File(path) => format!("sqlite {}", path.display()),
            Location::Server(url) => match url
                .split_once("://")
                .map(|(_, rest)| rest)
                .and_then(|rest| rest.rsplit_once('@'))
            {
                Some((credentials, place)) => {
                    let user = credentials.split(':').next().unwrap_or("");
                    format!("mysql {}@{place}", percent_decode_str(user).decode_utf8_lossy())
                }
                None => "mysql".to_owned(),
            },
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database")
            .field("location", &self.described())
            .field("connections", &self.connections)
            .finish_non_exhaustive()
    }
}

fn parse(url: &str, folder: &Path) -> Result<Location, String> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return Err("it is not a URL".into());
    };
    match scheme {
        "sqlite" | "sqlite3" if rest.is_empty() || rest == "/" => Err("it names no file".into()),
        // Three slashes: an absolute path, as in `sqlite:///var/lib/clinic.sqlite3`.
        "sqlite" | "sqlite3" => {
            Ok(Location::File(folder.join(percent_decode_str(rest).decode_utf8_lossy().as_ref())))
        }
        "mysql" | "mariadb" => {
            let url = format!("mysql://{rest}");
            let options = mysql::Opts::from_url(&url)
                .map_err(|error| format!("it cannot be read ({error})"))?;
            if options.get_db_name().is_none_or(str::is_empty) {
                return Err("it names no database".into());
            }
            Ok(Location::Server(url))
        }
        other => {
            Err(format!("\"{other}://\" is not a database this program knows (mysql, sqlite)"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[(&str, &str)]) -> (Database, Vec<String>) {
        let mut source = Source::of(values);
        let database = Database::read(&mut source, Path::new("/srv"));
        (database, source.problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn without_settings_it_is_the_embedded_file() {
        let (database, problems) = read(&[]);
        assert_eq!(
            database.location,
            Location::File("/srv/data/backend_optimizacion.sqlite3".into())
        );
        assert!(problems.is_empty() && !database.is_given);
    }

    #[test]
    fn the_scheme_picks_the_engine_and_unknown_ones_are_refused() {
        assert_eq!(
            read(&[("DATABASE_URL", "sqlite:///x/y.db")]).0.location,
            Location::File("/x/y.db".into())
        );
        assert_eq!(
            read(&[("DATABASE_URL", "sqlite://y.db")]).0.location,
            Location::File("/srv/y.db".into())
        );
        assert!(matches!(
            read(&[("DATABASE_URL", "mysql://u:p@h:1/n")]).0.location,
            Location::Server(_)
        ));
        for bad in ["postgres://u@h/n", "mysql://u:p@h:1/", "nonsense", "sqlite://"] {
            let (_, problems) = read(&[("DATABASE_URL", bad)]);
            assert_eq!(problems.len(), 1, "{bad}");
            assert!(
                problems[0].starts_with("DATABASE_URL: ") && problems[0].contains("Example: "),
                "{problems:?}"
            );
        }
    }

    #[test]
    fn the_split_form_keeps_special_characters() {
        let (database, _) = read(&[
            ("DATABASE_NAME", "c"),
            ("DATABASE_PASSWORD", "p@ss/w:rd"),
            ("DATABASE_USER", "u"),
        ]);
        let Location::Server(url) = &database.location else { panic!("a server") };
        assert_eq!(mysql::Opts::from_url(url).unwrap().get_pass(), Some("p@ss/w:rd"));
        assert_eq!(database.described(), "mysql u@127.0.0.1:3306/c");
        assert!(!format!("{database:?}").contains("ss/w"));
    }
}

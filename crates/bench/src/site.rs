//! The product as a clinic would run it: its own database, its own folder, production settings.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use mysql::prelude::Queryable;
use platform::app::NewAdministrator;
use platform::auth::identity::Generation;
use platform::auth::password;
use platform::clock::Clock;
use platform::db::{Conn, Db, Location, Tx, WriteContext};
use tempfile::TempDir;
use xtask::servers::{Durability, MariaDb};

use crate::process::{Server, free_port};
use crate::{Outcome, during, http};

/// The administrator that the benchmark logs in as.
pub const EMAIL: &str = "bench@example.com";
/// Its password.
pub const PASSWORD: &str = "una-Clave-larga-7";

const START_LIMIT: Duration = Duration::from_secs(30);
const DATABASE: &str = "clinic_bench";

/// An engine under measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded.
    Sqlite,
    /// A MariaDB server.
    Mysql,
}

impl Engine {
    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Mysql => "MariaDB",
        }
    }
}

/// An installation of the product.
pub struct Site {
    /// On which engine.
    pub engine: Engine,
    manage: PathBuf,
    secret: String,
    url: String,
    location: Location,
    // Dropped in this order: the database server ends before its folder goes.
    database: Option<MariaDb>,
    folder: TempDir,
}

impl Site {
    /// An empty database with the product's tables.
    pub fn set_up(engine: Engine, manage: &Path) -> Outcome<Self> {
        let folder = tempfile::Builder::new().prefix("clinic-bench-").tempdir();
        let folder = folder.map_err(during("cannot make a folder"))?;
        let (database, url, location) = match engine {
            Engine::Sqlite => {
                let file = folder.path().join("clinic.sqlite3");
                (None, format!("sqlite://{}", file.display()), Location::File(file))
            }
            Engine::Mysql => {
                let server = MariaDb::start(Durability::Full).map_err(|error| error.to_string())?;
                let mut connection =
                    mysql::Conn::new(server.url().as_str()).map_err(during("MariaDB"))?;
                let sql =
                    format!("CREATE DATABASE {DATABASE} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
                connection.query_drop(sql).map_err(during("MariaDB"))?;
                let url = format!("{}{DATABASE}", server.url());
                (Some(server), url.clone(), Location::Server(url))
            }
        };
        let secret = random_text()?;
        let site =
            Self { engine, manage: manage.to_owned(), secret, url, location, database, folder };
        site.manage(&["migrate"])?;
        Ok(site)
    }

    /// Where throw-away files go.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The database server's process, where the product has one.
    pub fn database_pid(&self) -> Option<u32> {
        self.database.as_ref().map(MariaDb::pid)
    }

    /// What the floor opens: a file or a URL.
    pub fn floor_database(&self) -> String {
        match &self.location {
            Location::File(path) => path.display().to_string(),
            Location::Server(url) => url.clone(),
        }
    }

    /// As many connections or reader threads as the product chooses by itself.
    pub fn connections(&self) -> usize {
        match self.engine {
            Engine::Sqlite => 2 * thread::available_parallelism().map_or(1, usize::from),
            Engine::Mysql => 16,
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.manage);
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("DEBUG", "False")
            .env("SECURE_SSL_REDIRECT", "False")
            .env("SECRET_KEY", &self.secret)
            .env("ALLOWED_HOSTS", "127.0.0.1")
            .env("ALLOW_SQLITE", "True")
            .env("DATABASE_URL", &self.url)
            .env("DATA_DIR", self.folder.path())
            // As in production: a line for each request, here into a file.
            .env("LOG_LEVEL", "info");
        command
    }

    /// Runs `manage` with `arguments` to its end; its words come only with a failure.
    pub fn manage(&self, arguments: &[&str]) -> Outcome<()> {
        let output = self.command().args(arguments).stdin(Stdio::null()).output();
        let output = output.map_err(during(self.manage.display()))?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!(
            "manage {} failed ({}):\n{}{}",
            arguments.join(" "),
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        ))
    }

    /// Fills the database with a made-up clinic, the same each time.
    pub fn seed(&self, patients: u32, appointments: u32) -> Outcome<()> {
        let (patients, appointments) = (patients.to_string(), appointments.to_string());
        let size = ["--patients", patients.as_str(), "--appointments", appointments.as_str()];
        self.manage(&[&["seeddemo", "--yes"][..], &size, &["--seed", "1"]].concat())
    }

    /// Starts the web server and waits until it is healthy; also its address, and how long it took.
    pub fn serve(&self) -> Outcome<(Server, String, Duration)> {
        let port = free_port()?;
        let log = self.folder.path().join("server.log");
        let mut command = self.command();
        command.args(["runserver", &format!("127.0.0.1:{port}")]);
        let started = Instant::now();
        let mut server = Server::start(command, &log)?;
        let base = format!("http://127.0.0.1:{port}");
        wait_for(&mut server, port, &format!("{base}/health/"), started, &log)?;
        Ok((server, base, started.elapsed()))
    }

    /// Starts the floor; also its address.
    pub fn serve_floor(&self, base: &str) -> Outcome<(Server, String)> {
        let program = std::env::current_exe().map_err(during("this program"))?;
        let port = free_port()?;
        let mut command = Command::new(program);
        command.arg("floor").arg("--database").arg(self.floor_database());
        command.args(["--port", &port.to_string(), "--base", base, "--today", &today()]);
        command.args(["--threads", &self.connections().to_string()]);
        command.args(["--appointment", &self.appointment()?.to_string()]);
        let log = self.folder.path().join("floor.log");
        let mut server = Server::start(command, &log)?;
        let own = format!("http://127.0.0.1:{port}");
        wait_for(&mut server, port, &format!("{own}/health/"), Instant::now(), &log)?;
        Ok((server, own))
    }

    /// Makes the administrator whom the benchmark is.
    pub fn add_administrator(&self) -> Outcome<()> {
        let new = NewAdministrator {
            email: EMAIL.to_owned(),
            user_name: "bench".to_owned(),
            document_number: "00000000".to_owned(),
            password_hash: password::hash(PASSWORD).map_err(|error| error.to_string())?,
        };
        self.write(move |tx| (clinic::PROGRAM.create_administrator)(tx, &new)).map(|_| ())
    }

    /// The appointment that is asked for by its id.
    pub fn appointment(&self) -> Outcome<i64> {
        let sql = "SELECT MAX(id) FROM appointments WHERE deleted_at IS NULL AND id <= 5000";
        self.read(move |conn| Ok(conn.one(sql, &[])?))
    }

    /// Reads from the database.
    pub fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Conn) -> platform::error::Result<T> + Send + 'static,
    ) -> Outcome<T> {
        let db = Db::start(&self.location, 1).map_err(|error| error.to_string())?;
        db.read_blocking(work).map_err(|error| error.to_string())
    }

    /// Writes into the database, in one transaction.
    pub fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> platform::error::Result<T> + Send + 'static,
    ) -> Outcome<T> {
        let db = Db::start(&self.location, 1).map_err(|error| error.to_string())?;
        let context = WriteContext {
            actor: None,
            origin: "bench".to_owned(),
            now: Clock::system().now(),
            generation: Generation::default(),
        };
        db.write_blocking(context, true, work).map_err(|error| error.to_string())
    }
}

/// The clinic's day: Lima is five hours behind UTC all year.
pub fn today() -> String {
    (Clock::system().now() - chrono::Duration::hours(5)).date_naive().to_string()
}

fn wait_for(
    server: &mut Server,
    port: u16,
    url: &str,
    started: Instant,
    log: &Path,
) -> Outcome<()> {
    loop {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
            && http::get(url, None).is_ok_and(|reply| reply.status == 200)
        {
            return Ok(());
        }
        if server.has_ended() || started.elapsed() > START_LIMIT {
            let words = std::fs::read_to_string(log).unwrap_or_default();
            return Err(format!("{url} does not answer; its log:\n{words}"));
        }
        thread::sleep(Duration::from_millis(1));
    }
}

fn random_text() -> Outcome<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(during("no random numbers"))?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

//! Facts of the database.

use chrono::Duration;

use crate::app::{self, Program};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::migrate::runner;
use crate::db::{self, Conn, DbError, DbResult, Engine, Location, schema, system};
use crate::error::Error;
use crate::types::time::Moment;

/// What matters of a database.
#[derive(Clone, Debug)]
pub struct DatabaseFacts {
    /// Its engine.
    pub engine: Engine,
    /// Name and version, for people.
    pub version: String,
    /// Migrations that are not applied, by `module.name`.
    pub pending: Vec<String>,
    /// Why the applied ones cannot be compared.
    pub altered: Option<String>,
    /// Where the schema is not the described one; asked only when nothing is pending.
    pub differences: Vec<String>,
    /// How far its clock is ahead of this machine's.
    pub ahead: Duration,
    /// What an embedded file's own test says; `None` if it is sound.
    pub damage: Option<String>,
    /// Bytes it takes on the disk.
    pub bytes: u64,
    /// More of a server.
    pub server: Option<ServerFacts>,
}

impl DatabaseFacts {
    /// Whether its schema is the newest.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.pending.is_empty() && self.altered.is_none()
    }

    /// An embedded database that nobody has made yet.
    fn not_made(pending: Vec<String>) -> Self {
        Self {
            engine: Engine::Sqlite,
            version: format!("SQLite {}", rusqlite::version()),
            pending,
            altered: None,
            differences: Vec::new(),
            ahead: Duration::zero(),
            damage: None,
            bytes: 0,
            server: None,
        }
    }
}

/// What matters of a MySQL or MariaDB server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerFacts {
    /// Whether it is MariaDB.
    pub is_mariadb: bool,
    /// Its version as numbers.
    pub version: (u32, u32),
    /// Character set of the database.
    pub charset: String,
    /// Collation of the database.
    pub collation: String,
    /// Mode of connections that do not choose one.
    pub sql_mode: String,
    /// Isolation of this program's transactions.
    pub isolation: String,
    /// Time zone of this program's connections.
    pub time_zone: String,
    /// Whether it writes a log for replicas, and of which kind.
    pub binlog_format: Option<String>,
    /// Connections it allows.
    pub max_connections: i64,
    /// When commits reach the disk: 1 at once.
    pub flush_at_commit: i64,
    /// Largest packet, bytes.
    pub max_packet: i64,
    /// Tables of another engine than InnoDB.
    pub foreign_engines: Vec<String>,
    /// Tables of another character set than utf8mb4.
    pub foreign_charsets: Vec<String>,
}

/// Reads them, with the connection for further questions. The error says why the database cannot be reached.
pub(in crate::checks) fn read(
    program: &Program,
    config: &Config,
    clock: &Clock,
) -> Result<(DatabaseFacts, Option<Conn>), String> {
    let told = |error: Error| match error {
        Error::Db(DbError::Unavailable(reason)) => reason,
        Error::Db(error) => error.to_string(),
        other => other.to_string(),
    };
    let ordered = app::migrations(program.modules).map_err(told)?;
    let name =
        |migration: &&db::migrate::Migration| format!("{}.{}", migration.module, migration.name);
    // Looking must not make a database.
    if let Location::File(path) = &config.database.location
        && !path.exists()
    {
        return Ok((DatabaseFacts::not_made(ordered.iter().map(name).collect()), None));
    }
    let mut conn = db::open(&config.database.location).map_err(|error| told(error.into()))?;
    let (pending, altered) = match runner::pending(&mut conn, &ordered) {
        Ok(pending) => (pending.iter().map(name).collect(), None),
        Err(Error::Failed(reason)) => (Vec::new(), Some(reason)),
        Err(error) => return Err(told(error)),
    };
    let facts = gather(program, clock, &mut conn, pending, altered);
    Ok((facts.map_err(|error| told(error.into()))?, Some(conn)))
}

fn gather(
    program: &Program,
    clock: &Clock,
    conn: &mut Conn,
    pending: Vec<String>,
    altered: Option<String>,
) -> DbResult<DatabaseFacts> {
    let engine = conn.engine();
    let mut facts = DatabaseFacts { engine, altered, ..DatabaseFacts::not_made(pending) };
    if facts.pending.is_empty() && facts.altered.is_none() {
        let mut tables = system::TABLES.to_vec();
        tables.extend(program.modules.iter().flat_map(|module| module.tables));
        facts.differences = schema::differences(&schema::described(&tables), &schema::read(conn)?);
    }
    if engine == Engine::Mysql {
        let version: String = conn.one("SELECT VERSION()", &[])?;
        let at: Moment = conn.one("SELECT UTC_TIMESTAMP(6)", &[])?;
        facts.ahead = at - clock.now();
        let size = "SELECT CAST(COALESCE(SUM(data_length + index_length), 0) AS SIGNED) \
                    FROM information_schema.tables WHERE table_schema = DATABASE()";
        facts.bytes = u64::try_from(conn.one::<i64>(size, &[])?).unwrap_or(0);
        let server = server(conn, &version)?;
        let family = if server.is_mariadb { "MariaDB" } else { "MySQL" };
        facts.version = format!("{family} {version}");
        facts.server = Some(server);
    } else {
        let pages: i64 = conn.one("PRAGMA page_count", &[])?;
        let page: i64 = conn.one("PRAGMA page_size", &[])?;
        facts.bytes = u64::try_from(pages.saturating_mul(page)).unwrap_or(0);
        let said: String = conn.one("PRAGMA quick_check(1)", &[])?;
        facts.damage = (said != "ok").then_some(said);
    }
    Ok(facts)
}

fn server(conn: &mut Conn, version: &str) -> DbResult<ServerFacts> {
    let text = |conn: &mut Conn, name: &str| -> DbResult<String> {
        // A variable that this server does not know reads as nothing.
        let sql = format!("SHOW VARIABLES LIKE '{name}'");
        Ok(conn.first(&sql, &[], |row| row.at::<String>(1))?.unwrap_or_default())
    };
    let number = |conn: &mut Conn, name: &str| -> DbResult<i64> {
        Ok(text(conn, name)?.parse().unwrap_or_default())
    };
    let isolation = match text(conn, "transaction_isolation")? {
        unknown if unknown.is_empty() => text(conn, "tx_isolation")?,
        known => known,
    };
    let logs = text(conn, "log_bin")?.eq_ignore_ascii_case("on");
    let mut numbers = version.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok());
    let tables = |conn: &mut Conn, which: &str| -> DbResult<Vec<String>> {
        let sql = format!(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() \
             AND table_type = 'BASE TABLE' AND {which} ORDER BY table_name"
        );
        conn.rows(&sql, &[], |row| row.at(0))
    };
    Ok(ServerFacts {
        is_mariadb: version.to_ascii_lowercase().contains("mariadb"),
        version: (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)),
        charset: text(conn, "character_set_database")?,
        collation: text(conn, "collation_database")?,
        sql_mode: conn.one("SELECT @@GLOBAL.sql_mode", &[])?,
        isolation,
        time_zone: text(conn, "time_zone")?,
        binlog_format: if logs { Some(text(conn, "binlog_format")?) } else { None },
        max_connections: number(conn, "max_connections")?,
        flush_at_commit: number(conn, "innodb_flush_log_at_trx_commit")?,
        max_packet: number(conn, "max_allowed_packet")?,
        foreign_engines: tables(conn, "engine <> 'InnoDB'")?,
        foreign_charsets: tables(conn, "table_collation NOT LIKE 'utf8mb4%'")?,
    })
}

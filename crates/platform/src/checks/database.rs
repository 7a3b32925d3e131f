//! The database: reachable, up to date, of the described shape, and a server that keeps what it promised.

use super::{Check, DatabaseFacts, Found, Level, Look, ServerFacts, Subject, Tag};
use crate::config::Config;

const DATABASE: &[Tag] = &[Tag::Database];
const MODELS: &[Tag] = &[Tag::Database, Tag::Models];

const fn check(
    id: &'static str,
    level: Level,
    look: fn(&DatabaseFacts, &Config) -> Vec<Found>,
) -> Check {
    Check::new(id, level, DATABASE, Look::Database(look))
}

pub(super) const CHECKS: &[Check] = &[
    Check::new("database.E001", Level::Error, DATABASE, Look::Service(away)),
    Check::new(
        "database.E002",
        Level::Error,
        MODELS,
        Look::Database(|facts, _| {
            let altered = facts.altered.iter();
            altered.map(|reason| Found::new(reason.clone()).about("migrations")).collect()
        }),
    ),
    Check::new(
        "database.E003",
        Level::Error,
        MODELS,
        Look::Database(|facts, _| {
            let count = facts.pending.len();
            Found::when(count > 0, || {
                Found::new(format!(
                    "{count} migration(s) are not applied: {}.",
                    facts.pending.join(", ")
                ))
                .hint("manage migrate")
                .about("migrations")
            })
        }),
    )
    .deploy(),
    Check::new(
        "database.E004",
        Level::Error,
        MODELS,
        Look::Database(|facts, _| {
            facts
                .differences
                .iter()
                .map(|difference| {
                    Found::new(format!("The schema is not the described one: {difference}."))
                        .hint("Somebody changed it by hand; put it back as the description says.")
                })
                .collect()
        }),
    ),
    check("database.C005", Level::Critical, |facts, _| {
        facts
            .damage
            .iter()
            .map(|damage| {
                Found::new(format!("The database file is damaged: {damage}."))
                    .hint("Stop the program, keep the file, restore the newest backup.")
            })
            .collect()
    }),
    check("database.W006", Level::Warning, |facts, _| {
        let seconds = facts.ahead.num_seconds();
        Found::when(seconds.abs() > 5, || {
            Found::new(format!(
                "The clocks of the database and of this machine are {} seconds apart.",
                seconds.abs()
            ))
            .hint("Let both ask the same time server (chrony or systemd-timesyncd).")
        })
    }),
    check("database.W007", Level::Warning, |facts, _| {
        of_server(facts, |server| {
            Found::when(server.charset != "utf8mb4", || {
                Found::new(format!("The database's character set is {}: names with some signs cannot be kept in tables made by hand.", server.charset))
                .hint("ALTER DATABASE <name> CHARACTER SET utf8mb4")
            })
        })
    }),
    check("database.W008", Level::Warning, |facts, _| {
        of_server(facts, |server| {
            Found::when(!server.foreign_charsets.is_empty(), || {
                Found::new(format!(
                    "Tables of another character set than utf8mb4: {}.",
                    server.foreign_charsets.join(", ")
                ))
                .hint("ALTER TABLE <name> CONVERT TO CHARACTER SET utf8mb4")
            })
        })
    }),
    check("database.W009", Level::Warning, |facts, _| {
        of_server(facts, |server| {
            let is_strict = server.sql_mode.contains("STRICT_TRANS_TABLES")
                || server.sql_mode.contains("STRICT_ALL_TABLES");
            Found::when(!is_strict, || {
                Found::new(
                "The server is not strict by itself. This program's connections are, but what others write there is cut \
                 off without a word.",
            )
            .hint("sql_mode=STRICT_TRANS_TABLES,… in the server's configuration")
            })
        })
    }),
    check("database.E010", Level::Error, |facts, _| {
        of_server(facts, |server| {
            Found::when(server.isolation != "READ-COMMITTED", || {
                Found::new(format!(
                    "Transactions run at {} though READ COMMITTED was asked for.",
                    server.isolation
                ))
                .hint("Does a proxy between change the session? Let it pass SET SESSION through.")
            })
        })
    }),
    check("database.E011", Level::Error, |facts, _| {
        of_server(facts, |server| {
            Found::when(server.binlog_format.as_deref() == Some("STATEMENT"), || {
                Found::new("The server logs statements for its replicas, which refuses writes at READ COMMITTED.")
                .hint("binlog_format=ROW (or MIXED) in the server's configuration")
            })
        })
    }),
    check("database.W012", Level::Warning, |facts, _| {
        of_server(facts, |server| {
            let needed = if server.is_mariadb { (10, 6) } else { (8, 0) };
            Found::when(server.version < needed, || {
                Found::new(format!(
                    "{} is older than what this program is tested with ({}.{}).",
                    facts.version, needed.0, needed.1
                ))
                .hint("Plan the upgrade of the server; make a backup first.")
            })
        })
    }),
    check("database.E013", Level::Error, |facts, _| {
        of_server(facts, |server| {
            Found::when(!server.foreign_engines.is_empty(), || {
                Found::new(format!(
                    "Tables without transactions: {}.",
                    server.foreign_engines.join(", ")
                ))
                .hint("ALTER TABLE <name> ENGINE=InnoDB")
            })
        })
    }),
    check("database.W014", Level::Warning, |facts, config| {
        of_server(facts, |server| {
            let wanted = i64::try_from(config.database.connections).unwrap_or(i64::MAX);
            Found::when(server.max_connections > 0 && wanted >= server.max_connections, || {
                Found::new(format!(
                "DATABASE_CONNECTIONS is {wanted}, but the server allows {} to everybody together.",
                server.max_connections
            ))
            .hint("A smaller DATABASE_CONNECTIONS, or a larger max_connections")
            .about("DATABASE_CONNECTIONS")
            })
        })
    }),
    check("database.W015", Level::Warning, |facts, _| {
        of_server(facts, |server| {
            Found::when(server.flush_at_commit != 1, || {
                Found::new("A commit is answered before it is on the disk: a power cut loses the last second.")
                .hint("innodb_flush_log_at_trx_commit=1")
            })
        })
    }),
    check("database.W016", Level::Warning, |facts, config| {
        of_server(facts, |server| {
            let body = i64::try_from(config.http.body_limit).unwrap_or(i64::MAX);
            Found::when(server.max_packet > 0 && server.max_packet < body, || {
                Found::new("A request may be larger than what the server takes in one packet.")
                .hint(format!("max_allowed_packet={body} or more, or a smaller DATA_UPLOAD_MAX_MEMORY_SIZE"))
            })
        })
    }),
    check("database.E017", Level::Error, |facts, _| {
        of_server(facts, |server| {
            Found::when(server.time_zone != "+00:00", || {
                Found::new(format!(
                    "Connections run at the time zone {} though UTC was asked for.",
                    server.time_zone
                ))
                .hint("Does a proxy between change the session? Let it pass SET through.")
            })
        })
    }),
];

fn away(subject: &Subject<'_>) -> Vec<Found> {
    let Some(reason) = subject.database_away() else { return Vec::new() };
    let place = subject.config().map(|config| config.database.described());
    vec![
        Found::new(format!("The database cannot be reached: {reason}."))
            .hint("Is it running, and are address, account and password in DATABASE_URL right?")
            .about(place.unwrap_or_default()),
    ]
}

fn of_server(facts: &DatabaseFacts, judge: impl Fn(&ServerFacts) -> Vec<Found>) -> Vec<Found> {
    facts.server.as_ref().map_or_else(Vec::new, judge)
}

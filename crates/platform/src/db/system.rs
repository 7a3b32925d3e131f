//! The bookkeeping tables of the engine room itself.

use super::table::{Column, Index, Table, Unique};

/// Who changed what: one row a change, written with the change.
pub static HISTORY: Table = Table::new(
    "history",
    "HistoryEntry",
    &[
        Column::id(),
        Column::moment("at", "Momento", "At"),
        Column::row_id("actor_id", "Usuario", "User").null(),
        Column::text("origin", 64, "Origen", "Origin"),
        Column::text("action", 20, "Acción", "Action"),
        Column::text("table_name", 64, "Tabla", "Table"),
        Column::row_id("row_id", "Fila", "Row"),
        Column::long_text("changes", "Cambios", "Changes").null(),
    ],
)
.label(["Cambio", "Historial de cambios"], ["Change", "Change history"])
.indexes(&[
    Index::new("ix_history_row", &["table_name", "row_id"]),
    Index::new("ix_history_at", &["at"]),
])
.unaudited();

/// How many live rows a table has, in several parts (see `tx`).
pub static ROW_COUNTS: Table = Table::new(
    "row_counts",
    "RowCount",
    &[
        Column::text("table_name", 64, "Tabla", "Table"),
        Column::int("shard", "Parte", "Shard"),
        Column::int("live", "Filas", "Rows"),
    ],
)
.key(&["table_name", "shard"])
.unaudited();

/// Numbers that rise with certain changes, for caches to watch.
pub static VERSIONS: Table = Table::new(
    "versions",
    "Version",
    &[Column::text("name", 64, "Nombre", "Name"), Column::int("value", "Valor", "Value")],
)
.key(&["name"])
.unaudited();

/// Signed-in browsers. The cookie's value is stored only as a hash.
pub static SESSIONS: Table = Table::new(
    "sessions",
    "Session",
    &[
        Column::id(),
        Column::text("token_hash", 64, "Huella", "Hash").secret(),
        Column::text("csrf_token", 64, "Testigo", "Token").secret(),
        Column::row_id("user_id", "Usuario", "User"),
        Column::int("epoch", "Época", "Epoch"),
        Column::moment("created_at", "Creado", "Created"),
        Column::moment("expires_at", "Vence", "Expires"),
    ],
)
.label(["Sesión", "Sesiones"], ["Session", "Sessions"])
.uniques(&[Unique::new("uq_sessions_token", &["token_hash"], "token")])
.indexes(&[
    Index::new("ix_sessions_user", &["user_id"]),
    Index::new("ix_sessions_expires", &["expires_at"]),
])
.unaudited();

/// All of them, in order of creation.
pub const TABLES: &[&Table] = &[&HISTORY, &ROW_COUNTS, &VERSIONS, &SESSIONS];

/// Their migrations.
pub const MIGRATIONS: &[super::migrate::Migration] =
    &[crate::migration!("platform", "0001_initial", "migrations", [])];

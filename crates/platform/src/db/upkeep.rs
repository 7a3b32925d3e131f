//! What whole-database commands need beyond rows: one unmoving view of everything, and numbering from the start.

use super::{Conn, DbResult, Engine, Table};
use crate::params;

impl Conn {
    /// From here on this connection sees the database as it is now, whatever others write meanwhile; until the
    /// connection ends.
    pub fn begin_snapshot(&mut self) -> DbResult<()> {
        match self.engine() {
            // The view is fixed by the first read.
            Engine::Sqlite => self.batch("BEGIN"),
            Engine::Mysql => {
                self.batch("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")?;
                self.batch("START TRANSACTION WITH CONSISTENT SNAPSHOT")
            }
        }
    }

    /// The next row of an empty table gets number 1 again. MySQL ends an open transaction with it.
    pub fn restart_numbers(&mut self, table: &Table) -> DbResult<()> {
        match self.engine() {
            Engine::Sqlite => self
                .run("DELETE FROM sqlite_sequence WHERE name = ?", &params![table.name])
                .map(|_| ()),
            Engine::Mysql => {
                self.batch(&format!("ALTER TABLE `{}` AUTO_INCREMENT = 1", table.name))
            }
        }
    }
}

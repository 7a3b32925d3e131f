//! What is kept beside the rows: their count, and the words by which they are found.

use super::Tx;
use super::form::words_of;
use crate::db::{Changes, DbResult, Table, Value, search};

/// Row counts are spread over so many rows, so that concurrent writers seldom wait for the same one.
const COUNT_SHARDS: i64 = 16;

impl Tx<'_> {
    pub(super) fn count(&mut self, table: &'static Table, delta: i64) {
        if table.counted {
            *self.counts.entry(table.name).or_default() += delta;
        }
    }

    pub(super) fn write_count(&mut self, table: &str, delta: i64) -> DbResult<()> {
        // Any shard does; the row's spread comes from the moment's microseconds.
        let shard = i64::from(self.context.now.timestamp_subsec_micros()) % COUNT_SHARDS;
        self.update_or_insert(
            "UPDATE row_counts SET live = live + ? WHERE table_name = ? AND shard = ?",
            "INSERT INTO row_counts (live, table_name, shard) VALUES (?, ?, ?)",
            &crate::params![delta, table, shard],
        )
    }

    pub(super) fn index_words(
        &mut self,
        table: &'static Table,
        id: i64,
        changes: &Changes,
    ) -> DbResult<()> {
        let words: Vec<_> = words_of(table, changes).into_iter().map(|word| (word, id)).collect();
        self.write_words(table, &words)
    }

    pub(super) fn write_words(&mut self, table: &Table, words: &[(String, i64)]) -> DbResult<()> {
        if words.is_empty() {
            return Ok(());
        }
        let values: Vec<Value> =
            words.iter().flat_map(|(word, id)| [Value::from(word), Value::Int(*id)]).collect();
        self.conn.run(&search::insert_sql(table.name, words.len()), &values).map(|_| ())
    }

    pub(super) fn reindex_words(&mut self, table: &'static Table, id: i64) -> DbResult<()> {
        if table.searched.is_empty() {
            return Ok(());
        }
        let remove = format!("DELETE FROM {} WHERE row_id = ?", search::index_name(table.name));
        self.conn.run(&remove, &[Value::Int(id)])?;
        let live = if table.is_soft_deleted() { " AND deleted_at IS NULL" } else { "" };
        let sql =
            format!("SELECT {} FROM {} WHERE id = ?{live}", table.searched.join(", "), table.name);
        let words = self.conn.first(&sql, &[Value::Int(id)], |row| {
            let texts = table
                .searched
                .iter()
                .map(|name| row.get(name))
                .collect::<DbResult<Vec<Option<String>>>>()?;
            Ok(search::row_words(texts.iter().flatten().map(String::as_str)))
        })?;
        let words: Vec<_> = words.unwrap_or_default().into_iter().map(|word| (word, id)).collect();
        self.write_words(table, &words)
    }
}

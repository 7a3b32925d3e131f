//! The word index behind a table's search: each word of its searched columns points to its row.
//!
//! People type the beginnings of words in any order (`perez jos`); every engine answers that from a plain
//! index on (word, row). The write path keeps it; soft-deleted rows are not in it.

use super::Value;
use super::state::TableState;
use crate::types::fold::{fold, words};

/// Longest word kept; longer ones are cut, on both sides of the comparison.
pub(super) const WORD_MAX: usize = 40;
/// Words kept of one row.
const ROW_WORDS: usize = 64;
/// Words of a search that count.
const TERM_WORDS: usize = 6;

/// DDL of a table's word index.
pub(super) struct IndexTable {
    pub(super) sqlite: String,
    pub(super) mysql: String,
}

/// The name of the word index of `table`.
#[must_use]
pub fn index_name(table: &str) -> String {
    format!("{table}_words")
}

pub(super) fn index_table(table: &TableState) -> Option<IndexTable> {
    let (name, parent) = (table.words()?, &table.name);
    Some(IndexTable {
        sqlite: format!(
            "CREATE TABLE \"{name}\" (\n  \"word\" TEXT NOT NULL CHECK (length(\"word\") <= {WORD_MAX}),\n  \
             \"row_id\" INTEGER NOT NULL,\n  PRIMARY KEY (\"word\", \"row_id\"),\n  CONSTRAINT \"fk_{name}_row_id\" \
             FOREIGN KEY (\"row_id\") REFERENCES \"{parent}\" (\"id\") ON DELETE CASCADE\n) STRICT, WITHOUT ROWID;\n\
             CREATE INDEX \"ix_{name}_row_id\" ON \"{name}\" (\"row_id\")"
        ),
        mysql: format!(
            "CREATE TABLE `{name}` (\n  `word` VARCHAR({WORD_MAX}) NOT NULL,\n  `row_id` BIGINT NOT NULL,\n  \
             PRIMARY KEY (`word`, `row_id`),\n  KEY `ix_{name}_row_id` (`row_id`),\n  CONSTRAINT `fk_{name}_row_id` \
             FOREIGN KEY (`row_id`) REFERENCES `{parent}` (`id`) ON DELETE CASCADE\n) ENGINE=InnoDB DEFAULT \
             CHARSET=utf8mb4 COLLATE=utf8mb4_bin"
        ),
    })
}

/// The distinct words of some texts, folded and cut, in first-seen order.
pub(super) fn row_words<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut keep = |word: &str| {
        let word: String = word.chars().take(WORD_MAX).collect();
        if found.len() < ROW_WORDS && !found.contains(&word) {
            found.push(word);
        }
    };
    for text in texts {
        words(&fold(text)).for_each(&mut keep);
        if let Some(joined) = joined_digits(text) {
            keep(&joined);
        }
    }
    found
}

/// A number written in groups, `987 654 321`, also in one piece: people type it both ways.
fn joined_digits(text: &str) -> Option<String> {
    let is_number = text.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_parted = (6..=WORD_MAX).contains(&digits.len()) && digits.len() < text.trim().len();
    (is_number && is_parted).then_some(digits)
}

/// A SELECT of `row_id`, and its parameters: rows of `table` with a word for each word typed.
///
/// `None` if the term has no word at all: then nothing is searched for.
#[must_use]
pub fn rows(table: &str, term: &str) -> Option<(String, Vec<Value>)> {
    let index = index_name(table);
    let mut sql = String::new();
    let mut values = Vec::new();
    for (position, word) in term_words(term).into_iter().enumerate() {
        let (low, high) = prefix_range(&word);
        if position == 0 {
            sql = format!("SELECT w0.row_id FROM {index} w0 WHERE w0.word >= ? AND w0.word < ?");
        } else {
            sql.push_str(&format!(
                " AND EXISTS (SELECT 1 FROM {index} w{position} WHERE w{position}.row_id = w0.row_id \
                 AND w{position}.word >= ? AND w{position}.word < ?)"
            ));
        }
        values.push(Value::from(low));
        values.push(Value::from(high));
    }
    if let Some(joined) = joined_digits(term) {
        // Typed in groups, kept in one piece. The union is a table of its own, since engines look at one inside
        // IN again for every row.
        let (low, high) = prefix_range(&joined);
        sql = format!(
            "SELECT row_id FROM ({sql} UNION SELECT row_id FROM {index} WHERE word >= ? AND word < ?) either"
        );
        values.push(Value::from(low));
        values.push(Value::from(high));
    }
    (!values.is_empty()).then_some((sql, values))
}

/// The same as a condition on the column `id`.
#[must_use]
pub fn condition(table: &str, id: &str, term: &str) -> Option<(String, Vec<Value>)> {
    rows(table, term).map(|(sql, values)| (format!("{id} IN ({sql})"), values))
}

/// The words of a search term, longest first: the rarest word narrows most.
fn term_words(term: &str) -> Vec<String> {
    let mut typed: Vec<String> = Vec::new();
    for word in words(&fold(term)) {
        let word: String = word.chars().take(WORD_MAX).collect();
        if !typed.contains(&word) {
            typed.push(word);
        }
    }
    typed.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    typed.truncate(TERM_WORDS);
    typed
}

/// The half-open range of texts that begin with `prefix`, in binary order.
#[must_use]
pub fn prefix_range(prefix: &str) -> (String, String) {
    (prefix.to_owned(), format!("{prefix}\u{10FFFF}"))
}

/// How to write the words of a row: one statement for all of them.
pub(super) fn insert_sql(table: &str, count: usize) -> String {
    let places = vec!["(?, ?)"; count].join(", ");
    format!("INSERT INTO {} (word, row_id) VALUES {places}", index_name(table))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_distinct_and_cut() {
        assert_eq!(
            row_words(["José José", "PÉREZ-Quispe"].into_iter()),
            ["jose", "perez", "quispe"]
        );
        assert_eq!(row_words(["987 654-321"].into_iter()), ["987", "654", "321", "987654321"]);
        let long = "x".repeat(60);
        assert_eq!(row_words(std::iter::once(long.as_str())), ["x".repeat(40)]);
    }

    #[test]
    fn a_number_typed_in_groups_is_also_looked_for_in_one_piece() {
        let (sql, values) = condition("patients", "p.id", "(987) 654-321").unwrap();
        assert_eq!(sql.matches('?').count(), values.len());
        assert_eq!(values.get(6), Some(&Value::from("987654321")));
        for one_way in ["987654321", "12 34", "perez 987 654 321"] {
            let (sql, values) = condition("patients", "p.id", one_way).unwrap();
            assert!(!sql.contains("UNION"), "{one_way}");
            assert_eq!(sql.matches('?').count(), values.len());
        }
    }

    #[test]
    fn a_term_without_words_searches_nothing() {
        assert!(condition("patients", "p.id", " -- %% ").is_none());
        let (sql, values) = condition("patients", "p.id", "perez jose").unwrap();
        assert_eq!(sql.matches("row_id").count(), 3);
        assert_eq!(values.len(), 4);
    }
}

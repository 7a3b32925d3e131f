//! What differs between a table as recorded and as described.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use super::answers::Answers;
use super::default::Literal;
use crate::db::state::{ColumnState, TableState};
use crate::db::{Kind, ddl};
use crate::error::{Error, Result};

/// A table that stays, in two states.
#[derive(Clone, Debug, PartialEq)]
pub struct TableChange {
    /// As recorded, with the name it had; tables it refers to have their present names.
    pub old: TableState,
    /// As described.
    pub new: TableState,
    /// Columns that got another name: new name to old.
    pub renamed: BTreeMap<String, String>,
    /// What rows that are there get in columns that must not be empty, by the column's new name.
    pub defaults: BTreeMap<String, Literal>,
}

/// A unique set or an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Name in the database.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Whether it is unique, and then whether among live rows only.
    pub unique: Option<bool>,
}

/// A column in the database before and after, twins included.
#[derive(Clone, Debug)]
pub struct Pair {
    /// As it is after.
    pub new: ColumnState,
    /// As it was; `None` if it is new.
    pub old: Option<ColumnState>,
    /// The folded column whose twin it is.
    pub twin_of: Option<String>,
}

/// The keys of a table as they stand in the database.
#[must_use]
pub fn keys(table: &TableState) -> Vec<Key> {
    let uniques = table.uniques.iter().map(|unique| Key {
        name: unique.name.clone(),
        columns: unique.columns.clone(),
        unique: Some(unique.live),
    });
    let indexes = ddl::physical_indexes(table).into_iter().map(|(name, columns)| Key {
        name,
        columns,
        unique: None,
    });
    uniques.chain(indexes).collect()
}

impl TableChange {
    /// Finds out what changed, asking what cannot be seen.
    pub fn find(old: &TableState, new: &TableState, answers: &mut dyn Answers) -> Result<Self> {
        let mut change = Self {
            old: old.clone(),
            new: new.clone(),
            renamed: BTreeMap::new(),
            defaults: BTreeMap::new(),
        };
        change.find_renames(answers)?;
        change.refuse_impossible()?;
        for column in &new.columns {
            let before = change.old_column(&column.name);
            let is_needed = !column.null && before.is_none_or(|before| before.null);
            if is_needed {
                let text = answers.value_for(&new.name, column, before.is_some())?;
                let literal = Literal::read(&new.name, column, &text)?;
                change.defaults.insert(column.name.clone(), literal);
            }
        }
        Ok(change)
    }

    fn find_renames(&mut self, answers: &mut dyn Answers) -> Result<()> {
        let mut added: Vec<&ColumnState> =
            self.new.columns.iter().filter(|new| self.old.column(&new.name).is_none()).collect();
        for old in self.old.columns.iter().filter(|old| self.new.column(&old.name).is_none()) {
            let names: Vec<&str> = added.iter().map(|new| new.name.as_str()).collect();
            let alike: Vec<&str> = added
                .iter()
                .filter(|new| {
                    let is_alike = discriminant(&new.kind) == discriminant(&old.kind);
                    is_alike && new.references == old.references
                })
                .map(|new| new.name.as_str())
                .collect();
            if let Some(name) = answers.renamed_column(&self.new.name, &old.name, &alike, &names)? {
                added.retain(|new| new.name != name);
                self.renamed.insert(name, old.name.clone());
            }
        }
        Ok(())
    }

    fn refuse_impossible(&self) -> Result<()> {
        let table = &self.new.name;
        let by_hand = |what: String| {
            Err(Error::Failed(format!(
                "{what}; write it by hand: `manage makemigrations <module> --empty`, and put the new description \
                 into its state.json"
            )))
        };
        if self.names_now(&self.old.key) != self.new.key {
            return by_hand(format!("the primary key of {table} cannot be changed"));
        }
        for column in &self.new.columns {
            let Some(before) = self.old_column(&column.name) else {
                if column.folded && self.new.column("id").is_none() {
                    return by_hand(format!(
                        "the folded column {table}.{} cannot be filled without an id",
                        column.name
                    ));
                }
                continue;
            };
            if !can_become(before.kind, column.kind) {
                return by_hand(format!(
                    "the values of {table}.{} cannot become {} from {} without loss",
                    column.name,
                    ddl::kind_name(column.kind),
                    ddl::kind_name(before.kind)
                ));
            }
        }
        Ok(())
    }

    /// The described column as it was recorded, under whatever name.
    #[must_use]
    pub fn old_column(&self, new_name: &str) -> Option<&ColumnState> {
        self.old.column(self.renamed.get(new_name).map_or(new_name, String::as_str))
    }

    /// The present name of a column of the database; a twin goes with its column.
    #[must_use]
    pub fn name_now(&self, old_name: &str) -> String {
        for (new, old) in &self.renamed {
            if old == old_name {
                return new.clone();
            }
            let is_folded = self.old.column(old).is_some_and(|column| column.folded);
            if is_folded && old_name.strip_suffix("_fold") == Some(old) {
                return format!("{new}_fold");
            }
        }
        old_name.to_owned()
    }

    fn names_now(&self, old_names: &[String]) -> Vec<String> {
        old_names.iter().map(|name| self.name_now(name)).collect()
    }

    /// The columns after, each with what it was, in the database's terms.
    #[must_use]
    pub fn pairs(&self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for column in &self.new.columns {
            let old = self.old_column(&column.name);
            pairs.push(Pair { new: column.clone(), old: old.cloned(), twin_of: None });
            if let Some(new) = ddl::twin(column) {
                let old = old.and_then(ddl::twin);
                pairs.push(Pair { new, old, twin_of: Some(column.name.clone()) });
            }
        }
        pairs
    }

    /// Columns of the database that go, twins included.
    #[must_use]
    pub fn dropped(&self) -> Vec<String> {
        let kept: BTreeSet<String> =
            self.pairs().into_iter().filter_map(|pair| pair.old).map(|old| old.name).collect();
        ddl::physical_columns(&self.old)
            .into_iter()
            .map(|column| column.name)
            .filter(|name| !kept.contains(name))
            .collect()
    }

    /// Keys to remove (by their names) and keys to make.
    #[must_use]
    pub fn key_changes(&self) -> (Vec<Key>, Vec<Key>) {
        let (old, new) = (keys(&self.old), keys(&self.new));
        let is_kept = |before: &Key, after: &Key| {
            before.name == after.name
                && before.unique == after.unique
                && self.names_now(&before.columns) == after.columns
        };
        let gone = old.iter().filter(|before| !new.iter().any(|after| is_kept(before, after)));
        let made = new.iter().filter(|after| !old.iter().any(|before| is_kept(before, after)));
        (gone.cloned().collect(), made.cloned().collect())
    }

    /// Folded columns whose twins must be written for the rows that are there.
    #[must_use]
    pub fn folds(&self) -> Vec<String> {
        self.new
            .columns
            .iter()
            .filter(|column| column.folded)
            .filter(|column| {
                self.defaults.contains_key(&column.name)
                    || self.old_column(&column.name).is_some_and(|old| !old.folded)
            })
            .map(|column| column.name.clone())
            .collect()
    }

    /// Whether the word index must be written anew, having been there with the old name or not.
    #[must_use]
    pub fn refills_words(&self) -> bool {
        !self.new.searched.is_empty()
            && (self.names_now(&self.old.searched) != self.new.searched
                || self.old.name != self.new.name
                || self.old.is_soft_deleted() != self.new.is_soft_deleted()
                || self.new.searched.iter().any(|name| self.defaults.contains_key(name)))
    }

    /// Whether the kept number of rows must be counted anew.
    #[must_use]
    pub fn recounts(&self) -> bool {
        self.new.counted
            && (!self.old.counted || self.old.is_soft_deleted() != self.new.is_soft_deleted())
    }
}

/// Whether two tables are the same in any database: what only people see does not matter, nor does order.
#[must_use]
pub fn same(one: &TableState, other: &TableState) -> bool {
    let is_in = |one: &TableState, other: &TableState| {
        one.columns.iter().all(|column| {
            other.column(&column.name).is_some_and(|other| same_column(column, other))
        }) && one.uniques.iter().all(|unique| other.uniques.contains(unique))
            && one.indexes.iter().all(|index| other.indexes.contains(index))
    };
    one.name == other.name
        && one.key == other.key
        && one.searched == other.searched
        && one.counted == other.counted
        && is_in(one, other)
        && is_in(other, one)
}

pub(super) fn same_column(one: &ColumnState, other: &ColumnState) -> bool {
    let sorted = |column: &ColumnState| {
        let mut column = column.clone();
        column.choices.sort();
        column.secret = false;
        column
    };
    sorted(one) == sorted(other)
}

/// Whether every value of a kind can be one of another, or is refused by the engine, never cut.
fn can_become(old: Kind, new: Kind) -> bool {
    match (old, new) {
        _ if old == new => true,
        (
            Kind::Text(_) | Kind::LongText | Kind::Int | Kind::Ref,
            Kind::Text(_) | Kind::LongText,
        )
        | (Kind::Bool | Kind::Int | Kind::Ref, Kind::Int | Kind::Ref | Kind::Decimal { .. })
        | (Kind::Date, Kind::DateTime) => true,
        (Kind::Decimal { places, .. }, Kind::Decimal { places: now, .. }) => now >= places,
        _ => false,
    }
}

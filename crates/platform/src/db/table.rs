//! Descriptions of tables: what migrations, validation, forms, dumps and the schema test read.
//!
//! A table is described once, as a constant. The renderer (`ddl`) turns it into either dialect, the write path
//! (`tx`) checks values against it, and `http::fields` reads lengths and choices from it.

use serde::{Deserialize, Serialize};

use crate::i18n::Label;

/// Kind of a column, with its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The 64-bit primary key, numbered by the database.
    Id,
    /// A whole number.
    Int,
    /// A reference to another table's id.
    Ref,
    /// True or false.
    Bool,
    /// A decimal of `digits` digits in all, `places` of them after the point.
    Decimal {
        /// All digits.
        digits: u8,
        /// Digits after the point.
        places: u8,
    },
    /// Text of at most so many characters.
    Text(u16),
    /// Text without a limit of its own.
    LongText,
    /// A civil day.
    Date,
    /// A time of day, microseconds.
    Time,
    /// A moment, UTC, microseconds.
    DateTime,
}

/// What happens to a row when the row it refers to is removed for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDelete {
    /// The removal is refused.
    Restrict,
    /// The row goes along.
    Cascade,
    /// The reference becomes empty.
    SetNull,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name in the database.
    pub name: &'static str,
    /// Kind and limits.
    pub kind: Kind,
    /// Whether it may be NULL.
    pub null: bool,
    /// Table it refers to, and what happens when that row goes.
    pub references: Option<(&'static str, OnDelete)>,
    /// The only values allowed, if there are such.
    pub choices: &'static [&'static str],
    /// Smallest number allowed.
    pub min: Option<i64>,
    /// Whether a `<name>_fold` column with the folded text stands beside it.
    pub folded: bool,
    /// Whether its values stay out of history and of what people are shown. A dump of the data has them, as hashes.
    pub secret: bool,
    /// What people call it.
    pub label: Label,
}

impl Column {
    const fn new(name: &'static str, kind: Kind, label: Label) -> Self {
        Self {
            name,
            kind,
            null: false,
            references: None,
            choices: &[],
            min: None,
            folded: false,
            secret: false,
            label,
        }
    }

    /// The primary key `id`.
    #[must_use]
    pub const fn id() -> Self {
        Self::new("id", Kind::Id, Label::new("ID", "ID"))
    }

    /// A whole number.
    #[must_use]
    pub const fn int(name: &'static str, es: &'static str, en: &'static str) -> Self {
        Self::new(name, Kind::Int, Label::new(es, en))
    }

    /// The number of a row that no foreign key guards (history, bookkeeping).
    #[must_use]
    pub const fn row_id(name: &'static str, es: &'static str, en: &'static str) -> Self {
        Self::new(name, Kind::Ref, Label::new(es, en))
    }

    /// True or false.
    #[must_use]
    pub const fn bool(name: &'static str, es: &'static str, en: &'static str) -> Self {
        Self::new(name, Kind::Bool, Label::new(es, en))
    }

    /// A decimal.
    #[must_use]
    pub const fn decimal(
        name: &'static str,
        digits: u8,
        places: u8,
        es: &'static str,
        en: &'static str,
    ) -> Self {
        Self::new(name, Kind::Decimal { digits, places }, Label::new(es, en))
    }

    /// Text of at most `max` characters.
    #[must_use]
    pub const fn text(name: &'static str, max: u16, es: &'static str, en: &'static str) -> Self {
        Self::new(name, Kind::Text(max), Label::new(es, en))
    }

    /// Text without a limit of its own.
    #[must_use]
    pub const fn long_text(name: &'static str, es: &'static str, en: &'static str) -> Self {
        Self::new(name, Kind::LongText, Label::new(es, en))
    }

    /// A civil day.
    #[must_use]
    pub const fn date(name: &'static str, es: &'static str, en: &'static str) -> Self {
        Self::new(name, Kind::Date, Label::new(es, en))
    }

    /// A time of day.
    #[must_use]
    pub const fn time(name: &'static str, es: &'static str, en: &'static str) -> Self {
        Self::new(name, Kind::Time, Label::new(es, en))
    }

    /// A moment.
    #[must_use]
    pub const fn moment(name: &'static str, es: &'static str, en: &'static str) -> Self {
        Self::new(name, Kind::DateTime, Label::new(es, en))
    }

    /// A reference to a row of `table`; its removal is refused unless said otherwise.
    #[must_use]
    pub const fn reference(
        name: &'static str,
        table: &'static str,
        es: &'static str,
        en: &'static str,
    ) -> Self {
        let mut column = Self::new(name, Kind::Ref, Label::new(es, en));
        column.references = Some((table, OnDelete::Restrict));
        column
    }

    /// Says what happens when the referred row goes.
    #[must_use]
    pub const fn on_delete(mut self, action: OnDelete) -> Self {
        if let Some((table, _)) = self.references {
            self.references = Some((table, action));
        }
        self
    }

    /// May be NULL.
    #[must_use]
    pub const fn null(mut self) -> Self {
        self.null = true;
        self
    }

    /// Only these values.
    #[must_use]
    pub const fn choices(mut self, choices: &'static [&'static str]) -> Self {
        self.choices = choices;
        self
    }

    /// No number below this.
    #[must_use]
    pub const fn min(mut self, min: i64) -> Self {
        self.min = Some(min);
        self
    }

    /// Compared and ordered without regard to case and accents.
    #[must_use]
    pub const fn folded(mut self) -> Self {
        self.folded = true;
        self
    }

    /// Never shown in history or to people.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// `created_at`, set by the write path.
    #[must_use]
    pub const fn created_at() -> Self {
        Self::moment("created_at", "Creado", "Created")
    }

    /// `updated_at`, set by the write path.
    #[must_use]
    pub const fn updated_at() -> Self {
        Self::moment("updated_at", "Actualizado", "Updated")
    }

    /// `deleted_at`: not NULL means soft-deleted.
    #[must_use]
    pub const fn deleted_at() -> Self {
        Self::moment("deleted_at", "Eliminado", "Deleted").null()
    }
}

/// A set of columns no two rows share.
#[derive(Clone, Copy, Debug)]
pub struct Unique {
    /// Name of the index.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [&'static str],
    /// Whether only rows that are not soft-deleted count.
    pub live: bool,
    /// The API's field to blame when it is broken.
    pub field: &'static str,
}

impl Unique {
    /// Among all rows.
    #[must_use]
    pub const fn new(
        name: &'static str,
        columns: &'static [&'static str],
        field: &'static str,
    ) -> Self {
        Self { name, columns, live: false, field }
    }

    /// Among rows whose `deleted_at` is NULL.
    #[must_use]
    pub const fn live(
        name: &'static str,
        columns: &'static [&'static str],
        field: &'static str,
    ) -> Self {
        Self { name, columns, live: true, field }
    }
}

/// An index for a filter or an order.
#[derive(Clone, Copy, Debug)]
pub struct Index {
    /// Name.
    pub name: &'static str,
    /// Its columns, most significant first.
    pub columns: &'static [&'static str],
}

impl Index {
    /// An index.
    #[must_use]
    pub const fn new(name: &'static str, columns: &'static [&'static str]) -> Self {
        Self { name, columns }
    }
}

/// A table, described once.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Name in the database.
    pub name: &'static str,
    /// Model name in code and shell, such as `Patient`.
    pub model: &'static str,
    /// What people call one row and several.
    pub label: (Label, Label),
    /// Columns in order.
    pub columns: &'static [Column],
    /// Primary key when it is not `id`.
    pub key: &'static [&'static str],
    /// Unique sets.
    pub uniques: &'static [Unique],
    /// Indexes. A foreign key whose column leads none gets one of its own.
    pub indexes: &'static [Index],
    /// Columns whose words are kept in an index of their own (see `search`).
    pub searched: &'static [&'static str],
    /// Whether every change is written to the history.
    pub audited: bool,
    /// Whether the number of live rows is kept, so that a page's total costs nothing.
    pub counted: bool,
}

impl Table {
    /// A described table with primary key `id`, audited, nothing else.
    #[must_use]
    pub const fn new(name: &'static str, model: &'static str, columns: &'static [Column]) -> Self {
        Self {
            name,
            model,
            label: (Label::new(model, model), Label::new(model, model)),
            columns,
            key: &["id"],
            uniques: &[],
            indexes: &[],
            searched: &[],
            audited: true,
            counted: false,
        }
    }

    /// What people call it: one and several, Spanish and English.
    #[must_use]
    pub const fn label(mut self, es: [&'static str; 2], en: [&'static str; 2]) -> Self {
        let [one_es, many_es] = es;
        let [one_en, many_en] = en;
        self.label = (Label::new(one_es, one_en), Label::new(many_es, many_en));
        self
    }

    /// Unique sets.
    #[must_use]
    pub const fn uniques(mut self, uniques: &'static [Unique]) -> Self {
        self.uniques = uniques;
        self
    }

    /// Indexes.
    #[must_use]
    pub const fn indexes(mut self, indexes: &'static [Index]) -> Self {
        self.indexes = indexes;
        self
    }

    /// Columns found by the beginnings of their words.
    #[must_use]
    pub const fn searched(mut self, columns: &'static [&'static str]) -> Self {
        self.searched = columns;
        self
    }

    /// Another primary key than `id`.
    #[must_use]
    pub const fn key(mut self, key: &'static [&'static str]) -> Self {
        self.key = key;
        self
    }

    /// Changes are not written to the history (bookkeeping tables).
    #[must_use]
    pub const fn unaudited(mut self) -> Self {
        self.audited = false;
        self
    }

    /// The number of live rows is kept.
    #[must_use]
    pub const fn counted(mut self) -> Self {
        self.counted = true;
        self
    }

    /// The described column `name`.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether it has a column `name`.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.column(name).is_some()
    }

    /// Whether rows are soft-deleted.
    #[must_use]
    pub fn is_soft_deleted(&self) -> bool {
        self.has("deleted_at")
    }
}

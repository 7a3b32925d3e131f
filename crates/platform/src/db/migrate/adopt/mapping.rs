//! Which of the former program's tables and columns are which of this one's, as the modules say it.

use std::collections::BTreeMap;
use std::fmt;

use crate::db::{Changes, Column, Conn, DbResult, Table, Value};

/// A value made from the rest of the row.
pub type Otherwise = fn(&Changes) -> Value;
/// A value written in this program's way, without a loss; the same value if it is so already.
pub type Form = fn(Value) -> Value;
/// What a value that cannot be kept surely means; `None` if it can be kept, or nobody knows.
pub type Mend = fn(&Value) -> Option<Value>;
/// New ids for some rows of the table of that name.
pub type Numbers = fn(&mut Conn, &str) -> DbResult<BTreeMap<i64, i64>>;

/// The program that this one replaces.
#[derive(Clone, Copy, Debug)]
pub struct Predecessor {
    /// What people call it.
    pub name: &'static str,
    /// Its tables that nothing is taken from; a final `*` stands for any ending.
    pub aside: &'static [&'static str],
}

impl Predecessor {
    /// Whether a table is one of those that nothing is taken from.
    #[must_use]
    pub fn leaves(&self, table: &str) -> bool {
        self.aside.iter().any(|name| match name.strip_suffix('*') {
            Some(beginning) => table.starts_with(beginning),
            None => table == *name,
        })
    }
}

/// A table that takes its rows from a former one.
#[derive(Clone, Copy)]
pub struct Taken {
    /// This program's.
    pub table: &'static Table,
    /// The former names, the best first; none means the same name.
    pub names: &'static [&'static str],
    /// Columns that are not simply those of the same name.
    pub columns: &'static [TakenColumn],
    /// Rows that get other ids.
    pub numbers: Option<Numbers>,
}

impl Taken {
    /// Columns of the same names in a table of the same name.
    #[must_use]
    pub const fn new(table: &'static Table) -> Self {
        Self { table, names: &[], columns: &[], numbers: None }
    }

    /// The former names, the best first.
    #[must_use]
    pub const fn known_as(mut self, names: &'static [&'static str]) -> Self {
        self.names = names;
        self
    }

    /// What is special about some columns.
    #[must_use]
    pub const fn columns(mut self, columns: &'static [TakenColumn]) -> Self {
        self.columns = columns;
        self
    }

    /// Some rows get other ids; references to them follow.
    #[must_use]
    pub const fn numbered(mut self, numbers: Numbers) -> Self {
        self.numbers = Some(numbers);
        self
    }

    /// Its former names.
    pub(super) fn former_names(&self) -> Vec<&'static str> {
        if self.names.is_empty() { vec![self.table.name] } else { self.names.to_vec() }
    }

    pub(super) fn special(&self, column: &Column) -> Option<&'static TakenColumn> {
        self.columns.iter().chain(TIMES).find(|special| special.name == column.name)
    }
}

/// Of two time stamps of a row, one stands in for the other.
static TIMES: &[TakenColumn] = &[
    TakenColumn::of("created_at").otherwise(|row| other(row, "updated_at")),
    TakenColumn::of("updated_at").otherwise(|row| other(row, "created_at")),
];

fn other(row: &Changes, column: &str) -> Value {
    row.get(column).cloned().unwrap_or(Value::Null)
}

impl fmt::Debug for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Taken").field(&self.table.name).finish()
    }
}

/// What is special about a column.
#[derive(Clone, Copy, Debug)]
pub struct TakenColumn {
    /// This program's name for it.
    pub name: &'static str,
    /// The former names, the best first.
    pub names: Option<&'static [&'static str]>,
    /// What is written where there was no such column; offered as a remedy where a required value is missing.
    pub otherwise: Option<Otherwise>,
    /// How its values are written here.
    pub form: Option<Form>,
    /// What surely meant something else, and how that is told.
    pub mend: Option<(Mend, &'static str)>,
}

impl TakenColumn {
    /// A column of the same name.
    #[must_use]
    pub const fn of(name: &'static str) -> Self {
        Self { name, names: None, otherwise: None, form: None, mend: None }
    }

    /// A column that is made, whatever there was.
    #[must_use]
    pub const fn made(name: &'static str, value: Otherwise) -> Self {
        let mut column = Self::of(name).otherwise(value);
        column.names = Some(&[]);
        column
    }

    /// The former names, the best first.
    #[must_use]
    pub const fn known_as(mut self, names: &'static [&'static str]) -> Self {
        self.names = Some(names);
        self
    }

    /// What is written where there was no such column.
    #[must_use]
    pub const fn otherwise(mut self, value: Otherwise) -> Self {
        self.otherwise = Some(value);
        self
    }

    /// How its values are written here.
    #[must_use]
    pub const fn form(mut self, form: Form) -> Self {
        self.form = Some(form);
        self
    }

    /// What surely meant something else, and how that is told: "is …".
    #[must_use]
    pub const fn mend(mut self, mend: Mend, told: &'static str) -> Self {
        self.mend = Some((mend, told));
        self
    }
}

/// The form of optional texts whose absence used to be written as an empty text.
#[must_use]
pub fn blank_is_null(value: Value) -> Value {
    match value {
        Value::Text(text) if text.trim().is_empty() => Value::Null,
        other => other,
    }
}

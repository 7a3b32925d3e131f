//! A former table's columns beside those of the table that takes its rows.

use super::{Taken, TakenColumn};
use crate::db::{Column, Conn, DbResult, Kind, ddl};
use crate::params;

/// A column as the former table has it.
#[derive(Clone, Debug)]
pub(super) struct OldColumn {
    pub(super) name: String,
    data_type: String,
    column_type: String,
    scale: Option<u8>,
    is_nullable: bool,
}

/// Where a column's values come from.
pub(super) struct Source {
    pub(super) column: &'static Column,
    pub(super) special: Option<&'static TakenColumn>,
    /// The former column, and as what it is read.
    pub(super) from: Option<(String, Kind)>,
}

/// The columns of a table, matched.
pub(super) struct Matched {
    pub(super) sources: Vec<Source>,
    /// What makes it impossible to take rows.
    pub(super) obstacles: Vec<String>,
    /// What differs.
    pub(super) remarks: Vec<String>,
    /// Former columns that nothing takes.
    pub(super) left: Vec<String>,
}

pub(super) fn read(conn: &mut Conn, table: &str) -> DbResult<Vec<OldColumn>> {
    conn.rows(
        "SELECT column_name, data_type, column_type, numeric_scale, is_nullable FROM information_schema.columns \
         WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position",
        &params![table],
        |row| {
            Ok(OldColumn {
                name: row.at(0)?,
                data_type: row.at::<String>(1)?.to_ascii_lowercase(),
                column_type: row.at::<String>(2)?.to_ascii_lowercase(),
                scale: row.at::<Option<i64>>(3)?.and_then(|scale| u8::try_from(scale).ok()),
                is_nullable: row.at::<String>(4)? == "YES",
            })
        },
    )
}

/// Matches the columns. A table without rows is fine in any form.
pub(super) fn matched(taken: &'static Taken, old: &[OldColumn], has_rows: bool) -> Matched {
    let mut result = Matched {
        sources: Vec::new(),
        obstacles: Vec::new(),
        remarks: Vec::new(),
        left: Vec::new(),
    };
    let mut used: Vec<&str> = Vec::new();
    for column in taken.table.columns {
        let special = taken.special(column);
        let own: &[&str] = &[column.name];
        let names = special.and_then(|special| special.names).unwrap_or(own);
        // The server's names of columns do not know upper case from lower.
        let found = names
            .iter()
            .find_map(|name| old.iter().find(|old| old.name.eq_ignore_ascii_case(name)));
        let mut from = None;
        match found {
            Some(found) if suits(column.kind, &found.data_type) => {
                used.push(&found.name);
                from = Some((found.name.clone(), read_as(column.kind, found)));
                result.remarks.extend(difference(column, found));
            }
            Some(found) => {
                used.push(&found.name);
                result.obstacles.push(format!(
                    "the column {} is {}, which cannot be read as {}",
                    found.name,
                    found.column_type,
                    ddl::kind_name(column.kind)
                ));
            }
            None if special.is_some_and(|special| special.otherwise.is_some()) => {
                result.remarks.push(format!("{}: new, gets a first value", column.name));
            }
            None if column.null => {
                result.remarks.push(format!("{}: new, empty", column.name));
            }
            None => {
                result
                    .obstacles
                    .push(format!("the required column {} is missing", names.join(" or ")));
            }
        }
        result.sources.push(Source { column, special, from });
    }
    result.left = old
        .iter()
        .filter(|old| !used.contains(&old.name.as_str()))
        .map(|old| old.name.clone())
        .collect();
    if !has_rows && !result.obstacles.is_empty() {
        let obstacles = std::mem::take(&mut result.obstacles);
        result.remarks.push(format!("of another form, but without rows: {}", obstacles.join("; ")));
    }
    result
}

/// Whether values of a former type can be of a kind; whether each is, its row tells.
fn suits(kind: Kind, data_type: &str) -> bool {
    const WHOLE: &[&str] = &["tinyint", "smallint", "mediumint", "int", "bigint"];
    const TEXTS: &[&str] =
        &["char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum"];
    match kind {
        Kind::Id | Kind::Ref | Kind::Int | Kind::Bool => WHOLE.contains(&data_type),
        Kind::Decimal { .. } => data_type == "decimal" || WHOLE.contains(&data_type),
        Kind::Text(_) | Kind::LongText => TEXTS.contains(&data_type),
        Kind::Date => data_type == "date",
        Kind::Time => data_type == "time",
        Kind::DateTime => ["datetime", "timestamp", "date"].contains(&data_type),
    }
}

/// Decimals are read with all their places, so that none is cut off unseen.
fn read_as(kind: Kind, found: &OldColumn) -> Kind {
    match (kind, found.scale) {
        (Kind::Decimal { digits, places }, Some(scale)) => {
            Kind::Decimal { digits, places: places.max(scale) }
        }
        _ => kind,
    }
}

fn difference(column: &Column, found: &OldColumn) -> Option<String> {
    let kind = match column.kind {
        Kind::Id | Kind::Ref => "bigint".to_owned(),
        kind => ddl::kind_name(kind),
    };
    let width = found.column_type.split('(').next().unwrap_or_default();
    let is_same = match column.kind {
        Kind::Id | Kind::Ref => width == "bigint",
        Kind::Int => width == "int",
        Kind::Bool => found.column_type == "tinyint(1)",
        Kind::LongText => width == "longtext",
        Kind::Date | Kind::Time | Kind::DateTime => width == kind,
        Kind::Decimal { .. } | Kind::Text(_) => found.column_type == kind,
    };
    let renamed =
        (found.name != column.name).then(|| format!("{} becomes {}", found.name, column.name));
    // The width of whole numbers, which only some servers write, means nothing.
    let told = if suits(Kind::Int, width) { width } else { &found.column_type };
    let retyped = (!is_same).then(|| format!("{told} becomes {kind}"));
    let filled = (found.is_nullable && !column.null).then(|| "a value is required now".to_owned());
    let parts: Vec<String> = [renamed, retyped, filled].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("{}: {}", column.name, parts.join(", ")))
}

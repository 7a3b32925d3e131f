//! Reads the schema of a MySQL or MariaDB database from its information schema.

use super::text::{plain, rules, tokens};
use super::{
    ColumnShape, ForeignKeyShape, Schema, TableShape, UniqueShape, action_read, is_hidden,
};
use crate::db::{Conn, DbResult, Kind, ddl};

/// The order of texts that this program's tables have.
const COLLATION: &str = "utf8mb4_bin";

pub(super) fn read(conn: &mut Conn) -> DbResult<Schema> {
    let names: Vec<String> = conn.rows(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() \
         AND table_type = 'BASE TABLE'",
        &[],
        |row| row.at(0),
    )?;
    let mut schema = Schema::default();
    for name in names.into_iter().filter(|name| !is_hidden(name)) {
        schema.tables.insert(name, TableShape::default());
    }
    read_columns(conn, &mut schema)?;
    read_indexes(conn, &mut schema)?;
    read_foreign_keys(conn, &mut schema)?;
    read_checks(conn, &mut schema)?;
    Ok(schema)
}

fn read_columns(conn: &mut Conn, schema: &mut Schema) -> DbResult<()> {
    let columns = conn.rows(
        "SELECT table_name, column_name, column_type, is_nullable, extra, collation_name, \
         generation_expression FROM information_schema.columns WHERE table_schema = DATABASE() \
         ORDER BY table_name, ordinal_position",
        &[],
        |row| {
            let column = ReadColumn {
                name: row.at(1)?,
                is_nullable: row.at::<String>(3)? == "YES",
                kind: kind(&row.at::<String>(2)?, &row.at::<String>(4)?, row.at(5)?),
                generated: row.at::<Option<String>>(6)?.filter(|text| !text.is_empty()),
            };
            Ok((row.at::<String>(0)?, column))
        },
    )?;
    for (table, column) in columns {
        let Some(shape) = schema.tables.get_mut(&table) else { continue };
        if column.is_live_marker() {
            continue;
        }
        let kind = match &column.generated {
            Some(expression) => format!("{} generated as {expression}", column.kind),
            None => column.kind,
        };
        shape.columns.push(ColumnShape { name: column.name, kind, null: column.is_nullable });
    }
    Ok(())
}

struct ReadColumn {
    name: String,
    kind: String,
    is_nullable: bool,
    generated: Option<String>,
}

impl ReadColumn {
    /// Whether it is the column that makes a unique set one of live rows, doing what it should.
    fn is_live_marker(&self) -> bool {
        let text = plain(&tokens(self.generated.as_deref().unwrap_or_default()));
        let bare: String = text.chars().filter(|c| !"() ".contains(*c)).collect();
        self.name == ddl::LIVE_COLUMN && bare == "ifdeleted_atisnull,1,null"
    }
}

fn kind(column_type: &str, extra: &str, collation: Option<String>) -> String {
    // MySQL no longer writes the width of whole numbers, MariaDB does.
    let bare = column_type.split('(').next().unwrap_or(column_type);
    let kind = match (bare, column_type) {
        ("bigint", _) if column_type.contains("unsigned") => return column_type.to_owned(),
        ("bigint", _) if extra.to_ascii_lowercase().contains("auto_increment") => Kind::Id,
        ("bigint", _) => Kind::Ref,
        ("int", _) if !column_type.contains("unsigned") => Kind::Int,
        (_, "tinyint(1)") => Kind::Bool,
        (_, "longtext") => Kind::LongText,
        (_, "date") => Kind::Date,
        (_, "time(6)") => Kind::Time,
        (_, "datetime(6)") => Kind::DateTime,
        // `varchar(150)` and `decimal(8,2)` are the kinds' own names.
        _ => return with_collation(column_type.to_owned(), collation),
    };
    with_collation(ddl::kind_name(kind), collation)
}

fn with_collation(kind: String, collation: Option<String>) -> String {
    match collation.filter(|name| name != COLLATION) {
        Some(other) => format!("{kind} in the order {other}"),
        None => kind,
    }
}

fn read_indexes(conn: &mut Conn, schema: &mut Schema) -> DbResult<()> {
    let parts = conn.rows(
        "SELECT table_name, index_name, non_unique, column_name, sub_part \
         FROM information_schema.statistics WHERE table_schema = DATABASE() \
         ORDER BY table_name, index_name, seq_in_index",
        &[],
        |row| {
            let column = row.at::<Option<String>>(3)?.unwrap_or_else(|| "(expression)".to_owned());
            let column = match row.at::<Option<i64>>(4)? {
                Some(characters) => format!("{column}({characters})"),
                None => column,
            };
            Ok((row.at::<String>(0)?, row.at::<String>(1)?, row.at::<bool>(2)?, column))
        },
    )?;
    for (table, index, is_plain, column) in parts {
        let Some(shape) = schema.tables.get_mut(&table) else { continue };
        if index == "PRIMARY" {
            shape.primary_key.push(column);
        } else if is_plain {
            shape.indexes.entry(index).or_default().push(column);
        } else {
            let none = UniqueShape { columns: Vec::new(), live: false };
            let unique = shape.uniques.entry(index).or_insert(none);
            if column == ddl::LIVE_COLUMN {
                unique.live = true;
            } else {
                unique.columns.push(column);
            }
        }
    }
    Ok(())
}

fn read_foreign_keys(conn: &mut Conn, schema: &mut Schema) -> DbResult<()> {
    let keys = conn.rows(
        "SELECT u.table_name, u.constraint_name, u.column_name, u.referenced_table_name, \
         u.referenced_column_name, r.delete_rule FROM information_schema.key_column_usage u \
         JOIN information_schema.referential_constraints r ON r.constraint_schema = u.constraint_schema \
         AND r.constraint_name = u.constraint_name AND r.table_name = u.table_name \
         WHERE u.constraint_schema = DATABASE() AND u.referenced_table_name IS NOT NULL",
        &[],
        |row| {
            let key = ForeignKeyShape {
                column: row.at(2)?,
                parent: row.at(3)?,
                parent_column: row.at(4)?,
                on_delete: action_read(&row.at::<String>(5)?),
            };
            Ok((row.at::<String>(0)?, row.at::<String>(1)?, key))
        },
    )?;
    for (table, name, key) in keys {
        if let Some(shape) = schema.tables.get_mut(&table) {
            shape.foreign_keys.insert(name, key);
        }
    }
    Ok(())
}

fn read_checks(conn: &mut Conn, schema: &mut Schema) -> DbResult<()> {
    // MariaDB names the table beside the rule, and rules only within their table; MySQL the other way round.
    let is_mariadb = conn.one::<String>("SELECT VERSION()", &[])?.contains("MariaDB");
    let same_table = if is_mariadb { " AND c.table_name = t.table_name" } else { "" };
    let checks = conn.rows(
        &format!(
            "SELECT t.table_name, c.check_clause FROM information_schema.table_constraints t \
             JOIN information_schema.check_constraints c ON c.constraint_schema = t.constraint_schema \
             AND c.constraint_name = t.constraint_name{same_table} \
             WHERE t.constraint_schema = DATABASE() AND t.constraint_type = 'CHECK'"
        ),
        &[],
        |row| Ok((row.at::<String>(0)?, row.at::<String>(1)?)),
    )?;
    for (table, clause) in checks {
        if let Some(shape) = schema.tables.get_mut(&table) {
            // MySQL escapes the quotes of texts.
            let rules = rules(&tokens(&clause.replace("\\'", "'")));
            shape.checks.extend(rules.iter().map(ToString::to_string));
        }
    }
    Ok(())
}

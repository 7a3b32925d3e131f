//! Reads the schema of a SQLite database: pragmas for what it knows, its text for what CHECKs stand for.

use super::text::{Rule, Token, plain, rules, tokens};
use super::{
    ColumnShape, ForeignKeyShape, Schema, TableShape, UniqueShape, action_read, is_hidden,
};
use crate::db::{Conn, DbResult, Kind, ddl};
use crate::params;

pub(super) fn read(conn: &mut Conn) -> DbResult<Schema> {
    let tables: Vec<(String, String)> = conn.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
        &[],
        |row| Ok((row.at(0)?, row.at(1)?)),
    )?;
    let mut schema = Schema::default();
    for (name, sql) in tables.into_iter().filter(|(name, _)| !is_hidden(name)) {
        let shape = table(conn, &name, &sql)?;
        schema.tables.insert(name, shape);
    }
    Ok(schema)
}

fn table(conn: &mut Conn, name: &str, sql: &str) -> DbResult<TableShape> {
    let mut shape = TableShape::default();
    let items = items(&tokens(sql));
    let mut key: Vec<(i64, String)> = Vec::new();
    let columns = conn.rows(
        "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?)",
        &params![name],
        |row| {
            Ok((row.at::<String>(0)?, row.at::<String>(1)?, row.at::<bool>(2)?, row.at::<i64>(3)?))
        },
    )?;
    for (column, storage, is_required, position) in columns {
        let item = items.iter().find(|item| defines(item, &column)).map_or(&[][..], Vec::as_slice);
        let (kind, rest) = kind(&storage, item);
        shape.checks.extend(rest.iter().map(ToString::to_string));
        if position > 0 {
            key.push((position, column.clone()));
        }
        shape.columns.push(ColumnShape { name: column, kind, null: !is_required });
    }
    key.sort();
    shape.primary_key = key.into_iter().map(|(_, column)| column).collect();
    let of_table = items.iter().filter(|item| is_constraint(item));
    shape.checks.extend(of_table.flat_map(|item| checks(item)).map(|rule| rule.to_string()));
    read_indexes(conn, name, &mut shape)?;
    read_foreign_keys(conn, name, &mut shape)?;
    Ok(shape)
}

/// What stands between the outer parentheses, at its commas.
fn items(tokens: &[Token]) -> Vec<Vec<Token>> {
    let mut items = vec![Vec::new()];
    let mut depth = 0;
    for token in tokens {
        match token {
            Token::Sign('(') => depth += 1,
            Token::Sign(')') => depth -= 1,
            _ => {}
        }
        let opens = depth == 1 && *token == Token::Sign('(') && items == [Vec::new()];
        match token {
            _ if depth == 0 || opens => {}
            Token::Sign(',') if depth == 1 => items.push(Vec::new()),
            _ => items
                .last_mut()
                .into_iter()
                .for_each(|item: &mut Vec<Token>| item.push(token.clone())),
        }
    }
    items
}

fn is_constraint(item: &[Token]) -> bool {
    let first = item.iter().find(|token| !matches!(token, Token::Comment(_)));
    first.is_some_and(|first| {
        ["constraint", "primary", "foreign", "unique", "check"].iter().any(|word| first.is(word))
    })
}

fn defines(item: &[Token], column: &str) -> bool {
    match item.iter().find(|token| !matches!(token, Token::Comment(_))) {
        Some(Token::Name(name)) => name == column,
        Some(Token::Word(_)) if is_constraint(item) => false,
        Some(Token::Word(name)) => name.eq_ignore_ascii_case(column),
        _ => false,
    }
}

/// The rules of all CHECKs of an item.
fn checks(item: &[Token]) -> Vec<Rule> {
    let mut found = Vec::new();
    let mut rest = item;
    while let Some(position) = rest.iter().position(|token| token.is("check")) {
        rest = rest.get(position + 1..).unwrap_or_default();
        let mut depth = 0;
        let end = rest.iter().position(|token| {
            match token {
                Token::Sign('(') => depth += 1,
                Token::Sign(')') => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        found.extend(rules(rest.get(..=end.unwrap_or(rest.len())).unwrap_or(rest)));
    }
    found
}

/// The kind that storage and CHECKs amount to, and the rules beyond it.
fn kind(storage: &str, item: &[Token]) -> (String, Vec<Rule>) {
    let mut rest = checks(item);
    let noted = item.iter().rev().find_map(|token| match token {
        Token::Comment(text) => Some(text.as_str()),
        _ => None,
    });
    let stands_for = rest.iter().position(|rule| kind_of_rule(rule, noted).is_some());
    let by_rule = stands_for.and_then(|position| kind_of_rule(&rest.remove(position), noted));
    let found = match (storage, by_rule) {
        ("INTEGER" | "TEXT", Some((needs, kind))) if needs == storage => kind,
        ("INTEGER", None) if item.iter().any(|token| token.is("autoincrement")) => {
            ddl::kind_name(Kind::Id)
        }
        ("INTEGER", None) => ddl::kind_name(Kind::Ref),
        ("TEXT", None) => ddl::kind_name(Kind::LongText),
        _ => storage.to_ascii_lowercase(),
    };
    // A minimum of a decimal is written in minor units.
    let places = decimal_places(&found);
    for rule in &mut rest {
        if let (Rule::AtLeast(_, min), Some(places)) = (rule, places) {
            let _unscaled = min.set_scale(places);
        }
    }
    let found = match noted {
        Some(noted) if noted != found => format!("{found} noted as {noted}"),
        _ => found,
    };
    (found, rest)
}

fn decimal_places(kind: &str) -> Option<u32> {
    kind.strip_prefix("decimal(")?.trim_end_matches(')').rsplit(',').next()?.parse().ok()
}

/// The kind that a rule stands for, and how it is stored. Only a decimal's places are nowhere but in the note.
fn kind_of_rule(rule: &Rule, noted: Option<&str>) -> Option<(&'static str, String)> {
    let (storage, kind) = match rule {
        Rule::NumberOf(_, numbers) if *numbers == [0, 1] => ("INTEGER", Kind::Bool),
        Rule::Between(_, low, high) if (*low, *high) == (i32::MIN.into(), i32::MAX.into()) => {
            ("INTEGER", Kind::Int)
        }
        Rule::Between(_, low, high) if low.checked_neg() == Some(*high) => {
            let digits = high.to_string();
            let is_limit = digits.bytes().all(|digit| digit == b'9');
            let places = noted.and_then(decimal_places).map_or("?".to_owned(), |n| n.to_string());
            return is_limit.then(|| ("INTEGER", format!("decimal({},{places})", digits.len())));
        }
        Rule::LengthAtMost(_, max) => ("TEXT", Kind::Text(u16::try_from(*max).ok()?)),
        Rule::LengthIs(_, 10) => ("TEXT", Kind::Date),
        Rule::LengthIs(_, 15) => ("TEXT", Kind::Time),
        Rule::LengthIs(_, 26) => ("TEXT", Kind::DateTime),
        _ => return None,
    };
    Some((storage, ddl::kind_name(kind)))
}

fn read_indexes(conn: &mut Conn, table: &str, shape: &mut TableShape) -> DbResult<()> {
    let indexes = conn.rows(
        "SELECT l.name, l.\"unique\", m.sql FROM pragma_index_list(?) l LEFT JOIN sqlite_master m \
         ON m.type = 'index' AND m.name = l.name WHERE l.origin <> 'pk'",
        &params![table],
        |row| Ok((row.at::<String>(0)?, row.at::<bool>(1)?, row.at::<Option<String>>(2)?)),
    )?;
    for (name, is_unique, sql) in indexes {
        let mut columns: Vec<String> = conn.rows(
            "SELECT name FROM pragma_index_info(?) ORDER BY seqno",
            &params![name.as_str()],
            |row| Ok(row.at::<Option<String>>(0)?.unwrap_or_else(|| "(expression)".to_owned())),
        )?;
        let text = tokens(sql.as_deref().unwrap_or_default());
        let condition = text
            .iter()
            .position(|token| token.is("where"))
            .map(|position| plain(text.get(position + 1..).unwrap_or_default()));
        let live = is_unique && condition.as_deref() == Some("deleted_at is null");
        if let Some(condition) = condition.filter(|_| !live) {
            columns.push(format!("where {condition}"));
        }
        if is_unique {
            shape.uniques.insert(name, UniqueShape { columns, live });
        } else {
            shape.indexes.insert(name, columns);
        }
    }
    Ok(())
}

fn read_foreign_keys(conn: &mut Conn, table: &str, shape: &mut TableShape) -> DbResult<()> {
    let keys = conn.rows(
        "SELECT \"from\", \"table\", \"to\", on_delete FROM pragma_foreign_key_list(?)",
        &params![table],
        |row| {
            Ok(ForeignKeyShape {
                column: row.at(0)?,
                parent: row.at(1)?,
                parent_column: row.at::<Option<String>>(2)?.unwrap_or_else(|| "id".to_owned()),
                on_delete: action_read(&row.at::<String>(3)?),
            })
        },
    )?;
    for key in keys {
        shape.foreign_keys.insert(ddl::foreign_key_name(table, &key.column), key);
    }
    Ok(())
}

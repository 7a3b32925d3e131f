//! One connection of the floor, with the product's session settings.

use mysql::prelude::Queryable;
use rusqlite::types::{ToSqlOutput, ValueRef};

use super::Setting;
use super::json::{self, Cell};
use super::plans::{Page, Param, Plan};
use crate::{Outcome, during};

/// A connection.
pub enum Connection {
    /// To a file.
    Sqlite(rusqlite::Connection),
    /// To a server: with each plan's statement, and that of its count.
    Mysql(Box<mysql::Conn>, Vec<(mysql::Statement, Option<mysql::Statement>)>),
}

impl Connection {
    /// Opens one, on a `mysql://` URL or a file.
    pub fn open(setting: &Setting) -> Outcome<Self> {
        if setting.database.starts_with("mysql://") {
            return Self::open_mysql(setting);
        }
        let connection = rusqlite::Connection::open(&setting.database).map_err(during("open"))?;
        connection.set_prepared_statement_cache_capacity(64);
        let stable_plans = rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG;
        connection.set_db_config(stable_plans, true).map_err(during("stable plans"))?;
        let settings = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
            PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000; PRAGMA temp_store = MEMORY; \
            PRAGMA query_only = ON;";
        connection.execute_batch(settings).map_err(during("settings"))?;
        Ok(Self::Sqlite(connection))
    }

    fn open_mysql(setting: &Setting) -> Outcome<Self> {
        let options = mysql::Opts::from_url(&setting.database).map_err(during("URL"))?;
        let options = mysql::OptsBuilder::from_opts(options).tcp_nodelay(true).prefer_socket(false);
        let mut connection = mysql::Conn::new(options).map_err(during("connect"))?;
        for settings in [
            "SET NAMES utf8mb4 COLLATE utf8mb4_bin, time_zone = '+00:00'",
            "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
            "SET SESSION optimizer_join_limit_pref_ratio = 100",
        ] {
            connection.query_drop(settings).map_err(during(settings))?;
        }
        let mut statements = Vec::new();
        for plan in &setting.plans {
            let rows = connection.prep(&plan.sql).map_err(during(&plan.sql))?;
            let count = match &plan.page {
                None => None,
                Some(page) => Some(connection.prep(&page.count).map_err(during(&page.count))?),
            };
            statements.push((rows, count));
        }
        Ok(Self::Mysql(Box::new(connection), statements))
    }

    /// The body of a plan's answer.
    pub fn answer(&mut self, setting: &Setting, number: usize) -> Outcome<Vec<u8>> {
        let plan = setting.plans.get(number).ok_or("no such plan")?;
        let mut out = Vec::with_capacity(16 * 1024);
        let mut is_first = true;
        if let Some(page) = &plan.page {
            head(&mut out, page, self.count(page, number)?, &setting.base);
        }
        match self {
            Self::Sqlite(connection) => {
                let mut statement =
                    connection.prepare_cached(&plan.sql).map_err(during(&plan.sql))?;
                let params = rusqlite::params_from_iter(&plan.params);
                let mut rows = statement.query(params).map_err(during("query"))?;
                while let Some(row) = rows.next().map_err(during("row"))? {
                    separate(&mut out, &mut is_first);
                    let cell = |at| row.get_ref(at).map(lite_cell).map_err(during("column"));
                    json::object(&mut out, plan.fields, &setting.today, &cell)?;
                }
            }
            Self::Mysql(connection, statements) => {
                let (statement, _) = statements.get(number).ok_or("no such plan")?;
                let rows = connection
                    .exec_iter(statement, params(&plan.params))
                    .map_err(during("query"))?;
                for row in rows {
                    let row = row.map_err(during("row"))?;
                    separate(&mut out, &mut is_first);
                    let cell =
                        |at| row.as_ref(at).map(mysql_cell).ok_or_else(|| "column".to_owned());
                    json::object(&mut out, plan.fields, &setting.today, &cell)?;
                }
            }
        }
        finish(&mut out, plan);
        Ok(out)
    }

    fn count(&mut self, page: &Page, number: usize) -> Outcome<i64> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement =
                    connection.prepare_cached(&page.count).map_err(during(&page.count))?;
                let params = rusqlite::params_from_iter(&page.count_params);
                statement.query_row(params, |row| row.get(0)).map_err(during(&page.count))
            }
            Self::Mysql(connection, statements) => {
                let statement = statements.get(number).and_then(|(_, count)| count.as_ref());
                let row = connection
                    .exec_first::<mysql::Row, _, _>(
                        statement.ok_or("no count")?,
                        params(&page.count_params),
                    )
                    .map_err(during(&page.count))?;
                // The sum of whole numbers is a DECIMAL, which comes as text.
                match row.as_ref().and_then(|row| row.as_ref(0)) {
                    Some(mysql::Value::Int(count)) => Ok(*count),
                    Some(mysql::Value::Bytes(text)) => std::str::from_utf8(text)
                        .ok()
                        .and_then(|text| text.parse().ok())
                        .ok_or_else(|| "no count".to_owned()),
                    _ => Err("no count".to_owned()),
                }
            }
        }
    }
}

fn head(out: &mut Vec<u8>, page: &Page, count: i64, base: &str) {
    let pages = count.max(1).unsigned_abs().div_ceil(page.size.unsigned_abs().max(1));
    let pages = i64::try_from(pages).unwrap_or(i64::MAX);
    out.extend_from_slice(b"{\"count\":");
    json::whole(out, count);
    out.extend_from_slice(b",\"num_pages\":");
    json::whole(out, pages);
    out.extend_from_slice(b",\"current_page\":1,\"next\":");
    if pages > 1 {
        out.push(b'"');
        out.extend_from_slice(base.as_bytes());
        out.extend_from_slice(page.next.as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(b"null");
    }
    out.extend_from_slice(b",\"previous\":null,\"results\":[");
}

fn separate(out: &mut Vec<u8>, is_first: &mut bool) {
    if !*is_first {
        out.push(b',');
    }
    *is_first = false;
}

fn finish(out: &mut Vec<u8>, plan: &Plan) {
    if plan.page.is_some() {
        out.extend_from_slice(b"]}");
    }
}

impl rusqlite::ToSql for Param {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Int(value) => value.to_sql(),
            Self::Text(text) => text.to_sql(),
        }
    }
}

fn params(params: &[Param]) -> mysql::Params {
    let value = |param: &Param| match param {
        Param::Int(value) => mysql::Value::Int(*value),
        Param::Text(text) => mysql::Value::Bytes(text.as_bytes().to_vec()),
    };
    mysql::Params::Positional(params.iter().map(value).collect())
}

fn lite_cell(value: ValueRef<'_>) -> Cell<'_> {
    match value {
        ValueRef::Integer(value) => Cell::Int(value),
        ValueRef::Text(text) => Cell::Text(text),
        _ => Cell::Null,
    }
}

fn mysql_cell(value: &mysql::Value) -> Cell<'_> {
    match value {
        mysql::Value::Int(value) => Cell::Int(*value),
        mysql::Value::UInt(value) => Cell::Int(i64::try_from(*value).unwrap_or(i64::MAX)),
        mysql::Value::Bytes(text) => Cell::Text(text),
        mysql::Value::Date(year, month, day, hour, minute, second, micros) => {
            Cell::Moment(*year, *month, *day, *hour, *minute, *second, *micros)
        }
        mysql::Value::Time(_, _, hour, minute, second, micros) => {
            Cell::Time(*hour, *minute, *second, *micros)
        }
        _ => Cell::Null,
    }
}

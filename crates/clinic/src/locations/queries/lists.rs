//! Lists of countries, regions, provinces and districts: live ones, by name.

use platform::db::filter::{Orderable, order_by};
use platform::db::{Conn, DbResult, Filter, Listing, Page, PageRequest, Row, Value};

use super::{COUNTRY_COLUMNS, DISTRICT_COLUMNS, PROVINCE_COLUMNS, REGION_COLUMNS};

/// One of the four lists.
#[derive(Debug)]
pub struct List {
    columns: &'static [&'static str],
    /// Table with its alias.
    table: &'static str,
    alias: &'static str,
    joins: &'static str,
    orderable: &'static [Orderable],
    /// What a client may narrow it by.
    pub narrowings: &'static [Narrowing],
}

/// A parameter that narrows a list.
#[derive(Debug)]
pub struct Narrowing {
    /// Its name.
    pub parameter: &'static str,
    /// Whether it is an id; a code otherwise.
    pub is_id: bool,
    condition: &'static str,
}

impl Narrowing {
    const fn id(parameter: &'static str, condition: &'static str) -> Self {
        Self { parameter, is_id: true, condition }
    }

    const fn code(parameter: &'static str, condition: &'static str) -> Self {
        Self { parameter, is_id: false, condition }
    }
}

/// What a client wants of a list.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Narrowed by these values.
    pub narrowed: Vec<(&'static Narrowing, Value)>,
    /// With this text in the name.
    pub search: Option<String>,
    /// In this order.
    pub ordering: Option<String>,
}

/// Countries.
pub static COUNTRIES: List = List {
    columns: &[COUNTRY_COLUMNS],
    table: "countries c",
    alias: "c",
    joins: "",
    orderable: &[
        ("id", "c.id"),
        ("name", "c.name_fold"),
        ("phone_code", "c.phone_code"),
        ("ISO2", "c.iso2"),
        ("created_at", "c.created_at"),
        ("updated_at", "c.updated_at"),
        ("deleted_at", "c.deleted_at"),
    ],
    narrowings: &[],
};

/// Regions.
pub static REGIONS: List = List {
    columns: &[REGION_COLUMNS],
    table: "regions r",
    alias: "r",
    joins: "",
    orderable: &[
        ("id", "r.id"),
        ("name", "r.name_fold"),
        ("ubigeo", "r.ubigeo"),
        ("country", "r.country_id"),
        ("created_at", "r.created_at"),
        ("updated_at", "r.updated_at"),
        ("deleted_at", "r.deleted_at"),
    ],
    narrowings: &[Narrowing::id("country", "r.country_id = ?")],
};

/// Provinces, with the name of their region.
pub static PROVINCES: List = List {
    columns: &["r.name AS r_name", PROVINCE_COLUMNS],
    table: "provinces p",
    alias: "p",
    joins: " JOIN regions r ON r.id = p.region_id",
    orderable: &[
        ("id", "p.id"),
        ("name", "p.name_fold"),
        ("ubigeo", "p.ubigeo"),
        ("region", "p.region_id"),
        ("region_name", "r.name_fold"),
        ("region__name", "r.name_fold"),
        ("created_at", "p.created_at"),
        ("updated_at", "p.updated_at"),
        ("deleted_at", "p.deleted_at"),
    ],
    narrowings: &[
        Narrowing::id("region", "p.region_id = ?"),
        Narrowing::code(
            "region_ubigeo",
            "p.region_id IN (SELECT id FROM regions WHERE ubigeo = ?)",
        ),
    ],
};

/// Districts, with the names of their province and region.
pub static DISTRICTS: List = List {
    columns: &["r.name AS r_name", "p.name AS p_name", DISTRICT_COLUMNS],
    table: "districts d",
    alias: "d",
    joins: " JOIN provinces p ON p.id = d.province_id JOIN regions r ON r.id = p.region_id",
    orderable: &[
        ("id", "d.id"),
        ("name", "d.name_fold"),
        ("ubigeo", "d.ubigeo"),
        ("province", "d.province_id"),
        ("province_name", "p.name_fold"),
        ("province__name", "p.name_fold"),
        ("region_name", "r.name_fold"),
        ("province__region__name", "r.name_fold"),
        ("created_at", "d.created_at"),
        ("updated_at", "d.updated_at"),
        ("deleted_at", "d.deleted_at"),
    ],
    narrowings: &[
        Narrowing::id("province", "d.province_id = ?"),
        Narrowing::code(
            "province_ubigeo",
            "d.province_id IN (SELECT id FROM provinces WHERE ubigeo = ?)",
        ),
        Narrowing::id("region", "d.province_id IN (SELECT id FROM provinces WHERE region_id = ?)"),
        Narrowing::code(
            "region_ubigeo",
            "d.province_id IN (SELECT id FROM provinces WHERE region_id IN \
             (SELECT id FROM regions WHERE ubigeo = ?))",
        ),
    ],
};

impl List {
    /// One page; `None` if there is no such page.
    pub fn page<T>(
        &self,
        conn: &mut Conn,
        asked: &Asked,
        wanted: PageRequest,
        map: impl FnMut(&Row<'_>) -> DbResult<T>,
    ) -> DbResult<Option<Page<T>>> {
        let by_name = format!("{}.name_fold", self.alias);
        let id = format!("{}.id", self.alias);
        let default = format!("{by_name}, {id}");
        Listing {
            columns: &self.columns.join(", "),
            table: self.table,
            joins: self.joins,
            filter: &self.filter(asked).contains(&[&by_name], asked.search.as_deref()),
            order: &order_by(asked.ordering.as_deref(), self.orderable, &default, &id),
            counted: None,
        }
        .page(conn, wanted, map)
    }

    /// One place, if it is within what the list is narrowed by.
    pub fn find<T>(
        &self,
        conn: &mut Conn,
        asked: &Asked,
        id: i64,
        map: impl FnMut(&Row<'_>) -> DbResult<T>,
    ) -> DbResult<Option<T>> {
        let filter = self.filter(asked).equal(&format!("{}.id", self.alias), Some(id));
        let columns = self.columns.join(", ");
        let sql = format!("SELECT {columns} FROM {}{}{}", self.table, self.joins, filter.sql());
        conn.first(&sql, filter.values(), map)
    }

    fn filter(&self, asked: &Asked) -> Filter {
        let live = Filter::new().and(&format!("{}.deleted_at IS NULL", self.alias));
        asked.narrowed.iter().fold(live, |filter, (narrowing, value)| {
            filter.and_with(narrowing.condition, std::slice::from_ref(value))
        })
    }
}

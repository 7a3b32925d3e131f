//! Medical records with their patient and diagnosis.

use chrono::NaiveDate;
use platform::db::{Conn, DbResult, Filter, Listing, Page, PageRequest, Row, search};
use platform::params;

use super::{diagnoses, patients};

const ROW_COLUMNS: &str = "mr.id, mr.patient_id, pt.name AS patient_first, pt.last_name_paternal AS patient_paternal, \
    pt.last_name_maternal AS patient_maternal, mr.diagnose_id, dg.name AS diagnose_name, dg.code AS diagnose_code, \
    mr.diagnosis_date, mr.status, mr.created_at";

const ROW_JOINS: &str =
    " JOIN patients pt ON pt.id = mr.patient_id JOIN diagnoses dg ON dg.id = mr.diagnose_id";

const COLUMNS: &str = "mr.id AS mr_id, mr.diagnosis_date AS mr_date, mr.symptoms AS mr_symptoms, \
    mr.treatment AS mr_treatment, mr.notes AS mr_notes, mr.status AS mr_status, mr.created_at AS mr_created_at, \
    mr.updated_at AS mr_updated_at, mr.deleted_at AS mr_deleted_at";

/// Which records a list shows; deleted ones never.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Of this patient.
    pub patient: Option<i64>,
    /// Of this diagnosis.
    pub diagnose: Option<i64>,
    /// In this state.
    pub status: Option<String>,
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Up to this day.
    pub to: Option<NaiveDate>,
    /// Whose patient, diagnosis, symptoms or treatment have these word beginnings.
    pub search: Option<String>,
}

impl Listed {
    fn is_everything(&self) -> bool {
        self.patient.is_none()
            && self.diagnose.is_none()
            && self.status.is_none()
            && self.from.is_none()
            && self.to.is_none()
            && self.search.is_none()
    }

    fn filter(&self) -> Filter {
        let mut filter = Filter::new().and("mr.deleted_at IS NULL");
        if let Some(day) = self.from {
            filter = filter.and_with("mr.diagnosis_date >= ?", &params![day]);
        }
        if let Some(day) = self.to {
            filter = filter.and_with("mr.diagnosis_date <= ?", &params![day]);
        }
        filter
            .equal("mr.patient_id", self.patient)
            .equal("mr.diagnose_id", self.diagnose)
            .equal("mr.status", self.status.as_deref())
    }
}

/// A page of records, the latest diagnosis first; `None` if there is no such page.
pub fn list<T>(
    conn: &mut Conn,
    listed: &Listed,
    wanted: PageRequest,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<Page<T>>> {
    let (table, filter) = source(listed);
    Listing {
        columns: ROW_COLUMNS,
        table: &table,
        joins: ROW_JOINS,
        filter: &filter,
        order: " ORDER BY mr.diagnosis_date DESC, mr.created_at DESC, mr.id DESC",
        counted: listed.is_everything().then_some("medical_records"),
    }
    .page(conn, wanted, map)
}

/// A search looks into three word indexes at once. Their union is made first, since neither engine uses indexes across
/// an OR of them.
fn source(listed: &Listed) -> (String, Filter) {
    let term = listed.search.as_deref().map(str::trim).filter(|term| !term.is_empty());
    let Some(term) = term else { return ("medical_records mr".to_owned(), listed.filter()) };
    let mut parts = Vec::new();
    let mut values = Vec::new();
    if let Some((sql, words)) = search::rows("medical_records", term) {
        parts.push(sql);
        values.extend(words);
    }
    for (table, column) in [("patients", "patient_id"), ("diagnoses", "diagnose_id")] {
        if let Some((sql, words)) = search::rows(table, term) {
            parts.push(format!("SELECT m.id FROM medical_records m WHERE m.{column} IN ({sql})"));
            values.extend(words);
        }
    }
    if parts.is_empty() {
        return ("medical_records mr".to_owned(), listed.filter().and("1 = 0"));
    }
    let table = format!("medical_records mr JOIN ({}) found", parts.join(" UNION "));
    // The parameters of the union stand before all others, as its text does.
    let filter = Filter::new().and_with("mr.id = found.row_id", &values).also(&listed.filter());
    (table, filter)
}

/// One record that is not deleted, with its patient (be it a deleted one) and its diagnosis.
pub fn find<T>(
    conn: &mut Conn,
    id: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    let sql = format!(
        "SELECT {}, {}, {COLUMNS} FROM medical_records mr JOIN patients t ON t.id = mr.patient_id{} \
         JOIN diagnoses dg ON dg.id = mr.diagnose_id WHERE mr.id = ? AND mr.deleted_at IS NULL",
        patients::columns(),
        diagnoses::COLUMNS,
        patients::joins()
    );
    conn.first(&sql, &params![id], map)
}

/// The diagnoses most often recorded, by name.
pub fn most_frequent<T>(
    conn: &mut Conn,
    limit: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Vec<T>> {
    let sql = "SELECT MIN(dg.name) AS name, COUNT(*) AS records FROM medical_records mr \
               JOIN diagnoses dg ON dg.id = mr.diagnose_id WHERE mr.deleted_at IS NULL \
               GROUP BY dg.name_fold ORDER BY records DESC, dg.name_fold LIMIT ?";
    conn.rows(sql, &params![limit], map)
}

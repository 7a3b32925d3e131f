//! Appointments with the names of what they refer to.

use chrono::{Days, NaiveDate, NaiveTime};
use platform::db::filter::{Orderable, order_by};
use platform::db::{Conn, DbResult, Filter, Listing, Page, PageRequest, Row, Value, search};
use platform::params;
use platform::types::time::midnight;

use crate::appointments::model::status;

const COLUMNS: &str = "t.id, t.history_id, t.patient_id, pt.name AS patient_first, \
    pt.last_name_paternal AS patient_paternal, pt.last_name_maternal AS patient_maternal, t.therapist_id, \
    th.first_name AS therapist_first, th.last_name_paternal AS therapist_paternal, \
    th.last_name_maternal AS therapist_maternal, t.appointment_date, t.hour, t.ailments, t.diagnosis, t.surgeries, \
    t.reflexology_diagnostics, t.medications, t.observation, t.initial_date, t.final_date, t.appointment_type, \
    t.room, t.social_benefit, t.payment_detail, t.payment, t.payment_type_id, py.name AS payment_type_name, \
    t.payment_status_id, ps.name AS payment_status_name, t.ticket_number, t.appointment_status, t.created_at, \
    t.updated_at, t.deleted_at";

const JOINS: &str = " LEFT JOIN patients pt ON pt.id = t.patient_id LEFT JOIN therapists th ON th.id = t.therapist_id \
    LEFT JOIN payment_types py ON py.id = t.payment_type_id LEFT JOIN payment_status ps ON ps.id = t.payment_status_id";

const ORDERABLE: &[Orderable] = &[
    ("appointment_date", "t.appointment_date"),
    ("hour", "t.hour"),
    ("created_at", "t.created_at"),
    ("updated_at", "t.updated_at"),
    ("id", "t.id"),
];

/// Which appointments a list shows; deleted ones never.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// On this day.
    pub day: Option<NaiveDate>,
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Up to the end of this day.
    pub to: Option<NaiveDate>,
    /// In this state.
    pub status: Option<String>,
    /// Without those called off.
    pub leave_out_cancelled: bool,
    /// Of this patient.
    pub patient: Option<i64>,
    /// Of this therapist.
    pub therapist: Option<i64>,
    /// Of this type.
    pub appointment_type: Option<String>,
    /// In this room.
    pub room: Option<i64>,
    /// Whose texts, patient or ticket number begin with these words.
    pub search: Option<String>,
    /// Order asked for.
    pub ordering: Option<String>,
}

impl Listed {
    /// Whether it is every live appointment.
    fn is_everything(&self) -> bool {
        self.day.is_none()
            && self.from.is_none()
            && self.to.is_none()
            && self.status.is_none()
            && !self.leave_out_cancelled
            && self.patient.is_none()
            && self.therapist.is_none()
            && self.appointment_type.is_none()
            && self.room.is_none()
            && self.search.is_none()
    }

    pub(super) fn filter(&self) -> Filter {
        let since = |day: NaiveDate| Value::from(midnight(day));
        let until = |day: NaiveDate| {
            Value::from(midnight(day.checked_add_days(Days::new(1)).unwrap_or(day)))
        };
        let mut filter = Filter::new().and("t.deleted_at IS NULL");
        if let Some(day) = self.day {
            filter = filter.and_with(
                "t.appointment_date >= ? AND t.appointment_date < ?",
                &[since(day), until(day)],
            );
        }
        if let Some(day) = self.from {
            filter = filter.and_with("t.appointment_date >= ?", &[since(day)]);
        }
        if let Some(day) = self.to {
            filter = filter.and_with("t.appointment_date < ?", &[until(day)]);
        }
        if self.leave_out_cancelled {
            filter = filter.and_with("t.appointment_status <> ?", &params![status::CANCELLED]);
        }
        filter
            .equal("t.appointment_status", self.status.as_deref())
            .equal("t.patient_id", self.patient)
            .equal("t.therapist_id", self.therapist)
            .equal("t.appointment_type", self.appointment_type.as_deref())
            .equal("t.room", self.room)
    }
}

/// A page of appointments, the latest first; `None` if there is no such page.
pub fn list<T>(
    conn: &mut Conn,
    listed: &Listed,
    wanted: PageRequest,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<Page<T>>> {
    let (table, filter) = source(listed);
    let default = "t.appointment_date DESC, t.hour DESC, t.id DESC";
    let order = order_by(listed.ordering.as_deref(), ORDERABLE, default, "t.id");
    Listing {
        columns: COLUMNS,
        table: &table,
        joins: JOINS,
        filter: &filter,
        order: &order,
        counted: listed.is_everything().then_some("appointments"),
    }
    .page(conn, wanted, map)
}

/// A search looks into three indexes at once: the appointment's words, the patient's words, ticket numbers.
/// Their union is made first, since neither engine uses indexes across an OR of them.
fn source(listed: &Listed) -> (String, Filter) {
    let term = listed.search.as_deref().map(str::trim).filter(|term| !term.is_empty());
    let Some(term) = term else { return ("appointments t".to_owned(), listed.filter()) };
    let mut parts = vec![
        "SELECT a.id AS id FROM appointments a WHERE a.ticket_number >= ? AND a.ticket_number < ?"
            .to_owned(),
    ];
    let (low, high) = search::prefix_range(&term.to_uppercase());
    let mut values = params![low, high].to_vec();
    if let Some((sql, words)) = search::rows("appointments", term) {
        parts.push(sql);
        values.extend(words);
    }
    if let Some((sql, words)) = search::rows("patients", term) {
        parts.push(format!("SELECT a.id FROM appointments a WHERE a.patient_id IN ({sql})"));
        values.extend(words);
    }
    let table = format!("appointments t JOIN ({}) found", parts.join(" UNION "));
    // The parameters of the union stand before all others, as its text does.
    let filter = Filter::new().and_with("t.id = found.id", &values).also(&listed.filter());
    (table, filter)
}

/// One appointment that is not deleted.
pub fn find<T>(
    conn: &mut Conn,
    id: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM appointments t{JOINS} WHERE t.id = ? AND t.deleted_at IS NULL"
    );
    conn.first(&sql, &params![id], map)
}

/// Days with the first and last minute at which a visit may begin (see `rules::overlapping_starts`).
pub type Window = [(NaiveDate, NaiveTime, NaiveTime)];

/// Whose time a visit takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// A therapist.
    Therapist(i64),
    /// A patient.
    Patient(i64),
    /// A room.
    Room(i64),
}

/// Visits that begin inside the window and take the time of `resource`; of anybody if
/// none is given. Those called off and `except` do not count. At most `limit`.
pub fn clashes(
    conn: &mut Conn,
    window: &Window,
    resource: Option<Resource>,
    except: Option<i64>,
    limit: i64,
) -> DbResult<Vec<i64>> {
    let (times, mut values) = begins_inside(window);
    let (column, id) = match resource {
        Some(Resource::Therapist(id)) => (" AND t.therapist_id = ?", Some(id)),
        Some(Resource::Patient(id)) => (" AND t.patient_id = ?", Some(id)),
        Some(Resource::Room(id)) => (" AND t.room = ?", Some(id)),
        None => ("", None),
    };
    let sql = format!(
        "SELECT t.id FROM appointments t WHERE ({times}){column} AND t.deleted_at IS NULL \
         AND t.appointment_status <> ? AND t.id <> ? ORDER BY t.id LIMIT ?"
    );
    values.extend(id.map(Value::from));
    values.extend(params![status::CANCELLED, except.unwrap_or(0), limit]);
    conn.rows(&sql, &values, |row| row.at(0))
}

/// Whether some therapist who works here now has no visit that begins inside the window.
pub fn somebody_is_free(conn: &mut Conn, window: &Window) -> DbResult<bool> {
    let (times, mut values) = begins_inside(window);
    let sql = format!(
        "SELECT 1 FROM therapists th WHERE th.deleted_at IS NULL AND th.is_active = 1 AND NOT EXISTS \
         (SELECT 1 FROM appointments t WHERE t.therapist_id = th.id AND ({times}) AND t.deleted_at IS NULL \
         AND t.appointment_status <> ?) LIMIT 1"
    );
    values.push(Value::from(status::CANCELLED));
    conn.exists(&sql, &values)
}

fn begins_inside(window: &Window) -> (String, Vec<Value>) {
    let mut parts = Vec::new();
    let mut values = Vec::new();
    for (day, first, last) in window {
        parts.push("(t.appointment_date = ? AND t.hour >= ? AND t.hour <= ?)");
        values.extend(params![midnight(*day), *first, *last]);
    }
    (parts.join(" OR "), values)
}

/// Facts about what a booking refers to.
#[derive(Clone, Copy, Debug, Default)]
pub struct References {
    /// Whether the patient exists and is not deleted.
    pub patient_is_live: bool,
    /// Whether the therapist exists and is not deleted.
    pub therapist_is_live: bool,
    /// Whose history it is.
    pub history_of: Option<i64>,
}

/// Looks up what a booking refers to.
pub fn references(
    conn: &mut Conn,
    patient: Option<i64>,
    therapist: Option<i64>,
    history: Option<i64>,
) -> DbResult<References> {
    let live = |conn: &mut Conn, table: &str, id: Option<i64>| match id {
        Some(id) => conn.exists(
            &format!("SELECT 1 FROM {table} WHERE id = ? AND deleted_at IS NULL"),
            &params![id],
        ),
        None => Ok(false),
    };
    Ok(References {
        patient_is_live: live(conn, "patients", patient)?,
        therapist_is_live: live(conn, "therapists", therapist)?,
        history_of: match history {
            Some(id) => conn.scalar(
                "SELECT patient_id FROM histories WHERE id = ? AND deleted_at IS NULL",
                &params![id],
            )?,
            None => None,
        },
    })
}

/// The highest number of a room that was ever booked.
pub fn last_room(conn: &mut Conn) -> DbResult<i64> {
    conn.one("SELECT COALESCE(MAX(room), 0) FROM appointments", &[])
}

//! A month of appointments: how many there are each day, and which.

use chrono::NaiveDate;
use platform::db::{Conn, DbResult, Row, Value};

use super::appointments::Listed;

const COLUMNS: &str = "t.id, t.patient_id, pt.name AS patient_first, pt.last_name_paternal AS patient_paternal, \
    pt.last_name_maternal AS patient_maternal, t.therapist_id, th.first_name AS therapist_first, \
    th.last_name_paternal AS therapist_paternal, th.last_name_maternal AS therapist_maternal, t.appointment_date, \
    t.hour, t.appointment_type, t.room, t.ticket_number, t.appointment_status";

const JOINS: &str = " LEFT JOIN patients pt ON pt.id = t.patient_id LEFT JOIN therapists th ON th.id = t.therapist_id";

/// Days with at least one appointment, and how many they have.
pub fn counts(conn: &mut Conn, listed: &Listed) -> DbResult<Vec<(NaiveDate, i64)>> {
    let filter = listed.filter();
    let sql = format!(
        "SELECT t.appointment_date, COUNT(*) FROM appointments t{} GROUP BY t.appointment_date \
         ORDER BY t.appointment_date",
        filter.sql()
    );
    conn.rows(&sql, filter.values(), |row| {
        Ok((row.at::<platform::types::time::Moment>(0)?.date_naive(), row.at(1)?))
    })
}

/// The appointments by day and hour, at most `cap`.
pub fn list<T>(
    conn: &mut Conn,
    listed: &Listed,
    cap: u64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Vec<T>> {
    let filter = listed.filter();
    let sql = format!(
        "SELECT {COLUMNS} FROM appointments t{JOINS}{} ORDER BY t.appointment_date, t.hour, t.id LIMIT ?",
        filter.sql()
    );
    let cap = Value::Int(i64::try_from(cap).unwrap_or(i64::MAX));
    conn.rows(&sql, &[filter.values(), &[cap]].concat(), map)
}

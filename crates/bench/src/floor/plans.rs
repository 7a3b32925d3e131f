//! The statements behind the measured addresses, as the product runs them, and the JSON that comes of them.
//!
//! The texts are copies: at the start of each run the benchmark compares the floor's answers with the
//! product's, byte by byte, and says where they differ.

use crate::cases::COMMON_SURNAME;

use super::json::Field::{
    self, Age, Bool, Date, Int, Moment, Money, Name, NameIf, NotPast, Object, Past, Text, Time,
};

/// A page around the rows.
#[derive(Clone, Debug)]
pub struct Page {
    /// The statement of the whole list's length.
    pub count: String,
    /// Its parameters.
    pub count_params: Vec<Param>,
    /// Rows on a page.
    pub size: i64,
    /// The link to the second page, without scheme and host.
    pub next: String,
}

/// A parameter of a statement.
#[derive(Clone, Debug)]
pub enum Param {
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
}

impl From<i64> for Param {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<&str> for Param {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// One address.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The address's path.
    pub path: String,
    /// The list around the rows; none for a single object.
    pub page: Option<Page>,
    /// The statement.
    pub sql: String,
    /// Its parameters.
    pub params: Vec<Param>,
    /// What becomes of a row.
    pub fields: &'static [(&'static str, Field)],
}

/// How a page's length is read where the product keeps it.
const KEPT_COUNT: &str = "SELECT COALESCE(SUM(live), 0) FROM row_counts WHERE table_name = ?";

macro_rules! fields {
    ($($key:literal: $field:expr),+ $(,)?) => { &[$((concat!("\"", $key, "\":"), $field)),+] };
}

impl Page {
    /// Of a whole table, whose length is kept.
    fn of_all(table: &str, size: i64, next: &str) -> Self {
        Self {
            count: KEPT_COUNT.to_owned(),
            count_params: vec![table.into()],
            size,
            next: next.to_owned(),
        }
    }
}

/// All plans; `appointment` is the one asked for by id.
pub fn all(appointment: i64) -> Vec<Plan> {
    vec![
        Plan {
            path: "/api/therapists/therapists/".to_owned(),
            page: Some(Page::of_all("therapists", 20, "/api/therapists/therapists/?page=2")),
            sql: format!(
                "SELECT {THERAPIST_COLUMNS}, {DOCUMENT_TYPE_COLUMNS}, {PLACE_COLUMNS} FROM therapists \
                 t{DOCUMENT_TYPE_JOIN}{PLACE_JOINS} WHERE t.deleted_at IS NULL ORDER BY t.first_name_fold, \
                 t.last_name_paternal_fold, t.id LIMIT ? OFFSET ?"
            ),
            params: vec![20.into(), 0.into()],
            fields: THERAPIST,
        },
        Plan {
            path: "/api/patients/patients/".to_owned(),
            page: Some(Page::of_all("patients", 20, "/api/patients/patients/?page=2")),
            sql: format!(
                "SELECT {PATIENT_COLUMNS}, {DOCUMENT_TYPE_COLUMNS}, {PLACE_COLUMNS} FROM patients \
                 t{DOCUMENT_TYPE_JOIN}{PLACE_JOINS} WHERE t.deleted_at IS NULL ORDER BY t.id DESC LIMIT ? OFFSET ?"
            ),
            params: vec![20.into(), 0.into()],
            fields: PATIENT,
        },
        patient_search(COMMON_SURNAME),
        Plan {
            path: "/api/appointments/appointments/".to_owned(),
            page: Some(Page::of_all("appointments", 10, "/api/appointments/appointments/?page=2")),
            sql: format!(
                "SELECT {APPOINTMENT_COLUMNS} FROM appointments t{APPOINTMENT_JOINS} WHERE t.deleted_at IS NULL \
                 ORDER BY t.appointment_date DESC, t.hour DESC, t.id DESC LIMIT ? OFFSET ?"
            ),
            params: vec![10.into(), 0.into()],
            fields: APPOINTMENT,
        },
        Plan {
            path: format!("/api/appointments/appointments/{appointment}/"),
            page: None,
            sql: format!(
                "SELECT {APPOINTMENT_COLUMNS} FROM appointments t{APPOINTMENT_JOINS} WHERE t.id = ? AND \
                 t.deleted_at IS NULL"
            ),
            params: vec![appointment.into()],
            fields: APPOINTMENT,
        },
    ]
}

/// Patients with a word that begins with `word`, which is a plain one in small letters.
fn patient_search(word: &str) -> Plan {
    let path = "/api/patients/patients/search/";
    let range: [Param; 2] = [word.into(), Param::Text(format!("{word}\u{10FFFF}"))];
    let filter = " WHERE t.deleted_at IS NULL AND t.id IN (SELECT w0.row_id FROM patients_words w0 WHERE \
                  w0.word >= ? AND w0.word < ?)";
    let (size, first) = (30, 0);
    Plan {
        path: path.to_owned(),
        page: Some(Page {
            count: format!("SELECT COUNT(*) FROM patients t{filter}"),
            count_params: range.to_vec(),
            size,
            next: format!("{path}?page=2&q={word}"),
        }),
        sql: format!(
            "SELECT {PATIENT_COLUMNS}, {DOCUMENT_TYPE_COLUMNS}, {PLACE_COLUMNS} FROM patients \
             t{DOCUMENT_TYPE_JOIN}{PLACE_JOINS}{filter} ORDER BY t.id DESC LIMIT ? OFFSET ?"
        ),
        params: [&range[..], &[size.into(), first.into()]].concat(),
        fields: PATIENT,
    }
}

const DOCUMENT_TYPE_COLUMNS: &str = "dt.id AS dt_id, dt.name AS dt_name, dt.created_at AS dt_created_at, \
    dt.updated_at AS dt_updated_at, dt.deleted_at AS dt_deleted_at";
const DOCUMENT_TYPE_JOIN: &str = " LEFT JOIN document_types dt ON dt.id = t.document_type_id";
const PLACE_COLUMNS: &str = "r.id AS r_id, r.name AS r_name, r.ubigeo AS r_ubigeo, r.country_id AS r_country, \
    r.created_at AS r_created_at, r.updated_at AS r_updated_at, r.deleted_at AS r_deleted_at, p.id AS p_id, \
    p.name AS p_name, p.ubigeo AS p_ubigeo, p.region_id AS p_region, p.created_at AS p_created_at, \
    p.updated_at AS p_updated_at, p.deleted_at AS p_deleted_at, d.id AS d_id, d.name AS d_name, \
    d.ubigeo AS d_ubigeo, d.province_id AS d_province, d.created_at AS d_created_at, \
    d.updated_at AS d_updated_at, d.deleted_at AS d_deleted_at";
const PLACE_JOINS: &str = " LEFT JOIN regions r ON r.id = t.region_id LEFT JOIN provinces p ON p.id = t.province_id \
    LEFT JOIN districts d ON d.id = t.district_id";
const THERAPIST_COLUMNS: &str = "t.id, t.document_number, t.last_name_paternal, t.last_name_maternal, \
    t.first_name, t.birth_date, t.gender, t.personal_reference, t.is_active, t.phone, t.email, t.address, \
    t.profile_picture, t.license_number, t.ocupation, t.created_at, t.updated_at, t.deleted_at";
const PATIENT_COLUMNS: &str = "t.id, t.document_number, t.last_name_paternal, t.last_name_maternal, t.name, \
    t.personal_reference, t.birth_date, t.gender, t.phone1, t.phone2, t.email, t.ocupation, t.health_condition, \
    t.address, t.created_at, t.updated_at, t.deleted_at";
const APPOINTMENT_COLUMNS: &str = "t.id, t.history_id, t.patient_id, pt.name AS patient_first, \
    pt.last_name_paternal AS patient_paternal, pt.last_name_maternal AS patient_maternal, t.therapist_id, \
    th.first_name AS therapist_first, th.last_name_paternal AS therapist_paternal, \
    th.last_name_maternal AS therapist_maternal, t.appointment_date, t.hour, t.ailments, t.diagnosis, t.surgeries, \
    t.reflexology_diagnostics, t.medications, t.observation, t.initial_date, t.final_date, t.appointment_type, \
    t.room, t.social_benefit, t.payment_detail, t.payment, t.payment_type_id, py.name AS payment_type_name, \
    t.payment_status_id, ps.name AS payment_status_name, t.ticket_number, t.appointment_status, t.created_at, \
    t.updated_at, t.deleted_at";
const APPOINTMENT_JOINS: &str = " LEFT JOIN patients pt ON pt.id = t.patient_id LEFT JOIN therapists th ON \
    th.id = t.therapist_id LEFT JOIN payment_types py ON py.id = t.payment_type_id LEFT JOIN payment_status ps ON \
    ps.id = t.payment_status_id";

/// 18 columns of its own, 5 of the document type, 7 each of region, province and district.
const THERAPIST: &[(&str, Field)] = fields! {
    "id": Int(0),
    "document_type": Object(18, fields! {
        "id": Int(18), "name": Text(19), "created_at": Moment(20), "updated_at": Moment(21), "deleted_at": Moment(22),
    }),
    "document_number": Text(1),
    "last_name_paternal": Text(2),
    "last_name_maternal": Text(3),
    "first_name": Text(4),
    "birth_date": Moment(5),
    "gender": Text(6),
    "personal_reference": Text(7),
    "is_active": Bool(8),
    "phone": Text(9),
    "email": Text(10),
    "region": Object(23, fields! {
        "id": Int(23), "name": Text(24), "ubigeo": Text(25), "country": Int(26), "created_at": Moment(27),
        "updated_at": Moment(28), "deleted_at": Moment(29),
    }),
    "province": Object(30, fields! {
        "id": Int(30), "name": Text(31), "ubigeo": Text(32), "region": Int(33), "region_name": Text(24),
        "created_at": Moment(34), "updated_at": Moment(35), "deleted_at": Moment(36),
    }),
    "district": Object(37, fields! {
        "id": Int(37), "name": Text(38), "ubigeo": Text(39), "province": Int(40), "province_name": Text(31),
        "region_name": Text(24), "created_at": Moment(41), "updated_at": Moment(42), "deleted_at": Moment(43),
    }),
    "address": Text(11),
    "profile_picture": Text(12),
    "license_number": Text(13),
    "ocupation": Text(14),
    "created_at": Moment(15),
    "updated_at": Moment(16),
    "deleted_at": Moment(17),
};

/// 17 columns of its own, 5 of the document type, 7 each of region, province and district.
const PATIENT: &[(&str, Field)] = fields! {
    "id": Int(0),
    "document_number": Text(1),
    "paternal_lastname": Text(2),
    "maternal_lastname": Text(3),
    "name": Text(4),
    "full_name": Name([4, 2, 3]),
    "personal_reference": Text(5),
    "birth_date": Moment(6),
    "age": Age(6),
    "sex": Text(7),
    "phone1": Text(8),
    "phone2": Text(9),
    "primary_phone": Text(8),
    "secondary_phone": Text(9),
    "email": Text(10),
    "ocupation": Text(11),
    "health_condition": Text(12),
    "address": Text(13),
    "region": Object(22, fields! {
        "id": Int(22), "name": Text(23), "ubigeo": Text(24), "country": Int(25), "created_at": Moment(26),
        "updated_at": Moment(27), "deleted_at": Moment(28),
    }),
    "province": Object(29, fields! {
        "id": Int(29), "name": Text(30), "ubigeo": Text(31), "region": Int(32), "region_name": Text(23),
        "created_at": Moment(33), "updated_at": Moment(34), "deleted_at": Moment(35),
    }),
    "district": Object(36, fields! {
        "id": Int(36), "name": Text(37), "ubigeo": Text(38), "province": Int(39), "province_name": Text(30),
        "region_name": Text(23), "created_at": Moment(40), "updated_at": Moment(41), "deleted_at": Moment(42),
    }),
    "document_type": Object(17, fields! {
        "id": Int(17), "name": Text(18), "created_at": Moment(19), "updated_at": Moment(20), "deleted_at": Moment(21),
    }),
    "created_at": Moment(14),
    "updated_at": Moment(15),
    "deleted_at": Moment(16),
};

const APPOINTMENT: &[(&str, Field)] = fields! {
    "id": Int(0),
    "history": Int(1),
    "patient": Int(2),
    "patient_name": Name([3, 4, 5]),
    "therapist": Int(6),
    "therapist_name": NameIf(6, [7, 8, 9]),
    "appointment_date": Moment(10),
    "hour": Time(11),
    "ailments": Text(12),
    "diagnosis": Text(13),
    "surgeries": Text(14),
    "reflexology_diagnostics": Text(15),
    "medications": Text(16),
    "observation": Text(17),
    "initial_date": Date(18),
    "final_date": Date(19),
    "appointment_type": Text(20),
    "room": Int(21),
    "social_benefit": Bool(22),
    "payment_detail": Text(23),
    "payment": Money(24),
    "payment_type": Int(25),
    "payment_type_name": Text(26),
    "payment_status": Int(27),
    "payment_status_name": Text(28),
    "ticket_number": Text(29),
    "appointment_status": Text(30),
    "is_completed": Past(10),
    "is_pending": NotPast(10),
    "created_at": Moment(31),
    "updated_at": Moment(32),
    "deleted_at": Moment(33),
};

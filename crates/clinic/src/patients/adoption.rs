//! What patients, diagnoses and records take from the Django program's tables.

use platform::db::Value;
use platform::db::migrate::adopt::{Taken, TakenColumn};

use super::model::{DIAGNOSES, MEDICAL_RECORDS, PATIENTS};

pub(super) const ADOPTION: &[Taken] = &[
    Taken::new(&PATIENTS).columns(&[TakenColumn::made("document_type_key", |row| {
        Value::Int(row.int("document_type_id").unwrap_or(0))
    })]),
    Taken::new(&DIAGNOSES),
    Taken::new(&MEDICAL_RECORDS)
        .columns(&[TakenColumn::of("status").otherwise(|_| Value::from("active"))]),
];

//! JSON of histories.

use platform::db::value::Fixed;
use platform::db::{DbResult, Row};
use platform::http::{Field, Written};
use platform::types::text::joined;
use platform::types::time::WireMoment;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use utoipa::ToSchema;

const PATIENT: Field = Field::new("patient").column("patient_id").aliases(&["patient_id"]);

/// What opens a history.
pub const PATIENT_FIELDS: &[Field] = &[PATIENT.required()];

/// Fields that say yes or no.
pub const YES_OR_NO: [&str; 3] = ["testimony", "menstruation", "gestation"];

/// Fields of a history.
pub const HISTORY_FIELDS: &[Field] = &[
    PATIENT,
    Field::new("testimony"),
    Field::new("private_observation"),
    Field::new("observation"),
    Field::new("height"),
    Field::new("weight"),
    Field::new("last_weight"),
    Field::new("menstruation"),
    Field::new("diu_type"),
    Field::new("gestation"),
];

/// A history in a list, and just opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryRow {
    /// Id.
    pub id: i64,
    /// Patient id.
    pub patient: i64,
    /// The patient's name and paternal surname.
    pub patient_name: String,
}

impl HistoryRow {
    /// Reads a row of `queries::histories`.
    pub fn read(row: &Row<'_>) -> DbResult<Self> {
        Ok(Self {
            id: row.get("id")?,
            patient: row.get("patient_id")?,
            patient_name: joined([row.get("patient_first")?, row.get("patient_paternal")?]),
        })
    }
}

/// A patient's history. Measures are JSON numbers.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryView<'r> {
    /// Id.
    pub id: i64,
    /// Patient id.
    pub patient: i64,
    /// The patient's name and paternal surname.
    pub patient_name: String,
    /// Testimony.
    pub testimony: bool,
    /// Private observation; null for those who may not see it.
    pub private_observation: Option<&'r str>,
    /// Observation.
    pub observation: Option<&'r str>,
    /// Height.
    pub height: Option<f64>,
    /// Weight.
    pub weight: Option<f64>,
    /// Weight at the visit before.
    pub last_weight: Option<f64>,
    /// Menstruation.
    pub menstruation: bool,
    /// Kind of IUD.
    pub diu_type: Option<&'r str>,
    /// Gestation.
    pub gestation: bool,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    #[schema(value_type = WireMoment)]
    pub updated_at: String,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

impl<'r> HistoryView<'r> {
    /// Reads a row of `queries::histories::find`.
    pub fn read(row: &Row<'r>, sees_private: bool) -> DbResult<Self> {
        let head = HistoryRow::read(row)?;
        let (testimony, private) =
            (row.get("testimony")?, row.get::<Option<&str>>("private_observation")?);
        let observation = row.get("observation")?;
        let measure = |name: &str| -> DbResult<Option<f64>> {
            Ok(row.get::<Option<Fixed<3>>>(name)?.and_then(|value| value.0.to_f64()))
        };
        Ok(Self {
            id: head.id,
            patient: head.patient,
            patient_name: head.patient_name,
            testimony,
            private_observation: private.filter(|_| sees_private),
            observation,
            height: measure("height")?,
            weight: measure("weight")?,
            last_weight: measure("last_weight")?,
            menstruation: row.get("menstruation")?,
            diu_type: row.get("diu_type")?,
            gestation: row.get("gestation")?,
            created_at: row.get("created_at")?,
            updated_at: row.get::<WireMoment>("updated_at")?.to_string(),
            deleted_at: row.get("deleted_at")?,
        })
    }

    /// The same as the answer to a change.
    ///
    /// quirk: there the moment of the change ends in `+00:00` instead of `Z`, as existing clients know it.
    #[must_use]
    pub fn changed(mut self) -> Self {
        if self.updated_at.ends_with('Z') {
            self.updated_at.pop();
            self.updated_at.push_str("+00:00");
        }
        self
    }
}

/// A history that was changed or brought back.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryDone {
    /// A sentence.
    pub message: String,
    /// The history as it is now.
    #[schema(value_type = HistoryView<'static>)]
    pub history: Written,
}

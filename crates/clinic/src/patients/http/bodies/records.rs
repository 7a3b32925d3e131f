//! JSON of medical records.

use platform::db::{DbResult, Row};
use platform::http::Field;
use platform::types::time::{WireDate, WireMoment};
use serde::Serialize;
use utoipa::ToSchema;

use super::diagnoses::DiagnosisView;
use super::patients::{Eyes, PatientView, full_name};

/// Fields of a medical record.
pub const RECORD_FIELDS: &[Field] = &[
    Field::new("patient_id").aliases(&["patient"]).required(),
    Field::new("diagnose_id").aliases(&["diagnose", "diagnosis_id", "diagnosis"]).required(),
    Field::new("diagnosis_date").required(),
    Field::new("symptoms"),
    Field::new("treatment"),
    Field::new("notes"),
    Field::new("status"),
];

/// A medical record with its patient and diagnosis.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordView<'r> {
    /// Id.
    pub id: i64,
    /// The patient.
    pub patient: PatientView<'r>,
    /// The diagnosis.
    pub diagnose: DiagnosisView<'r>,
    /// The day of the diagnosis.
    pub diagnosis_date: WireDate,
    /// Symptoms.
    pub symptoms: Option<&'r str>,
    /// Treatment.
    pub treatment: Option<&'r str>,
    /// Notes.
    pub notes: Option<&'r str>,
    /// State: `active`, `resolved` or whatever the clinic says.
    pub status: &'r str,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

impl<'r> RecordView<'r> {
    /// Reads a row of `queries::records::find`.
    pub fn read(row: &Row<'r>, eyes: Eyes) -> DbResult<Self> {
        Ok(Self {
            patient: PatientView::read(row, eyes)?,
            diagnose: DiagnosisView::read(row)?,
            id: row.get("mr_id")?,
            diagnosis_date: row.get("mr_date")?,
            symptoms: row.get("mr_symptoms")?,
            treatment: row.get("mr_treatment")?,
            notes: row.get("mr_notes")?,
            status: row.get("mr_status")?,
            created_at: row.get("mr_created_at")?,
            updated_at: row.get("mr_updated_at")?,
            deleted_at: row.get("mr_deleted_at")?,
        })
    }
}

/// A medical record in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordRow<'r> {
    /// Id.
    pub id: i64,
    /// Patient id.
    pub patient: i64,
    /// The patient's full name.
    pub patient_name: String,
    /// Diagnosis id.
    pub diagnose: i64,
    /// The diagnosis' name.
    pub diagnose_name: &'r str,
    /// The diagnosis' code.
    pub diagnose_code: &'r str,
    /// The day of the diagnosis.
    pub diagnosis_date: WireDate,
    /// State.
    pub status: &'r str,
    /// When it was made.
    pub created_at: WireMoment,
}

impl<'r> RecordRow<'r> {
    /// Reads a row of `queries::records::list`.
    pub fn read(row: &Row<'r>) -> DbResult<Self> {
        Ok(Self {
            id: row.get("id")?,
            patient: row.get("patient_id")?,
            patient_name: full_name(
                row.get("patient_first")?,
                row.get("patient_paternal")?,
                row.get("patient_maternal")?,
            ),
            diagnose: row.get("diagnose_id")?,
            diagnose_name: row.get("diagnose_name")?,
            diagnose_code: row.get("diagnose_code")?,
            diagnosis_date: row.get("diagnosis_date")?,
            status: row.get("status")?,
            created_at: row.get("created_at")?,
        })
    }
}

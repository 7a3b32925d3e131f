//! JSON of this module: fields in, views out.

mod diagnoses;
mod patients;
mod records;

pub use diagnoses::{DIAGNOSIS_FIELDS, DiagnosisCountView, DiagnosisMadeView, DiagnosisView};
pub use patients::{Eyes, FIELDS, PatientRow, PatientView};
pub use records::{RECORD_FIELDS, RecordRow, RecordView};

//! Patients, the catalogue of diagnoses, and the records that join them.

use platform::db::{Column, Index, Table, Unique};
use platform::id_types;

id_types! {
    /// A patient.
    PatientId,
    /// A diagnosis of the catalogue.
    DiagnosisId,
    /// A medical record.
    MedicalRecordId,
}

/// Patients. A document is unique within its type; `document_type_key` is the type's id, or 0 for none, since a
/// unique index lets any number of NULLs pass.
pub static PATIENTS: Table = Table::new(
    "patients",
    "Patient",
    &[
        Column::id(),
        Column::text("document_number", 20, "Número de documento", "Document number"),
        Column::text("last_name_paternal", 150, "Apellido paterno", "Paternal surname")
            .null()
            .folded(),
        Column::text("last_name_maternal", 150, "Apellido materno", "Maternal surname")
            .null()
            .folded(),
        Column::text("name", 150, "Nombres", "Given names").folded(),
        Column::text("personal_reference", 255, "Referencia personal", "Personal reference").null(),
        Column::moment("birth_date", "Fecha de nacimiento", "Birth date").null(),
        Column::text("gender", 50, "Sexo", "Sex").null(),
        Column::text("phone1", 20, "Teléfono", "Phone").null(),
        Column::text("phone2", 20, "Otro teléfono", "Other phone").null(),
        Column::text("email", 254, "Correo", "E-mail").null().folded(),
        Column::text("ocupation", 100, "Ocupación", "Occupation").null(),
        Column::long_text("health_condition", "Estado de salud", "Health condition").null(),
        Column::long_text("address", "Dirección", "Address").null(),
        Column::reference("region_id", "regions", "Región", "Region").null(),
        Column::reference("province_id", "provinces", "Provincia", "Province").null(),
        Column::reference("district_id", "districts", "Distrito", "District").null(),
        Column::reference(
            "document_type_id",
            "document_types",
            "Tipo de documento",
            "Document type",
        )
        .null(),
        Column::row_id("document_type_key", "Clave del tipo", "Type key"),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Paciente", "Pacientes"], ["Patient", "Patients"])
.uniques(&[Unique::new(
    "uq_patients_document",
    &["document_number", "document_type_key"],
    "document_number",
)])
.indexes(&[
    Index::new(
        "ix_patients_full_name",
        &["last_name_paternal_fold", "last_name_maternal_fold", "name_fold"],
    ),
    Index::new("ix_patients_email", &["email_fold"]),
    Index::new("ix_patients_created", &["created_at"]),
])
.searched(&[
    "name",
    "last_name_paternal",
    "last_name_maternal",
    "document_number",
    "phone1",
    "phone2",
])
.counted();

/// The catalogue of diagnoses.
pub static DIAGNOSES: Table = Table::new(
    "diagnoses",
    "Diagnosis",
    &[
        Column::id(),
        Column::text("code", 255, "Código", "Code").folded(),
        Column::text("name", 255, "Nombre", "Name").folded(),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Diagnóstico", "Diagnósticos"], ["Diagnosis", "Diagnoses"])
.uniques(&[Unique::new("uq_diagnoses_code", &["code_fold"], "code")])
.indexes(&[Index::new("ix_diagnoses_name", &["name_fold"])])
.searched(&["code", "name"])
.counted();

/// What was found in a patient, when, and what was done about it.
pub static MEDICAL_RECORDS: Table = Table::new(
    "medical_records",
    "MedicalRecord",
    &[
        Column::id(),
        Column::reference("patient_id", "patients", "Paciente", "Patient"),
        Column::reference("diagnose_id", "diagnoses", "Diagnóstico", "Diagnosis"),
        Column::date("diagnosis_date", "Fecha del diagnóstico", "Date of diagnosis"),
        Column::long_text("symptoms", "Síntomas", "Symptoms").null(),
        Column::long_text("treatment", "Tratamiento", "Treatment").null(),
        Column::long_text("notes", "Notas", "Notes").null(),
        Column::text("status", 20, "Estado", "Status"),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Historial Médico", "Historiales Médicos"], ["Medical record", "Medical records"])
.uniques(&[Unique::live(
    "uq_medical_records_day",
    &["patient_id", "diagnose_id", "diagnosis_date"],
    "non_field_errors",
)])
.indexes(&[
    Index::new("ix_medical_records_patient", &["patient_id", "diagnosis_date"]),
    Index::new("ix_medical_records_diagnose", &["diagnose_id"]),
    Index::new("ix_medical_records_date", &["diagnosis_date", "created_at"]),
    Index::new("ix_medical_records_status", &["status"]),
])
.searched(&["symptoms", "treatment"])
.counted();

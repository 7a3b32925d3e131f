//! Therapists.

use platform::db::{Column, Index, OnDelete, Table, Unique};
use platform::id_types;

id_types! {
    /// A therapist.
    TherapistId,
}

/// Therapists. One may be linked to the user who logs in.
pub static THERAPISTS: Table = Table::new(
    "therapists",
    "Therapist",
    &[
        Column::id(),
        Column::reference(
            "document_type_id",
            "document_types",
            "Tipo de documento",
            "Document type",
        ),
        Column::text("document_number", 20, "Número de documento", "Document number"),
        Column::text("last_name_paternal", 150, "Apellido paterno", "Paternal surname").folded(),
        Column::text("last_name_maternal", 150, "Apellido materno", "Maternal surname").folded(),
        Column::text("first_name", 150, "Nombres", "Given names").folded(),
        Column::moment("birth_date", "Fecha de nacimiento", "Birth date").null(),
        Column::text("gender", 50, "Sexo", "Sex").null(),
        Column::text("personal_reference", 255, "Referencia personal", "Personal reference").null(),
        Column::bool("is_active", "Activo", "Active"),
        Column::text("phone", 20, "Teléfono", "Phone").null(),
        Column::text("email", 254, "Correo", "E-mail"),
        Column::reference("region_id", "regions", "Región", "Region"),
        Column::reference("province_id", "provinces", "Provincia", "Province"),
        Column::reference("district_id", "districts", "Distrito", "District"),
        Column::long_text("address", "Dirección", "Address").null(),
        Column::text("profile_picture", 255, "Foto", "Picture").null(),
        Column::text("license_number", 100, "Colegiatura", "Licence number").null(),
        Column::text("ocupation", 100, "Especialidad", "Specialty").null(),
        Column::reference("user_id", "users", "Usuario", "User")
            .null()
            .on_delete(OnDelete::SetNull),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Terapeuta", "Terapeutas"], ["Therapist", "Therapists"])
.uniques(&[
    Unique::new("uq_therapists_document", &["document_number"], "document_number"),
    Unique::new("uq_therapists_user", &["user_id"], "user"),
])
.indexes(&[
    Index::new("ix_therapists_name", &["first_name_fold", "last_name_paternal_fold"]),
    Index::new("ix_therapists_deleted", &["deleted_at"]),
])
.searched(&[
    "first_name",
    "last_name_paternal",
    "last_name_maternal",
    "document_number",
    "email",
    "phone",
    "address",
])
.counted();

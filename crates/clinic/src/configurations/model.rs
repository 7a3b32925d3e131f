//! Catalogues of the clinic (document and payment types, payment statuses, prices) and patient histories.

use platform::db::{Column, Index, Table, Unique};
use platform::id_types;

id_types! {
    /// A kind of identity document.
    DocumentTypeId,
    /// A way to pay.
    PaymentTypeId,
    /// A state of payment.
    PaymentStatusId,
    /// A price of the price list.
    PredeterminedPriceId,
    /// A patient's history.
    HistoryId,
}

/// Kinds of identity documents.
pub static DOCUMENT_TYPES: Table = Table::new(
    "document_types",
    "DocumentType",
    &[
        Column::id(),
        Column::text("name", 50, "Nombre", "Name").folded(),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Tipo de Documento", "Tipos de Documentos"], ["Document type", "Document types"])
.uniques(&[Unique::new("uq_document_types_name", &["name_fold"], "name")]);

/// Ways to pay.
pub static PAYMENT_TYPES: Table = Table::new(
    "payment_types",
    "PaymentType",
    &[
        Column::id(),
        Column::text("name", 50, "Nombre", "Name").folded(),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Tipo de Pago", "Tipos de Pago"], ["Payment type", "Payment types"])
.uniques(&[Unique::new("uq_payment_types_name", &["name_fold"], "name")]);

/// States of payment.
pub static PAYMENT_STATUSES: Table = Table::new(
    "payment_status",
    "PaymentStatus",
    &[
        Column::id(),
        Column::text("name", 100, "Nombre", "Name").folded(),
        Column::text("description", 255, "Descripción", "Description").null(),
        Column::deleted_at(),
    ],
)
.label(["Estado de pago", "Estados de pago"], ["Payment status", "Payment statuses"])
.uniques(&[Unique::new("uq_payment_status_name", &["name_fold"], "name")]);

/// The price list.
pub static PREDETERMINED_PRICES: Table = Table::new(
    "predetermined_prices",
    "PredeterminedPrice",
    &[
        Column::id(),
        Column::text("name", 100, "Nombre", "Name").folded(),
        Column::decimal("price", 8, 2, "Precio", "Price").min(0),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Precio Predeterminado", "Precios Predeterminados"], ["Price", "Price list"])
.indexes(&[Index::new("ix_predetermined_prices_name", &["name_fold"])]);

/// A patient's history: at most one live one each.
pub static HISTORIES: Table = Table::new(
    "histories",
    "History",
    &[
        Column::id(),
        Column::reference("patient_id", "patients", "Paciente", "Patient"),
        Column::bool("testimony", "Testimonio", "Testimony"),
        Column::long_text("private_observation", "Observación privada", "Private observation")
            .null(),
        Column::long_text("observation", "Observación", "Observation").null(),
        Column::decimal("height", 7, 3, "Talla", "Height").null().min(0),
        Column::decimal("weight", 6, 3, "Peso", "Weight").null().min(0),
        Column::decimal("last_weight", 6, 3, "Último peso", "Last weight").null().min(0),
        Column::bool("menstruation", "Menstruación", "Menstruation"),
        Column::text("diu_type", 255, "Tipo de DIU", "IUD type").null(),
        Column::bool("gestation", "Gestación", "Gestation"),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Historial", "Historiales"], ["History", "Histories"])
.uniques(&[Unique::live("uq_histories_patient", &["patient_id"], "patient")])
.indexes(&[
    Index::new("ix_histories_patient", &["patient_id"]),
    Index::new("ix_histories_created", &["created_at"]),
]);

//! Appointments, the catalogue of their statuses, and the tickets they are paid with.

use platform::db::{Column, Index, OnDelete, Table, Unique};
use platform::id_types;

id_types! {
    /// An appointment.
    AppointmentId,
    /// A status of the catalogue.
    AppointmentStatusId,
    /// A ticket.
    TicketId,
}

/// States of an appointment, as the contract writes them.
pub mod status {
    /// Booked.
    pub const PENDING: &str = "PENDIENTE";
    /// The patient is here.
    pub const ACTIVE: &str = "ACTIVO";
    /// Took place.
    pub const COMPLETED: &str = "COMPLETADO";
    /// Called off.
    pub const CANCELLED: &str = "CANCELADO";
    /// The patient did not come.
    pub const NO_SHOW: &str = "NO_ASISTIO";
    /// All of them.
    pub const ALL: &[&str] = &[PENDING, ACTIVE, COMPLETED, CANCELLED, NO_SHOW];
}

/// States of a ticket.
pub mod ticket_status {
    /// Not paid yet.
    pub const PENDING: &str = "pending";
    /// Paid.
    pub const PAID: &str = "paid";
    /// Called off before it was paid.
    pub const CANCELLED: &str = "cancelled";
    /// Paid and given back.
    pub const REFUNDED: &str = "refunded";
    /// All of them.
    pub const ALL: &[&str] = &[PENDING, PAID, CANCELLED, REFUNDED];
}

/// Ways a ticket is paid, as the contract writes them.
pub const PAYMENT_METHODS: &[&str] = &["efectivo", "tarjeta", "transferencia", "cheque", "otro"];

/// Appointments.
pub static APPOINTMENTS: Table = Table::new(
    "appointments",
    "Appointment",
    &[
        Column::id(),
        Column::reference("history_id", "histories", "Historial", "History").null(),
        Column::reference("patient_id", "patients", "Paciente", "Patient"),
        Column::reference("therapist_id", "therapists", "Terapeuta", "Therapist")
            .null()
            .on_delete(OnDelete::SetNull),
        Column::moment("appointment_date", "Fecha", "Date").null(),
        Column::time("hour", "Hora", "Hour").null(),
        Column::text("ailments", 1000, "Dolencias", "Ailments").null(),
        Column::text("diagnosis", 1000, "Diagnóstico", "Diagnosis").null(),
        Column::text("surgeries", 1000, "Cirugías", "Surgeries").null(),
        Column::text(
            "reflexology_diagnostics",
            1000,
            "Diagnóstico reflexológico",
            "Reflexology diagnosis",
        )
        .null(),
        Column::text("medications", 255, "Medicamentos", "Medications").null(),
        Column::text("observation", 255, "Observación", "Observation").null(),
        Column::date("initial_date", "Inicio del tratamiento", "Treatment begins").null(),
        Column::date("final_date", "Fin del tratamiento", "Treatment ends").null(),
        Column::text("appointment_type", 255, "Tipo de cita", "Appointment type").null(),
        Column::int("room", "Consultorio", "Room").null(),
        Column::bool("social_benefit", "Beneficio social", "Social benefit"),
        Column::text("payment_detail", 255, "Detalle del pago", "Payment detail").null(),
        Column::decimal("payment", 8, 2, "Pago", "Payment").null().min(0),
        Column::text("ticket_number", 20, "Número de ticket", "Ticket number").null(),
        Column::reference("payment_type_id", "payment_types", "Tipo de pago", "Payment type")
            .null()
            .on_delete(OnDelete::SetNull),
        Column::reference(
            "payment_status_id",
            "payment_status",
            "Estado del pago",
            "Payment status",
        )
        .null()
        .on_delete(OnDelete::SetNull),
        Column::text("appointment_status", 20, "Estado", "Status").choices(status::ALL),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Cita", "Citas"], ["Appointment", "Appointments"])
.indexes(&[
    Index::new("ix_appointments_date", &["appointment_date", "hour"]),
    Index::new("ix_appointments_patient", &["patient_id", "appointment_date", "hour"]),
    Index::new("ix_appointments_therapist", &["therapist_id", "appointment_date", "hour"]),
    Index::new("ix_appointments_room", &["room", "appointment_date", "hour"]),
    Index::new("ix_appointments_status", &["appointment_status", "appointment_date", "hour"]),
    Index::new("ix_appointments_type", &["appointment_type", "appointment_date"]),
    Index::new("ix_appointments_ticket", &["ticket_number"]),
    Index::new("ix_appointments_created", &["created_at"]),
    Index::new("ix_appointments_updated", &["updated_at"]),
])
.searched(&["ailments", "diagnosis", "observation"])
.counted();

/// The catalogue of appointment statuses; appointments name theirs as text.
pub static APPOINTMENT_STATUSES: Table = Table::new(
    "appointment_statuses",
    "AppointmentStatus",
    &[
        Column::id(),
        Column::text("name", 50, "Nombre", "Name").folded(),
        Column::long_text("description", "Descripción", "Description").null().folded(),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Estado de Cita", "Estados de Citas"], ["Appointment status", "Appointment statuses"])
.uniques(&[Unique::new("uq_appointment_statuses_name", &["name_fold"], "name")]);

/// Tickets: one live one an appointment, numbered without gaps.
pub static TICKETS: Table = Table::new(
    "tickets",
    "Ticket",
    &[
        Column::id(),
        Column::reference("appointment_id", "appointments", "Cita", "Appointment"),
        Column::text("ticket_number", 50, "Número de ticket", "Ticket number"),
        Column::moment("payment_date", "Fecha de pago", "Payment date"),
        Column::decimal("amount", 10, 2, "Monto", "Amount").min(0),
        Column::text("payment_method", 50, "Método de pago", "Payment method"),
        Column::long_text("description", "Descripción", "Description").null().folded(),
        Column::text("status", 20, "Estado", "Status").choices(ticket_status::ALL),
        Column::bool("is_active", "Activo", "Active"),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Ticket", "Tickets"], ["Ticket", "Tickets"])
.uniques(&[
    Unique::new("uq_tickets_number", &["ticket_number"], "ticket_number"),
    Unique::live("uq_tickets_appointment", &["appointment_id"], "appointment"),
])
.indexes(&[
    Index::new("ix_tickets_appointment", &["appointment_id"]),
    Index::new("ix_tickets_payment_date", &["payment_date"]),
    Index::new("ix_tickets_status", &["status", "payment_date"]),
    Index::new("ix_tickets_method", &["payment_method", "payment_date"]),
    Index::new("ix_tickets_amount", &["amount"]),
    Index::new("ix_tickets_created", &["created_at"]),
    Index::new("ix_tickets_updated", &["updated_at"]),
])
.counted();

/// The last number given in each series; its row is locked by the transaction that takes the next.
pub static TICKET_SERIES: Table = Table::new(
    "ticket_series",
    "TicketSeries",
    &[
        Column::text("series", 20, "Serie", "Series"),
        Column::row_id("last_number", "Último número", "Last number"),
    ],
)
.label(["Serie de tickets", "Series de tickets"], ["Ticket series", "Ticket series"])
.key(&["series"])
.unaudited();

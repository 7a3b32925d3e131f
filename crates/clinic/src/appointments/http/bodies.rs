//! JSON of appointments, statuses and tickets.

use chrono::NaiveDate;
use platform::db::{DbResult, Row};
use platform::http::{Field, Written};
use platform::types::Money;
use platform::types::text::joined;
use platform::types::time::{Moment, WireDate, WireMoment, WireTime, stored_moment};
use serde::Serialize;
use utoipa::ToSchema;

use crate::appointments::model::ticket_status;

/// Fields of an appointment that a client may send.
pub const APPOINTMENT_FIELDS: &[Field] = &[
    Field::new("patient").column("patient_id").aliases(&["patient_id"]).required(),
    Field::new("therapist").column("therapist_id").aliases(&["therapist_id"]).required_or_null(),
    Field::new("appointment_date").required(),
    Field::new("hour").aliases(&["appointment_hour"]).required_or_null(),
    Field::new("history").column("history_id").aliases(&["history_id"]),
    Field::new("ailments"),
    Field::new("diagnosis"),
    Field::new("surgeries"),
    Field::new("reflexology_diagnostics"),
    Field::new("medications"),
    Field::new("observation"),
    Field::new("initial_date"),
    Field::new("final_date"),
    Field::new("appointment_type"),
    Field::new("room"),
    Field::new("social_benefit"),
    Field::new("payment_detail"),
    Field::new("payment"),
    Field::new("payment_type").column("payment_type_id").aliases(&["payment_type_id"]),
    Field::new("payment_status").column("payment_status_id").aliases(&["payment_status_id"]),
    Field::new("appointment_status"),
];

/// Fields of a status.
pub const STATUS_FIELDS: &[Field] = &[Field::new("name").required(), Field::new("description")];

/// Fields of a ticket.
pub const TICKET_FIELDS: &[Field] = &[
    Field::new("appointment").column("appointment_id").aliases(&["appointment_id"]).required(),
    Field::new("amount").required(),
    Field::new("payment_method").required(),
    Field::new("ticket_number").min_length(1),
    Field::new("description"),
    Field::new("status"),
];

/// An appointment.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppointmentView<'r> {
    /// Id.
    pub id: i64,
    /// History id.
    pub history: Option<i64>,
    /// Patient id.
    pub patient: i64,
    /// The patient's full name.
    pub patient_name: String,
    /// Therapist id.
    pub therapist: Option<i64>,
    /// The therapist's full name.
    pub therapist_name: Option<String>,
    /// The day, as its midnight UTC.
    pub appointment_date: Option<WireMoment>,
    /// Hour on the clinic's clock.
    pub hour: Option<WireTime>,
    /// What the patient complains of.
    pub ailments: Option<&'r str>,
    /// What was found.
    pub diagnosis: Option<&'r str>,
    /// Surgeries.
    pub surgeries: Option<&'r str>,
    /// What reflexology found.
    pub reflexology_diagnostics: Option<&'r str>,
    /// Medications.
    pub medications: Option<&'r str>,
    /// Observation.
    pub observation: Option<&'r str>,
    /// First day of the treatment.
    pub initial_date: Option<WireDate>,
    /// Last day of the treatment.
    pub final_date: Option<WireDate>,
    /// Type.
    pub appointment_type: Option<&'r str>,
    /// Room.
    pub room: Option<i32>,
    /// Social benefit.
    pub social_benefit: bool,
    /// Detail of the payment.
    pub payment_detail: Option<&'r str>,
    /// Payment.
    pub payment: Option<Money>,
    /// Payment type id.
    pub payment_type: Option<i64>,
    /// The payment type's name.
    pub payment_type_name: Option<&'r str>,
    /// Payment status id.
    pub payment_status: Option<i64>,
    /// The payment status's name.
    pub payment_status_name: Option<&'r str>,
    /// Number of its ticket.
    pub ticket_number: Option<&'r str>,
    /// State.
    pub appointment_status: &'r str,
    /// Whether its day has passed.
    pub is_completed: bool,
    /// Whether its day is today or later.
    pub is_pending: bool,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

impl<'r> AppointmentView<'r> {
    /// Reads a row of `queries::appointments`; `today` is the clinic's day.
    pub fn read(row: &Row<'r>, today: NaiveDate) -> DbResult<Self> {
        let id = row.get("id")?;
        let history = row.get("history_id")?;
        let patient = row.get("patient_id")?;
        let patient_name = joined([
            row.get("patient_first")?,
            row.get("patient_paternal")?,
            row.get("patient_maternal")?,
        ]);
        let therapist: Option<i64> = row.get("therapist_id")?;
        let name = joined([
            row.get("therapist_first")?,
            row.get("therapist_paternal")?,
            row.get("therapist_maternal")?,
        ]);
        let appointment_date: Option<WireMoment> = row.get("appointment_date")?;
        let day = appointment_date.map(|moment| moment.0.date_naive());
        Ok(Self {
            id,
            history,
            patient,
            patient_name,
            therapist,
            therapist_name: therapist.map(|_| name),
            appointment_date,
            hour: row.get("hour")?,
            ailments: row.get("ailments")?,
            diagnosis: row.get("diagnosis")?,
            surgeries: row.get("surgeries")?,
            reflexology_diagnostics: row.get("reflexology_diagnostics")?,
            medications: row.get("medications")?,
            observation: row.get("observation")?,
            initial_date: row.get("initial_date")?,
            final_date: row.get("final_date")?,
            appointment_type: row.get("appointment_type")?,
            room: row.get("room")?,
            social_benefit: row.get("social_benefit")?,
            payment_detail: row.get("payment_detail")?,
            payment: row.get("payment")?,
            payment_type: row.get("payment_type_id")?,
            payment_type_name: row.get("payment_type_name")?,
            payment_status: row.get("payment_status_id")?,
            payment_status_name: row.get("payment_status_name")?,
            ticket_number: row.get("ticket_number")?,
            appointment_status: row.get("appointment_status")?,
            is_completed: day.is_some_and(|day| day < today),
            is_pending: day.is_some_and(|day| day >= today),
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
            deleted_at: row.get("deleted_at")?,
        })
    }
}

/// An appointment that was booked or changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppointmentDone {
    /// A sentence.
    pub message: String,
    /// The appointment as it is now.
    #[schema(value_type = AppointmentView<'static>)]
    pub appointment: Written,
    /// Number of its ticket.
    pub ticket_number: Option<String>,
}

/// Whether a stretch of time is free.
#[derive(Debug, Serialize, ToSchema)]
pub struct AvailabilityView {
    /// Whether it is.
    pub is_available: bool,
    /// How many visits are in the way; 0 when it is free.
    pub conflicting_appointments: usize,
}

/// A status of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "AppointmentStatus")]
pub struct StatusView {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Description.
    pub description: Option<String>,
    /// Live appointments in it.
    pub appointments_count: i64,
    /// Whether it is in use.
    pub is_active: bool,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was taken out of use, if it was.
    pub deleted_at: Option<WireMoment>,
}

impl StatusView {
    /// Reads a row of `queries::statuses`.
    pub fn read(row: &Row<'_>) -> DbResult<Self> {
        let deleted_at: Option<WireMoment> = row.get("deleted_at")?;
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            description: row.get("description")?,
            appointments_count: row.get("appointments_count")?,
            is_active: deleted_at.is_none(),
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
            deleted_at,
        })
    }
}

/// A ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketView {
    /// Id.
    pub id: i64,
    /// Appointment id.
    pub appointment: i64,
    /// The appointment in words.
    pub appointment_details: String,
    /// Number.
    pub ticket_number: String,
    /// When it was paid; until then, when it was issued.
    pub payment_date: WireMoment,
    /// Amount.
    pub amount: Money,
    /// Way to pay.
    pub payment_method: String,
    /// Description.
    pub description: Option<String>,
    /// State.
    pub status: String,
    /// Whether it is paid.
    pub is_paid: bool,
    /// Whether it waits to be paid.
    pub is_pending: bool,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

impl TicketView {
    /// Reads a row of `queries::tickets`.
    pub fn read(row: &Row<'_>) -> DbResult<Self> {
        let id = row.get("id")?;
        let appointment = row.get("appointment_id")?;
        let appointment_details =
            details(appointment, row.get("appointment_date")?, row.get("hour")?);
        let (ticket_number, payment_date) = (row.get("ticket_number")?, row.get("payment_date")?);
        let (amount, payment_method) = (row.get("amount")?, row.get("payment_method")?);
        let description = row.get("description")?;
        let status: String = row.get("status")?;
        Ok(Self {
            id,
            appointment,
            appointment_details,
            ticket_number,
            payment_date,
            amount,
            payment_method,
            description,
            is_paid: status == ticket_status::PAID,
            is_pending: status == ticket_status::PENDING,
            status,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
            deleted_at: row.get("deleted_at")?,
        })
    }
}

/// quirk: an appointment in words as the existing clients know it, with Python's date-time form and `None`.
fn details(id: i64, date: Option<Moment>, hour: Option<WireTime>) -> String {
    let date = date.map_or_else(
        || "None".to_owned(),
        |moment| {
            let text = stored_moment(moment);
            let whole = text.strip_suffix(".000000").unwrap_or(&text);
            format!("{whole}+00:00")
        },
    );
    let hour = hour.map_or_else(|| "None".to_owned(), |hour| hour.0.format("%H:%M:%S").to_string());
    format!("Cita {id} - {date} {hour}")
}

/// A ticket that was written or changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketDone {
    /// A sentence.
    pub message: String,
    /// The ticket as it is now.
    pub ticket: TicketView,
}

/// Tickets by state.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketTotalsView {
    /// All live tickets.
    pub total_tickets: i64,
    /// Paid ones.
    pub paid_tickets: i64,
    /// Pending ones.
    pub pending_tickets: i64,
    /// Cancelled ones.
    pub cancelled_tickets: i64,
    /// Share of paid ones, percent.
    pub paid_percentage: f64,
    /// What was paid. quirk: a JSON number.
    pub total_amount_paid: f64,
}

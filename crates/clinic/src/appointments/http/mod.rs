//! Routes below `/api/appointments`.

mod appointments;
mod bodies;
mod calendar;
mod statuses;
mod tickets;

use platform::http::{Access, BodyDoc, MessageView, Route, Shape};

use super::model::{APPOINTMENT_STATUSES, APPOINTMENTS, TICKETS};
use bodies::{
    APPOINTMENT_FIELDS, AppointmentDone, AppointmentView, AvailabilityView, STATUS_FIELDS,
    StatusView, TICKET_FIELDS, TicketDone, TicketTotalsView, TicketView,
};
use calendar::CalendarView;

const VIEW: Access = Access::Permission("appointments.view");
const ADD: Access = Access::Permission("appointments.add");
const CHANGE: Access = Access::Permission("appointments.change");
const DELETE: Access = Access::Permission("appointments.delete");
const RESTORE: Access = Access::Permission("appointments.restore");
const CANCEL: Access = Access::Permission("appointments.cancel");
const CHARGE: Access = Access::Permission("appointments.charge");
const TICKETS_VIEW: Access = Access::Permission("tickets.view");
const TICKETS_ADD: Access = Access::Permission("tickets.add");
const TICKETS_CHANGE: Access = Access::Permission("tickets.change");
const TICKETS_DELETE: Access = Access::Permission("tickets.delete");
const MANAGE: Access = Access::Permission("configurations.manage");

const APPOINTMENT: BodyDoc = BodyDoc::Fields(&APPOINTMENTS, APPOINTMENT_FIELDS);
const STATUS: BodyDoc = BodyDoc::Fields(&APPOINTMENT_STATUSES, STATUS_FIELDS);
const TICKET: BodyDoc = BodyDoc::Fields(&TICKETS, TICKET_FIELDS);

const PAGE: (&str, &str) = ("page", "Page, from 1");
const SIZE: (&str, &str) = ("page_size", "Rows on a page, at most 500 (also per_page)");
const LISTED: &[(&str, &str)] = &[
    ("appointment_date", "On this day"),
    ("appointment_status", "In this state"),
    ("patient", "Patient id"),
    ("therapist", "Therapist id"),
    ("appointment_type", "Of this type"),
    ("room", "In this room"),
    ("search", "Beginnings of words of texts, patient or ticket number"),
    ("ordering", "appointment_date, hour, created_at, updated_at; - for descending"),
    PAGE,
    SIZE,
];
const RANGE: &[(&str, &str)] = &[
    ("start_date", "First day"),
    ("end_date", "Last day"),
    ("appointment_status", "In this state"),
    ("patient", "Patient id"),
    ("therapist", "Therapist id"),
    PAGE,
    SIZE,
];
const MONTH: &[(&str, &str)] = &[
    ("month", "YYYY-MM, or the number beside a year; this month unless given"),
    ("year", "The year of a month that is a number"),
    ("appointment_status", "In this state"),
    ("patient", "Patient id"),
    ("therapist", "Therapist id"),
    ("appointment_type", "Of this type"),
    ("room", "In this room"),
];
const TICKETS_LISTED: &[(&str, &str)] = &[
    ("status", "In this state"),
    ("payment_method", "Paid this way"),
    ("appointment", "Appointment id"),
    ("ticket_number", "With this number"),
    ("payment_date", "With a payment date on this day"),
    ("search", "Beginning of the number, or part of the description"),
    ("ordering", "payment_date, amount, created_at, updated_at; - for descending"),
    PAGE,
    SIZE,
];

/// The route table.
pub fn routes() -> Vec<Route> {
    let mut routes = appointment_routes();
    routes.extend(status_routes());
    routes.extend(ticket_routes());
    routes
}

/// What this module tells of patients, below their prefix.
pub fn of_patients() -> Vec<Route> {
    vec![
        Route::get("/patients/{id}/appointments/", VIEW, appointments::of_patient)
            .summary("A patient's appointments, the latest first")
            .query(LISTED)
            .answers::<AppointmentView<'_>>(200, Shape::Page),
    ]
}

fn appointment_routes() -> Vec<Route> {
    use appointments as handle;
    vec![
        Route::get("/", Access::Authenticated, handle::root).summary("What this module offers"),
        Route::get("/appointments/", VIEW, handle::list)
            .summary("Appointments, the latest first")
            .query(LISTED)
            .answers::<AppointmentView<'_>>(200, Shape::Page),
        Route::post("/appointments/", ADD, handle::create)
            .summary("Book a visit; its ticket is issued with it")
            .body(APPOINTMENT)
            .answers::<AppointmentDone>(201, Shape::One),
        Route::get("/appointments/completed/", VIEW, handle::completed)
            .summary("Visits of days that have passed, without those called off")
            .query(LISTED)
            .answers::<AppointmentView<'_>>(200, Shape::Page),
        Route::get("/appointments/pending/", VIEW, handle::pending)
            .summary("Visits of today and later, without those called off")
            .query(LISTED)
            .answers::<AppointmentView<'_>>(200, Shape::Page),
        Route::get("/appointments/by_date_range/", VIEW, handle::by_date_range)
            .summary("Visits from one day to another, both included")
            .query(RANGE)
            .answers::<AppointmentView<'_>>(200, Shape::Page),
        Route::get("/appointments/calendar/", VIEW, calendar::show)
            .summary("A month: every day of it with its number of visits and the visits")
            .query(MONTH)
            .answers::<CalendarView>(200, Shape::One),
        Route::get("/appointments/check_availability/", VIEW, handle::check_availability)
            .summary("Whether a stretch of time is free, for a therapist, a room, or for anybody")
            .query(&[
                ("date", "Day"),
                ("hour", "HH:MM"),
                ("duration", "Minutes, 60 unless given"),
                ("therapist", "Therapist id"),
                ("room", "Room"),
            ])
            .answers::<AvailabilityView>(200, Shape::One),
        Route::get("/appointments/{id}/", VIEW, handle::show)
            .summary("One appointment")
            .answers::<AppointmentView<'_>>(200, Shape::One),
        Route::put("/appointments/{id}/", CHANGE, handle::change)
            .summary("Change an appointment")
            .body(APPOINTMENT)
            .answers::<AppointmentDone>(200, Shape::One),
        Route::patch("/appointments/{id}/", CHANGE, handle::change)
            .summary("Change an appointment")
            .body(APPOINTMENT)
            .answers::<AppointmentDone>(200, Shape::One),
        Route::delete("/appointments/{id}/", DELETE, handle::destroy)
            .summary("Remove an appointment with its ticket")
            .answers::<MessageView>(200, Shape::One),
        Route::post("/appointments/{id}/restore/", RESTORE, handle::restore)
            .summary("Bring a removed appointment back with its ticket")
            .answers::<AppointmentDone>(200, Shape::One),
        Route::post("/appointments/{id}/cancel/", CANCEL, handle::cancel)
            .summary("Call a visit off with its ticket")
            .answers::<MessageView>(200, Shape::One),
        Route::post("/appointments/{id}/reschedule/", CHANGE, handle::reschedule)
            .summary("Move a visit to another day and hour")
            .body(BodyDoc::Texts(&[("appointment_date", true), ("hour", true)]))
            .answers::<MessageView>(200, Shape::One),
    ]
}

fn status_routes() -> Vec<Route> {
    use statuses as handle;
    vec![
        Route::get("/appointment-statuses/", VIEW, handle::list)
            .summary("The catalogue of statuses by name")
            .query(&[
                ("name", "With this name"),
                ("is_active", "In use or not"),
                ("search", "Part of the name or the description"),
                ("ordering", "name, created_at, updated_at; - for descending"),
                PAGE,
                SIZE,
            ])
            .answers::<StatusView>(200, Shape::Page),
        Route::post("/appointment-statuses/", MANAGE, handle::create)
            .summary("Add a status")
            .body(STATUS)
            .answers::<StatusView>(201, Shape::One),
        Route::get("/appointment-statuses/active/", VIEW, handle::active)
            .summary("Statuses in use")
            .answers::<StatusView>(200, Shape::List),
        Route::get("/appointment-statuses/{id}/", VIEW, handle::show)
            .summary("One status")
            .answers::<StatusView>(200, Shape::One),
        Route::put("/appointment-statuses/{id}/", MANAGE, handle::replace)
            .summary("Replace a status")
            .body(STATUS)
            .answers::<StatusView>(200, Shape::One),
        Route::patch("/appointment-statuses/{id}/", MANAGE, handle::patch)
            .summary("Change a status")
            .body(STATUS)
            .answers::<StatusView>(200, Shape::One),
        Route::delete("/appointment-statuses/{id}/", MANAGE, handle::destroy)
            .summary("Take a status out of use")
            .answers_nothing(204),
        Route::post("/appointment-statuses/{id}/activate/", MANAGE, handle::activate)
            .summary("Put a status back into use")
            .answers::<StatusView>(200, Shape::One),
        Route::post("/appointment-statuses/{id}/deactivate/", MANAGE, handle::deactivate)
            .summary("Take a status out of use")
            .answers::<StatusView>(200, Shape::One),
        Route::get("/appointment-statuses/{id}/appointments/", VIEW, handle::appointments)
            .summary("The latest appointments in this status")
            .answers::<AppointmentView<'_>>(200, Shape::List),
    ]
}

fn ticket_routes() -> Vec<Route> {
    use tickets as handle;
    vec![
        Route::get("/tickets/", TICKETS_VIEW, handle::list)
            .summary("Tickets, the latest payment first")
            .query(TICKETS_LISTED)
            .answers::<TicketView>(200, Shape::Page),
        Route::post("/tickets/", TICKETS_ADD, handle::create)
            .summary("Write a ticket for an appointment that has none")
            .body(TICKET)
            .answers::<TicketDone>(201, Shape::One),
        Route::get("/tickets/paid/", TICKETS_VIEW, handle::paid)
            .summary("Paid tickets")
            .query(TICKETS_LISTED)
            .answers::<TicketView>(200, Shape::Page),
        Route::get("/tickets/pending/", TICKETS_VIEW, handle::pending)
            .summary("Pending tickets")
            .query(TICKETS_LISTED)
            .answers::<TicketView>(200, Shape::Page),
        Route::get("/tickets/cancelled/", TICKETS_VIEW, handle::cancelled)
            .summary("Cancelled tickets, the latest first")
            .query(&[("payment_date", "With a payment date on this day")])
            .answers::<TicketView>(200, Shape::List),
        Route::get("/tickets/by_payment_method/", TICKETS_VIEW, handle::by_payment_method)
            .summary("Tickets paid one way")
            .query(TICKETS_LISTED)
            .answers::<TicketView>(200, Shape::Page),
        Route::get("/tickets/by_ticket_number/", TICKETS_VIEW, handle::by_ticket_number)
            .summary("The ticket with a number")
            .query(&[("ticket_number", "Its number")])
            .answers::<TicketView>(200, Shape::One),
        Route::get("/tickets/statistics/", TICKETS_VIEW, handle::statistics)
            .summary("Tickets by state, and what was paid")
            .answers::<TicketTotalsView>(200, Shape::One),
        Route::get("/tickets/{id}/", TICKETS_VIEW, handle::show)
            .summary("One ticket")
            .answers::<TicketView>(200, Shape::One),
        Route::put("/tickets/{id}/", TICKETS_CHANGE, handle::change)
            .summary("Change a ticket")
            .body(TICKET)
            .answers::<TicketDone>(200, Shape::One),
        Route::patch("/tickets/{id}/", TICKETS_CHANGE, handle::change)
            .summary("Change a ticket")
            .body(TICKET)
            .answers::<TicketDone>(200, Shape::One),
        Route::delete("/tickets/{id}/", TICKETS_DELETE, handle::destroy)
            .summary("Remove a ticket from the lists")
            .answers::<MessageView>(200, Shape::One),
        Route::post("/tickets/{id}/mark_as_paid/", CHARGE, handle::mark_as_paid)
            .summary("Take the money")
            .answers::<TicketDone>(200, Shape::One),
        Route::post("/tickets/{id}/mark_as_cancelled/", CHARGE, handle::mark_as_cancelled)
            .summary("Call a ticket off; a paid one is given back")
            .answers::<TicketDone>(200, Shape::One),
    ]
}

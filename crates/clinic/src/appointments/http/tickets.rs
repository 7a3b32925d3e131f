//! Handlers of tickets.

use axum::extract::State;
use platform::app::App;
use platform::db::page::Beyond;
use platform::db::{PageRequest, Tx};
use platform::error::Result;
use platform::http::query::FAMILY_D;
use platform::http::stream::CAP;
use platform::http::{
    Answer, Body, Caller, Id, Mode, Query, Rows, Written, fields, json, message, paging, sentence,
    stream,
};
use platform::i18n::Text;
use platform::types::Money;
use rust_decimal::prelude::ToPrimitive;

use super::bodies::{TICKET_FIELDS, TicketDone, TicketTotalsView, TicketView};
use crate::appointments::model::{TICKETS, ticket_status};
use crate::appointments::queries::tickets::{self as queries, Listed};
use crate::appointments::service::tickets as service;

pub async fn list(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let listed = listed(&mut query);
    page(&app, &caller, query, listed).await
}

pub async fn paid(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let listed = Listed { status: Some(ticket_status::PAID.to_owned()), ..listed(&mut query) };
    page(&app, &caller, query, listed).await
}

pub async fn pending(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let listed = Listed { status: Some(ticket_status::PENDING.to_owned()), ..listed(&mut query) };
    page(&app, &caller, query, listed).await
}

pub async fn by_payment_method(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    query.required("payment_method");
    let listed = listed(&mut query);
    page(&app, &caller, query, listed).await
}

fn listed(query: &mut Query) -> Listed {
    let text = |query: &Query, name: &str| query.text(name).map(str::to_owned);
    let status = text(query, "status");
    if let Some(value) = status.as_deref().filter(|value| !ticket_status::ALL.contains(value)) {
        let message = Text::key("error.invalid_choice").with("value", value);
        query.complain("status", "invalid_choice", message);
    }
    Listed {
        deleted: query.flag("is_active") == Some(false),
        status,
        payment_method: text(query, "payment_method").map(|method| method.to_lowercase()),
        appointment: query.id("appointment"),
        ticket_number: text(query, "ticket_number"),
        payment_day: query.day("payment_date"),
        search: text(query, "search"),
        ordering: text(query, "ordering"),
    }
}

async fn page(app: &App, caller: &Caller, mut query: Query, listed: Listed) -> Answer {
    let wanted = query.page(FAMILY_D);
    query.finish()?;
    paging::answer(app, caller, query, move |conn, rows| {
        queries::list(conn, &listed, wanted, |row| rows.push(&TicketView::read(row)?))
    })
    .await
}

pub async fn cancelled(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let listed = Listed {
        status: Some(ticket_status::CANCELLED.to_owned()),
        payment_day: query.day("payment_date"),
        ..Listed::default()
    };
    query.finish()?;
    let whole = PageRequest { number: 1, size: CAP, beyond: Beyond::Last };
    let (mut answer, total) = app
        .db()
        .read(move |conn| {
            let mut rows = Rows::default();
            let page =
                queries::list(conn, &listed, whole, |row| rows.push(&TicketView::read(row)?))?;
            Ok((rows.array(), page.map_or(0, |page| page.count)))
        })
        .await?;
    stream::say_length(&mut answer, &caller, &query, total);
    Ok(answer)
}

pub async fn by_ticket_number(State(app): State<App>, mut query: Query) -> Answer {
    let number = query.required("ticket_number");
    query.finish()?;
    let found = app
        .db()
        .read(move |conn| Ok(queries::find_by_number(conn, &number, TicketView::read)?))
        .await?;
    Ok(json(200, &found.ok_or_else(service::absent)?))
}

pub async fn statistics(State(app): State<App>) -> Answer {
    let totals = app.db().read(|conn| Ok(queries::totals(conn)?)).await?;
    let of = |status: &str| totals.by_status.iter().find(|(name, _, _)| name == status);
    let number = |status: &str| of(status).map_or(0, |(_, number, _)| *number);
    let total: i64 = totals.by_status.iter().map(|(_, number, _)| number).sum();
    let paid = number(ticket_status::PAID);
    let amount = of(ticket_status::PAID).map_or(Money::ZERO, |(_, _, amount)| *amount);
    let share = if total == 0 {
        0.0
    } else {
        paid.to_f64().unwrap_or(0.0) / total.to_f64().unwrap_or(1.0) * 100.0
    };
    Ok(json(
        200,
        &TicketTotalsView {
            total_tickets: total,
            paid_tickets: paid,
            pending_tickets: number(ticket_status::PENDING),
            cancelled_tickets: number(ticket_status::CANCELLED),
            paid_percentage: share,
            total_amount_paid: amount.decimal().to_f64().unwrap_or(0.0),
        },
    ))
}

pub async fn create(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let changes = fields::read(&TICKETS, TICKET_FIELDS, &body, Mode::Create)?;
    let ticket = app
        .write(&caller, move |tx| {
            let id = service::create(tx, &changes)?;
            view(tx, id)
        })
        .await
        .map_err(|error| fields::by_key(error, TICKET_FIELDS))?;
    Ok(json(
        201,
        &TicketDone { message: sentence(&app, &caller, "appointments.ticket_created"), ticket },
    ))
}

pub async fn show(State(app): State<App>, Id(id): Id) -> Answer {
    paging::answer_one(&app, service::absent, move |conn| {
        queries::find(conn, id, |row| Written::of(&TicketView::read(row)?))
    })
    .await
}

pub async fn change(State(app): State<App>, caller: Caller, Id(id): Id, body: Body) -> Answer {
    let mut changes = fields::read(&TICKETS, TICKET_FIELDS, &body, Mode::Patch)?;
    // A ticket stays with its appointment.
    changes.remove("appointment_id");
    act(&app, &caller, "appointments.ticket_updated", move |tx| {
        service::change(tx, id, &changes)?;
        view(tx, id)
    })
    .await
}

pub async fn destroy(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    app.write(&caller, move |tx| service::remove(tx, id)).await?;
    Ok(message(&app, &caller, 200, "appointments.ticket_deleted"))
}

pub async fn mark_as_paid(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    act(&app, &caller, "appointments.ticket_paid", move |tx| {
        service::pay(tx, id)?;
        view(tx, id)
    })
    .await
}

pub async fn mark_as_cancelled(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    act(&app, &caller, "appointments.ticket_cancelled", move |tx| {
        service::call_off(tx, id)?;
        view(tx, id)
    })
    .await
}

async fn act<F>(app: &App, caller: &Caller, key: &'static str, work: F) -> Answer
where
    F: Fn(&mut Tx<'_>) -> Result<TicketView> + Send + 'static,
{
    let ticket =
        app.write(caller, work).await.map_err(|error| fields::by_key(error, TICKET_FIELDS))?;
    Ok(json(200, &TicketDone { message: sentence(app, caller, key), ticket }))
}

fn view(tx: &mut Tx<'_>, id: i64) -> Result<TicketView> {
    queries::find(tx, id, TicketView::read)?.ok_or_else(service::absent)
}

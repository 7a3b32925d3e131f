//! Looks at what is there, makes the clinic up, and writes it in chunks.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use platform::app::App;
use platform::auth::{password, random_token};
use platform::db::{Changes, Tx};
use platform::error::{Refusal, Result};
use platform::i18n::Text;
use platform::types::fold;
use platform::types::time::Moment;

use super::accounts;
use super::calendar::{Quotas, first_day, moment, slot_time, working_days};
use super::people::{People, Places};
use super::random::Random;
use super::visits::{Book, Catalogues, Member};
use super::words::Words;
use crate::{appointments, configurations, locations, patients, therapists};

const ORIGIN: &str = "seeddemo";
/// Rows a transaction.
const CHUNK: usize = 4_000;

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Patients.
    pub patients: u32,
    /// Appointments, each with a ticket.
    pub appointments: u32,
    /// Therapists, each with a room.
    pub therapists: u32,
    /// What chance begins with.
    pub seed: u64,
}

/// What was made.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// Therapists.
    pub therapists: usize,
    /// Patients.
    pub patients: usize,
    /// Histories.
    pub histories: usize,
    /// Appointments, and as many tickets.
    pub appointments: usize,
    /// Addresses of the users made, and their password.
    pub users: Vec<String>,
    /// The one password of these users.
    pub password: String,
}

/// What is there already.
#[derive(Debug)]
struct Ground {
    places: Vec<locations::DistrictPlace>,
    dni: i64,
    taken: HashSet<u32>,
    last_room: i64,
    catalogues: Catalogues,
}

/// Makes the clinic up and writes it; `told` hears how many patients and appointments came along.
pub fn run(app: &App, plan: &Plan, told: &mut dyn FnMut(usize)) -> Result<Made> {
    let (now, today, zone) = (app.clock().now(), app.today(), app.config().time_zone);
    let mut random = Random::new(plan.seed);
    let ground = app.write_blocking(ORIGIN, true, look)?;
    let words = Words::load();
    let places = Places::new(ground.places);
    let mut people =
        People { words: &words, places: &places, dni: ground.dni, taken: ground.taken, today };

    // Nothing is written before it is sure that all of it has room.
    let arrivals = arrivals(&mut random, plan.patients, today);
    let since: Vec<Moment> = arrivals
        .iter()
        .map(|day| moment(zone, *day, slot_time(random.index(10), random.percent(50))))
        .collect();
    let members = arrivals.iter().zip(&since);
    let mut book = Book {
        words: &words,
        catalogues: &ground.catalogues,
        members: members
            .map(|(day, since)| Member {
                id: 0,
                history: None,
                since: *since,
                since_day: *day,
                visited: None,
            })
            .collect(),
        therapists: (1..=i64::from(plan.therapists))
            .map(|number| (0, ground.last_room + number))
            .collect(),
        zone,
        now,
    };
    let days: Vec<_> =
        working_days(today).into_iter().map(|day| (day, book.capacity(day))).collect();
    let Some(mut quotas) = Quotas::new(today, &days, plan.appointments.into()) else {
        let most: u64 = days.iter().map(|(_, capacity)| capacity).sum();
        return Err(Refusal::field(
            "appointments",
            "max_value",
            Text::key("demo.too_many").with("most", most),
        )
        .into());
    };

    let mut made = Made { password: random_token()?.chars().take(16).collect(), ..Made::default() };
    let hash = password::hash(&made.password)?;
    let accounts = app.write_blocking(ORIGIN, true, move |tx| accounts::make(tx, &hash))?;
    made.users = accounts.emails;

    let opened = moment(zone, first_day(today) - Days::new(60), slot_time(0, false));
    let mut rows = Vec::new();
    for number in 0..plan.therapists {
        let user = accounts.therapist.filter(|_| number == 0);
        rows.push(people.therapist(&mut random, opened, user));
    }
    made.therapists = rows.len();
    let first = write(app, rows, therapists::import)?;
    for (id, therapist) in (first..).zip(&mut book.therapists) {
        therapist.0 = id;
    }

    for chunk in book.members.chunks_mut(CHUNK) {
        made.histories += write_patients(app, &mut people, &mut random, chunk)?;
        made.patients += chunk.len();
        told(chunk.len());
    }

    let mut rows = Vec::new();
    for (index, (day, _)) in days.iter().enumerate() {
        let quota = quotas.take(index, &mut random);
        rows.extend(book.day(&mut random, *day, quota));
        if rows.len() >= CHUNK || index + 1 == days.len() {
            let chunk = std::mem::take(&mut rows);
            let count = chunk.len();
            if count > 0 {
                app.write_blocking(ORIGIN, true, move |tx| {
                    appointments::import(tx, chunk.clone())
                })?;
            }
            made.appointments += count;
            told(count);
        }
    }
    Ok(made)
}

/// Reads what the rest builds on; brings the geography in if there is none.
fn look(tx: &mut Tx<'_>) -> Result<Ground> {
    let mut places = locations::district_places(tx)?;
    if places.is_empty() {
        locations::import_embedded(tx)?;
        places = locations::district_places(tx)?;
    }
    let dni = by_name(&configurations::document_types(tx)?, "dni");
    let dni = dni.ok_or_else(|| Refusal::not_found("demo.no_dni"))?;
    let statuses = configurations::payment_statuses(tx)?;
    let numbers =
        patients::document_numbers(tx)?.into_iter().chain(therapists::document_numbers(tx)?);
    let payment_types = configurations::payment_types(tx)?;
    Ok(Ground {
        places,
        dni,
        taken: numbers.filter_map(|number| number.parse().ok()).collect(),
        last_room: appointments::last_room(tx)?,
        catalogues: Catalogues {
            payment_types: payment_types
                .into_iter()
                .map(|(id, name)| (id, method(&name)))
                .collect(),
            pending: by_name(&statuses, "pendiente"),
            paid: by_name(&statuses, "pagado"),
            cancelled: by_name(&statuses, "cancelado"),
        },
    })
}

fn by_name(entries: &[(i64, String)], folded: &str) -> Option<i64> {
    entries.iter().find(|(_, name)| fold(name) == folded).map(|(id, _)| *id)
}

/// What a ticket calls a way to pay of the catalogue.
fn method(name: &str) -> &'static str {
    let known = crate::appointments::model::PAYMENT_METHODS;
    let folded = fold(name);
    known.iter().copied().find(|method| *method == folded).unwrap_or("otro")
}

/// The days patients first came, in order: some before the first visit, the others ever since, none today.
fn arrivals(random: &mut Random, patients: u32, today: NaiveDate) -> Vec<NaiveDate> {
    let first = first_day(today);
    let length = (today - first).num_days();
    let mut days: Vec<NaiveDate> = (0..patients)
        .map(|_| {
            let back = if random.percent(20) {
                length + random.between(1, 45)
            } else {
                random.between(1, length)
            };
            today - Days::new(u64::try_from(back).unwrap_or(1))
        })
        .collect();
    days.sort_unstable();
    days
}

/// Writes a chunk of patients with their histories and notes their ids; returns how many histories.
fn write_patients(
    app: &App,
    people: &mut People<'_>,
    random: &mut Random,
    chunk: &mut [Member],
) -> Result<usize> {
    let rows = chunk.iter().map(|member| people.patient(random, member.since)).collect();
    let first = write(app, rows, patients::import)?;
    let mut histories = Vec::new();
    let mut owners = Vec::new();
    for (id, member) in (first..).zip(chunk) {
        member.id = id;
        if let Some(history) = people.history(random, id, member.since) {
            histories.push(history);
            owners.push(member);
        }
    }
    let count = histories.len();
    let first = write(app, histories, configurations::import_histories)?;
    for (id, owner) in (first..).zip(owners) {
        owner.history = Some(id);
    }
    Ok(count)
}

fn write(
    app: &App,
    rows: Vec<Changes>,
    import: fn(&mut Tx<'_>, Vec<Changes>) -> Result<i64>,
) -> Result<i64> {
    // The database may ask for them again, after a deadlock.
    app.write_blocking(ORIGIN, true, move |tx| import(tx, rows.clone()))
}

//! Visits day by day, each with its ticket, without anybody being in two places at once.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;
use platform::db::Changes;
use platform::types::Money;
use platform::types::time::{Moment, midnight};

use super::calendar::{SLOTS, moment, slot_time};
use super::people::pick;
use super::random::Random;
use super::words::Words;
use crate::appointments::model::{status, ticket_status};

/// A patient as the appointment book knows them.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) id: i64,
    pub(super) history: Option<i64>,
    /// When they first came to the desk.
    pub(super) since: Moment,
    /// The day of it.
    pub(super) since_day: NaiveDate,
    /// First and last visit.
    pub(super) visited: Option<(NaiveDate, NaiveDate)>,
}

/// Ids of the catalogues that visits refer to, if they are there.
#[derive(Clone, Debug, Default)]
pub(super) struct Catalogues {
    /// Ways to pay, and what a ticket calls them.
    pub(super) payment_types: Vec<(i64, &'static str)>,
    pub(super) pending: Option<i64>,
    pub(super) paid: Option<i64>,
    pub(super) cancelled: Option<i64>,
}

/// The appointment book.
#[derive(Debug)]
pub(super) struct Book<'a> {
    pub(super) words: &'a Words,
    pub(super) catalogues: &'a Catalogues,
    /// Patients in the order they came.
    pub(super) members: Vec<Member>,
    /// Therapists, each with a room of their own.
    pub(super) therapists: Vec<(i64, i64)>,
    pub(super) zone: Tz,
    pub(super) now: Moment,
}

/// Where and when a visit takes place.
struct Place {
    day: NaiveDate,
    hour: NaiveTime,
    therapist: i64,
    room: i64,
}

/// What became of a visit.
struct Outcome {
    status: &'static str,
    payment_status: Option<i64>,
    ticket: &'static str,
}

impl Book<'_> {
    /// How many patients may come on a day: those who came to the desk before it.
    fn known(&self, day: NaiveDate) -> usize {
        self.members.partition_point(|member| member.since_day < day)
    }

    /// How many visits a day can take.
    pub(super) fn capacity(&self, day: NaiveDate) -> u64 {
        u64::try_from((self.therapists.len() * SLOTS).min(self.known(day))).unwrap_or(0)
    }

    /// A day's visits in the order of the clock, each with its ticket. No patient comes twice a day, and a
    /// therapist has one beginning an hour.
    pub(super) fn day(
        &mut self,
        random: &mut Random,
        day: NaiveDate,
        quota: u64,
    ) -> Vec<(Changes, Changes)> {
        let known = self.known(day);
        let places = self.places(random, day, usize::try_from(quota).unwrap_or(0).min(known));
        let mut rows = Vec::with_capacity(places.len());
        for place in places {
            let start = random.index(known);
            let free = (start..known).chain(0..start).find(|index| {
                self.members
                    .get(*index)
                    .is_some_and(|member| member.visited.is_none_or(|(_, last)| last != day))
            });
            let Some(member) = free.and_then(|index| self.members.get_mut(index)) else { break };
            let first = member.visited.map_or(day, |(first, _)| first);
            member.visited = Some((first, day));
            let member = member.clone();
            rows.push(self.visit(random, &place, &member, first));
        }
        rows
    }

    /// Different slots of different therapists.
    fn places(&self, random: &mut Random, day: NaiveDate, count: usize) -> Vec<Place> {
        let halves: Vec<bool> = self.therapists.iter().map(|_| random.percent(40)).collect();
        let mut slots: Vec<usize> = (0..self.therapists.len() * SLOTS).collect();
        let mut places = Vec::with_capacity(count);
        for taken in 0..count.min(slots.len()) {
            let other = taken + random.index(slots.len() - taken);
            slots.swap(taken, other);
            let Some(number) = slots.get(taken).copied() else { break };
            let (who, slot) = (number / SLOTS, number % SLOTS);
            if let (Some((therapist, room)), Some(half)) =
                (self.therapists.get(who), halves.get(who))
            {
                places.push(Place {
                    day,
                    hour: slot_time(slot, *half),
                    therapist: *therapist,
                    room: *room,
                });
            }
        }
        places.sort_unstable_by_key(|place| (place.hour, place.room));
        places
    }

    fn outcome(&self, random: &mut Random, start: Moment) -> Outcome {
        let catalogues = self.catalogues;
        if start + TimeDelta::hours(1) > self.now {
            let payment_status = catalogues.pending;
            return Outcome {
                status: status::PENDING,
                payment_status,
                ticket: ticket_status::PENDING,
            };
        }
        let status = match random.below(100) {
            0..=6 => status::CANCELLED,
            7..=11 => status::NO_SHOW,
            _ => {
                let payment_status = catalogues.paid;
                return Outcome {
                    status: status::COMPLETED,
                    payment_status,
                    ticket: ticket_status::PAID,
                };
            }
        };
        Outcome { status, payment_status: catalogues.cancelled, ticket: ticket_status::CANCELLED }
    }

    fn visit(
        &self,
        random: &mut Random,
        place: &Place,
        member: &Member,
        first: NaiveDate,
    ) -> (Changes, Changes) {
        let start = moment(self.zone, place.day, place.hour);
        let lead = TimeDelta::minutes(random.between(60, 14 * 24 * 60));
        // Visits far ahead were booked in the last days.
        let latest = self.now - TimeDelta::minutes(random.between(0, 10 * 24 * 60));
        let booked = (start - lead).min(latest).max(member.since);
        let outcome = self.outcome(random, start);
        let took_place = outcome.status == status::COMPLETED;
        let settled = if start > self.now { booked } else { start };
        let payment = Money::from_cents(random.between(8, 30) * 500);
        let payment_type = random.pick(&self.catalogues.payment_types).copied();
        let note = pick(random, &self.words.observations);
        let has_note = took_place && random.percent(60);
        let treatment = pick(random, &self.words.treatments);
        let visit = Changes::new()
            .with("history_id", member.history)
            .with("patient_id", member.id)
            .with("therapist_id", place.therapist)
            .with("appointment_date", midnight(place.day))
            .with("hour", place.hour)
            .with("ailments", self.ailments(random))
            .with("diagnosis", Some(pick(random, &self.words.diagnoses)).filter(|_| took_place))
            .with("reflexology_diagnostics", Some(treatment).filter(|_| took_place))
            .with("observation", Some(note).filter(|_| has_note))
            .with("initial_date", first)
            .with("final_date", first.max(place.day) + Days::new(28))
            .with("appointment_type", if first == place.day { "C" } else { "CC" })
            .with("room", place.room)
            .with("social_benefit", random.percent(4))
            .with("payment_detail", treatment)
            .with("payment", payment)
            .with("payment_type_id", payment_type.map(|(id, _)| id))
            .with("payment_status_id", outcome.payment_status)
            .with("appointment_status", outcome.status)
            .with("created_at", booked)
            .with("updated_at", settled);
        let ticket = Changes::new()
            .with("payment_date", if took_place { start } else { booked })
            .with("amount", payment)
            .with("payment_method", payment_type.map_or("efectivo", |(_, method)| method))
            .with("status", outcome.ticket)
            .with("is_active", true)
            .with("created_at", booked)
            .with("updated_at", settled);
        (visit, ticket)
    }

    fn ailments(&self, random: &mut Random) -> String {
        let ailment = pick(random, &self.words.ailments);
        let other = pick(random, &self.words.ailments);
        if random.percent(20) && other != ailment {
            format!("{ailment}, {}", other.to_lowercase())
        } else {
            ailment.to_owned()
        }
    }
}

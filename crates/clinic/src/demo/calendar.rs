//! When the clinic works, and how many visits a day gets.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone, Weekday};
use chrono_tz::Tz;
use platform::types::time::Moment;

use super::random::Random;

/// Months looked back.
const PAST_MONTHS: u32 = 24;
/// Days looked ahead: six weeks.
const AHEAD_DAYS: u64 = 42;
/// Visits of an hour a therapist has time for between 08:00 and 19:00, whether beginning on the hour or half past.
pub(super) const SLOTS: usize = 10;
const OPENS: u32 = 8;

/// Holidays that have a fixed date: month and day.
const HOLIDAYS: &[(u32, u32)] = &[
    (1, 1),
    (5, 1),
    (6, 7),
    (6, 29),
    (7, 23),
    (7, 28),
    (7, 29),
    (8, 6),
    (8, 30),
    (10, 8),
    (11, 1),
    (12, 8),
    (12, 9),
    (12, 25),
];

/// The first day visits are made up for.
pub(super) fn first_day(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(Months::new(PAST_MONTHS)).unwrap_or(today)
}

/// Mondays to Saturdays that are no holidays, from two years back to six weeks ahead.
pub(super) fn working_days(today: NaiveDate) -> Vec<NaiveDate> {
    let last = today + Days::new(AHEAD_DAYS);
    first_day(today)
        .iter_days()
        .take_while(|day| *day <= last)
        .filter(|day| {
            day.weekday() != Weekday::Sun && !HOLIDAYS.contains(&(day.month(), day.day()))
        })
        .collect()
}

/// The beginning of a slot of a therapist who begins on the hour or half past.
pub(super) fn slot_time(slot: usize, on_the_half: bool) -> NaiveTime {
    let hour = OPENS + u32::try_from(slot).unwrap_or(0);
    NaiveTime::from_hms_opt(hour, if on_the_half { 30 } else { 0 }, 0).unwrap_or(NaiveTime::MIN)
}

/// The moment of a civil time at the clinic.
pub(super) fn moment(zone: Tz, day: NaiveDate, time: NaiveTime) -> Moment {
    let civil = day.and_time(time);
    zone.from_local_datetime(&civil)
        .earliest()
        .map_or_else(|| civil.and_utc(), |local| local.to_utc())
}

/// How busy a day is: the clinic grows, and days ahead are booked the less the farther they are.
fn weight(today: NaiveDate, day: NaiveDate) -> u64 {
    let distance = (day - today).num_days();
    let weight = if distance <= 0 { 100 + distance * 60 / 730 } else { 90 - distance * 2 };
    u64::try_from(weight).unwrap_or(0).max(5)
}

/// Spreads visits over days without giving one more than it can take.
#[derive(Debug)]
pub(super) struct Quotas {
    /// Weight of each day, its capacity, and both summed up to the end.
    days: Vec<(u64, u64, u64, u64)>,
    left: u64,
}

impl Quotas {
    /// `None` if the days cannot take them.
    pub(super) fn new(today: NaiveDate, days: &[(NaiveDate, u64)], visits: u64) -> Option<Self> {
        let mut weights = 0;
        let mut capacities = 0;
        let mut known: Vec<_> = days
            .iter()
            .rev()
            .map(|(day, capacity)| {
                let weight = if *capacity == 0 { 0 } else { weight(today, *day) };
                weights += weight;
                capacities += capacity;
                (weight, *capacity, weights, capacities)
            })
            .collect();
        known.reverse();
        (visits <= capacities).then_some(Self { days: known, left: visits })
    }

    /// How many visits the day at `index` gets; to be asked in order.
    pub(super) fn take(&mut self, index: usize, random: &mut Random) -> u64 {
        let Some((weight, capacity, weights, capacities)) = self.days.get(index).copied() else {
            return 0;
        };
        let share = self.left * weight;
        let fair = share.checked_div(weights).unwrap_or(0);
        let rest = share.checked_rem(weights).unwrap_or(0);
        let wanted = fair + u64::from(random.below(weights) < rest);
        // What the days after this one cannot take must be taken here.
        let least = self.left.saturating_sub(capacities - capacity);
        let taken = wanted.max(least).min(capacity);
        self.left -= taken.min(self.left);
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    #[test]
    fn nobody_works_on_sundays_and_holidays() {
        let days = working_days(day(3, 2));
        assert!(
            days.contains(&day(3, 2)) && days.contains(&day(4, 13)) && !days.contains(&day(4, 14))
        );
        assert!(!days.contains(&day(3, 1)) && !days.contains(&day(1, 1)));
    }

    #[test]
    fn every_visit_finds_a_day_and_no_day_gets_too_many() {
        let days: Vec<_> = working_days(day(3, 2)).into_iter().zip((0..5).cycle()).collect();
        let capacity: u64 = days.iter().map(|(_, capacity)| capacity).sum();
        assert!(Quotas::new(day(3, 2), &days, capacity + 1).is_none());
        for visits in [0, 7, 300, capacity] {
            let mut quotas = Quotas::new(day(3, 2), &days, visits).unwrap();
            let mut random = Random::new(visits);
            let taken: Vec<u64> =
                (0..days.len()).map(|index| quotas.take(index, &mut random)).collect();
            assert_eq!(taken.iter().sum::<u64>(), visits);
            assert!(taken.iter().zip(&days).all(|(taken, (_, capacity))| taken <= capacity));
        }
    }
}

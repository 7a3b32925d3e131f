use chrono::{NaiveDate, NaiveTime};
use platform::types::Money;
use proptest::prelude::*;

use crate::appointments::rules::{
    Booking, Refusal, TicketRefusal, VISIT_MINUTES, called_off, may_book, may_pay, number_in,
    overlapping_starts, ticket_number,
};

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, number).unwrap()
}

fn good() -> Booking {
    Booking {
        day: Some(day(3)),
        today: day(2),
        patient: Some(1),
        patient_is_live: true,
        therapist: Some(2),
        therapist_is_live: true,
        ..Booking::default()
    }
}

#[test]
fn a_booking_is_refused_for_each_reason_and_for_all_at_once() {
    assert_eq!(may_book(&good()), []);
    let cases = [
        (Booking { day: Some(day(1)), ..good() }, vec![Refusal::PastDay]),
        (Booking { day: Some(day(1)), may_backdate: true, ..good() }, vec![]),
        (Booking { day: None, ..good() }, vec![]),
        (Booking { patient_is_live: false, ..good() }, vec![Refusal::NoPatient]),
        (Booking { therapist_is_live: false, ..good() }, vec![Refusal::NoTherapist]),
        (Booking { therapist: None, therapist_is_live: false, ..good() }, vec![]),
        (Booking { history: Some(9), ..good() }, vec![Refusal::NoHistory]),
        (
            Booking { history: Some(9), history_of: Some(8), ..good() },
            vec![Refusal::ForeignHistory],
        ),
        (Booking { history: Some(9), history_of: Some(1), ..good() }, vec![]),
        (
            Booking { treatment: (Some(day(5)), Some(day(4))), ..good() },
            vec![Refusal::TreatmentReversed],
        ),
        (
            Booking { day: Some(day(1)), patient_is_live: false, ..good() },
            vec![Refusal::PastDay, Refusal::NoPatient],
        ),
    ];
    for (booking, expected) in cases {
        assert_eq!(may_book(&booking), expected, "{booking:?}");
    }
}

#[test]
fn tickets_go_one_way() {
    let fifty = Money::from_cents(5_000);
    assert_eq!(may_pay("pending", fifty), Ok(()));
    assert_eq!(may_pay("pending", Money::ZERO), Err(TicketRefusal::NothingToPay));
    assert_eq!(may_pay("paid", fifty), Err(TicketRefusal::AlreadyPaid));
    assert_eq!(may_pay("refunded", fifty), Err(TicketRefusal::Closed));
    assert_eq!(called_off("pending"), Ok("cancelled"));
    assert_eq!(called_off("paid"), Ok("refunded"));
    assert_eq!(called_off("cancelled"), Err(TicketRefusal::Closed));
}

#[test]
fn ticket_numbers_have_three_digits_at_least() {
    assert_eq!(ticket_number("TKT", 7), "TKT-007");
    assert_eq!(ticket_number("TKT", 1_000), "TKT-1000");
    assert_eq!(number_in("TKT", "TKT-1000"), Some(1_000));
    for other in ["TKT-", "TKT-1a", "X-1", "TKT1", ""] {
        assert_eq!(number_in("TKT", other), None);
    }
}

proptest! {
    /// Independent definition: two half-open intervals on one line of minutes overlap.
    #[test]
    fn starts_in_the_window_are_exactly_those_that_overlap(
        start in 0_u32..1440, minutes in 1_i64..600, other_day in 0_i64..5, other_start in 0_u32..1440,
    ) {
        let time = |minute: u32| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap();
        let window = overlapping_starts(day(10), time(start), minutes);
        let other = day(8 + u32::try_from(other_day).unwrap());
        let found = window.iter().any(|(day, first, last)| {
            *day == other && (*first..=*last).contains(&time(other_start))
        });
        let line = |day_number: i64, minute: u32| day_number * 1440 + i64::from(minute);
        let (begin, other_begin) = (line(2, start), line(other_day, other_start));
        let overlap = other_begin < begin + minutes && begin < other_begin + VISIT_MINUTES;
        prop_assert_eq!(found, overlap);
    }
}

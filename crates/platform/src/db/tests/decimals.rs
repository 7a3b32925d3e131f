//! Sums, comparisons and orders made by the database.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rust_decimal::Decimal;

use super::*;
use crate::db::Fixed;
use crate::types::Money;

fn cases(count: u32) -> TestRunner {
    TestRunner::new(Config { cases: count, failure_persistence: None, ..Config::default() })
}

fn fill(scratch: &Scratch, rows: Vec<Changes>) {
    scratch
        .write(move |tx| {
            tx.execute("DELETE FROM samples", &[])?;
            tx.insert_many(&SAMPLES, rows.clone())
        })
        .unwrap();
}

#[test]
fn sums_of_decimals_are_exact() {
    let scratch = Scratch::new();
    let amounts = prop::collection::vec(-9_999_999_999_i64..=9_999_999_999, 1..60);
    let outcome = cases(12).run(&amounts, |cents| {
        let rows = cents.iter().map(|cents| {
            let money = Money::from_cents(*cents);
            Changes::new().with("amount", money).with("fine", Value::Decimal(money.decimal(), 2))
        });
        fill(&scratch, rows.collect());
        let total: Money = cents.iter().map(|cents| Money::from_cents(*cents)).sum();
        let sql = "SELECT COALESCE(SUM(amount), 0) FROM samples";
        prop_assert_eq!(scratch.one::<Money>(sql, &[]), total);
        let fine: Fixed<6> = scratch.one("SELECT SUM(fine) FROM samples", &[]);
        prop_assert_eq!(fine.0, total.decimal());
        prop_assert_eq!(fine.0.scale(), 6);
        Ok(())
    });
    outcome.unwrap();
    fill(&scratch, Vec::new());
    let nothing: Money = scratch.one("SELECT COALESCE(SUM(amount), 0) FROM samples", &[]);
    assert_eq!(nothing, Money::ZERO);
}

#[test]
fn a_bound_decimal_is_compared_by_its_amount() {
    let scratch = Scratch::new();
    let amounts: Vec<Decimal> = ["-2.00", "-0.01", "0", "0.10", "9.99", "10.00", "99999999.99"]
        .map(|text| text.parse().unwrap())
        .to_vec();
    let row = |amount: &Decimal| Changes::new().with("amount", Value::Decimal(*amount, 2));
    fill(&scratch, amounts.iter().map(row).collect());
    for bound in &amounts {
        let count = |sql| scratch.one::<i64>(sql, &[Value::Decimal(*bound, 2)]);
        let expected = |keep: fn(&Decimal, &Decimal) -> bool| {
            i64::try_from(amounts.iter().filter(|amount| keep(amount, bound)).count()).unwrap()
        };
        let below = count("SELECT COUNT(*) FROM samples WHERE amount < ?");
        assert_eq!(below, expected(|a, b| a < b), "{bound}");
        let equal = count("SELECT COUNT(*) FROM samples WHERE amount = ?");
        assert_eq!(equal, expected(|a, b| a == b), "{bound}");
        let above = count("SELECT COUNT(*) FROM samples WHERE amount > ?");
        assert_eq!(above, expected(|a, b| a > b), "{bound}");
    }
}

#[test]
fn decimals_that_a_float_confuses_are_told_apart() {
    let scratch = Scratch::new();
    let long = |text: &str| Value::Decimal(text.parse().unwrap(), 6);
    let row = |text: &str| Changes::new().with("fine", long(text));
    fill(&scratch, vec![row("900719925474.099267"), row("900719925474.099268")]);
    let equal = "SELECT COUNT(*) FROM samples WHERE fine = ?";
    assert_eq!(scratch.one::<i64>(equal, &[long("900719925474.099268")]), 1);
    let above = "SELECT COUNT(*) FROM samples WHERE fine > ?";
    assert_eq!(scratch.one::<i64>(above, &[long("900719925474.099267")]), 1);
}

#[test]
fn the_order_of_moments_is_the_order_of_time() {
    let scratch = Scratch::new();
    // From 1000-01-01 to 9999-12-31.
    let moments =
        prop::collection::vec(-30_610_224_000_000_000_i64..253_402_214_400_000_000, 2..60);
    let outcome = cases(12).run(&moments, |micros| {
        let mut moments: Vec<Moment> =
            micros.iter().map(|micros| DateTime::from_timestamp_micros(*micros).unwrap()).collect();
        fill(&scratch, moments.iter().map(|m| Changes::new().with("moment", *m)).collect());
        let middle = moments[0];
        moments.sort_unstable();
        let sorted: Vec<Moment> = scratch.column("SELECT moment FROM samples ORDER BY moment");
        prop_assert_eq!(&sorted, &moments);
        let sql = "SELECT COUNT(*) FROM samples WHERE moment < ?";
        let before: i64 = scratch.one(sql, &params![middle]);
        let expected = moments.iter().filter(|moment| **moment < middle).count();
        prop_assert_eq!(before, i64::try_from(expected).unwrap());
        Ok(())
    });
    outcome.unwrap();
}

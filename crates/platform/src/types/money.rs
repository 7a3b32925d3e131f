//! Money: a decimal amount with two places, the same on both engines; never a float.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// An amount in the clinic's currency with exactly two decimal places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(Decimal);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// An amount given in hundredths (céntimos).
    #[must_use]
    pub fn from_cents(cents: i64) -> Self {
        Self(Decimal::new(cents, 2))
    }

    /// The decimal value, with two places.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        let mut value = self.0;
        value.rescale(2);
        value
    }

    /// Whether the amount is more than nothing.
    #[must_use]
    pub fn is_positive(self) -> bool {
        self.0 > Decimal::ZERO
    }
}

impl TryFrom<Decimal> for Money {
    type Error = ();

    /// Accepts only what two places hold exactly.
    fn try_from(value: Decimal) -> Result<Self, ()> {
        if value.normalize().scale() > 2 { Err(()) } else { Ok(Self(value)) }
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.decimal().fmt(f)
    }
}

/// The contract's form: a JSON string with two places, `"50.00"`.
impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_two_places_always() {
        assert_eq!(Money::from_cents(5).to_string(), "0.05");
        assert_eq!(Money::from_cents(5000).to_string(), "50.00");
        assert_eq!(Money::from_cents(-1).to_string(), "-0.01");
    }

    #[test]
    fn refuses_a_third_place_but_not_a_zero_there() {
        assert!(Money::try_from(Decimal::new(1001, 3)).is_err());
        assert_eq!(Money::try_from(Decimal::new(1000, 3)), Ok(Money::from_cents(100)));
    }
}

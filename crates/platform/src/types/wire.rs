//! The wire types read from rows and described in the API document.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveTime};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{KnownFormat, RefOr, Schema, SchemaFormat};
use utoipa::{PartialSchema, ToSchema};

use super::Money;
use super::time::{Moment, WireDate, WireMoment, WireTime};
use crate::db::{FromValue, Mismatch, Raw};

impl FromValue<'_> for WireMoment {
    fn from_raw(raw: Raw<'_>) -> Result<Self, Mismatch> {
        Moment::from_raw(raw).map(Self)
    }
}

impl FromValue<'_> for WireDate {
    fn from_raw(raw: Raw<'_>) -> Result<Self, Mismatch> {
        NaiveDate::from_raw(raw).map(Self)
    }
}

impl FromValue<'_> for WireTime {
    fn from_raw(raw: Raw<'_>) -> Result<Self, Mismatch> {
        NaiveTime::from_raw(raw).map(Self)
    }
}

macro_rules! described {
    ($($type:ty, $name:literal, $format:expr;)+) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().schema_type(Type::String).format(Some($format)).into()
            }
        }

        impl ToSchema for $type {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }
        }
    )+};
}

described! {
    WireMoment, "DateTime", SchemaFormat::KnownFormat(KnownFormat::DateTime);
    WireDate, "Date", SchemaFormat::KnownFormat(KnownFormat::Date);
    WireTime, "Time", SchemaFormat::Custom("time".into());
    Money, "Money", SchemaFormat::Custom("decimal".into());
}

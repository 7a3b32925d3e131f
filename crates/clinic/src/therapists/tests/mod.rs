//! Tests of therapists, one file per endpoint.

pub(crate) mod builders;
mod change_therapist;
mod create_therapist;
mod list_therapists;
mod photo;

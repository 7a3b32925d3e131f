//! Tests of users' own data, one file per endpoint.

mod photo;

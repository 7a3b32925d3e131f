//! Routes below `/api/locations`.

pub mod bodies;

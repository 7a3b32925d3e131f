//! Routes below `/api/configurations`.

pub mod bodies;

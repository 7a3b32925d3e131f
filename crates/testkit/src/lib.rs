//! How to write a test, on one screen.
//!
//! ```text
//! #[test]
//! fn a_stranger_sees_no_therapists() {
//!     let app = TestApp::start(PROGRAM);                       // migrated database, standing clock
//!     app.anonymous().get("/api/therapists/therapists/").is(401);
//!     let admin = app.superuser();                             // a client with a token
//!     let made = admin.post("/api/therapists/therapists/", json!({…})).is(201);
//!     assert_eq!(made["first_name"], "Ana");
//! }
//! ```
//!
//! Each test has a database of its own: a copied SQLite file, or, when `TEST_DATABASE_URL` names a MySQL server, a
//! throw-away database there. The clock stands at [`NOW`] until [`TestApp::advance`] moves it. Nothing sleeps.

mod app;
mod client;
mod database;

pub use app::{NOW, TestApp};
pub use client::{Client, Reply};
pub use database::server;

//! Tests of appointments, statuses and tickets.

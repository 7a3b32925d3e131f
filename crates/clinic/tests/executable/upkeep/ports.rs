//! A port that somebody else holds.

use std::net::TcpListener;

use super::refused;

#[test]
fn who_holds_a_port_is_told_with_a_free_one_in_the_form_that_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("0.0.0.0:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let told = refused(folder.path(), &[], &["runserver", &format!("0.0.0.0:{port}")]);
    let holder = format!("by process {} (", std::process::id());
    assert!(told.contains("already in use") && told.contains(&holder), "{told}");
    assert!(told.contains("is free: manage runserver 0.0.0.0:"), "{told}");
}

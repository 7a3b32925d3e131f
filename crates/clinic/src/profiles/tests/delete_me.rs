use super::builders::{DOOR, PASSWORD, log_in, rosa};
use crate::tests::builders::app;

const PATH: &str = "/api/profiles/users/me/delete/";

#[test]
fn a_stranger_has_no_account_and_the_last_superuser_stays() {
    let app = app();
    app.anonymous().delete(PATH).is(401);
    let admin = app.superuser();
    assert_eq!(admin.delete(PATH).is(409)["code"], "last_superuser");
    admin.get(DOOR).is(200);
}

#[test]
fn a_deleted_account_is_out_at_once() {
    let app = app();
    let client = app.client_of(rosa(&app));
    client.get(DOOR).is(200);
    assert!(client.delete(PATH).is(200)["message"].is_string());
    client.get(DOOR).is(401);
    log_in(&app, "rosa", PASSWORD).is(401);
    assert_eq!(
        app.number("SELECT COUNT(*) FROM users WHERE deleted_at IS NOT NULL AND is_active = 0"),
        1
    );
}

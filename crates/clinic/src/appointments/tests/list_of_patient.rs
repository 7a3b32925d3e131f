use serde_json::json;

use super::builders::Desk;
use crate::tests::builders::client_with;

fn path(patient: i64) -> String {
    format!("/api/patients/patients/{patient}/appointments/")
}

#[test]
fn strangers_unknown_patients_and_wrong_parameters_are_refused() {
    let desk = Desk::open();
    let of_patient = path(desk.patient);
    desk.app.anonymous().get(&of_patient).is(401);
    client_with(&desk.app, "clerk", &["patients.view"]).get(&of_patient).is(403);
    let admin = desk.admin();
    for id in ["abc", "0", "999999"] {
        admin.get(&format!("/api/patients/patients/{id}/appointments/")).is(404);
    }
    admin.get(&format!("{of_patient}?page=abc")).is(400).complains_about(&["page"]);
    admin.get(&format!("{of_patient}?room=x")).is(400).complains_about(&["room"]);
    admin.delete(&format!("/api/patients/patients/{}/", desk.patient)).is(204);
    assert_eq!(admin.get(&of_patient).is(404)["code"], "not_found");
    admin.post(&of_patient, json!({})).is(405);
}

#[test]
fn a_patient_has_the_own_visits_only_the_latest_first() {
    let desk = Desk::open();
    let (early, late) = (desk.booked(json!({})), desk.booked(json!({"hour": "12:00"})));
    desk.booked(json!({"patient": desk.other_patient, "hour": "15:00"}));
    let admin = desk.admin();
    let list = |query: &str| {
        let page = admin.get(&format!("{}{query}", path(desk.patient))).is(200);
        let ids: Vec<i64> = page.results().iter().map(|row| row["id"].as_i64().unwrap()).collect();
        assert_eq!(page["count"], if query.contains("page=") { 2 } else { ids.len() }, "{query}");
        ids
    };
    assert_eq!(list(""), [late, early]);
    assert_eq!(list(&format!("?patient={}", desk.other_patient)), [late, early]);
    assert_eq!(list("?ordering=hour"), [early, late]);
    assert_eq!(list("?page=2&page_size=1"), [early]);
    assert_eq!(list("?appointment_date=2026-03-04"), [] as [i64; 0]);
}

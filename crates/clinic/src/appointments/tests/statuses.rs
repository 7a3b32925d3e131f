use serde_json::json;

use super::builders::Desk;
use crate::tests::builders::client_with;

const PATH: &str = "/api/appointments/appointment-statuses/";

#[test]
fn the_catalogue_starts_with_the_states_of_the_contract() {
    let desk = Desk::open();
    let page = desk.admin().get(PATH).is(200);
    let names: Vec<&str> = page.results().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["ACTIVO", "CANCELADO", "COMPLETADO", "NO_ASISTIO", "PENDIENTE"]);
}

#[test]
fn readers_do_not_write_and_names_are_taken_once() {
    let desk = Desk::open();
    let admin = desk.admin();
    client_with(&desk.app, "reader", &["appointments.view"])
        .post(PATH, json!({"name": "X"}))
        .is(403);
    admin.post(PATH, json!({})).is(400).complains_about(&["name"]);
    admin.post(PATH, json!({"name": " "})).is(400).complains_about(&["name"]);
    admin.post(PATH, json!({"name": "x".repeat(51)})).is(400).complains_about(&["name"]);
    admin.post(PATH, json!({"name": "pendiente"})).is(400).complains_about(&["name"]);
}

#[test]
fn a_status_without_description_is_described_by_its_name() {
    let desk = Desk::open();
    let admin = desk.admin();
    let made = admin.post(PATH, json!({"name": " EN ESPERA "})).is(201);
    assert_eq!((&made["name"], &made["description"]), (&json!("EN ESPERA"), &json!("EN ESPERA")));
    let path = format!("{PATH}{}/", made.id());
    admin.patch(&path, json!({"description": "En la sala"})).is(200);
    let renamed = admin.patch(&path, json!({"name": "ESPERA"})).is(200);
    assert_eq!(renamed["description"], "En la sala");
}

#[test]
fn a_deleted_status_comes_back_by_its_name_or_by_activation() {
    let desk = Desk::open();
    let admin = desk.admin();
    let id = admin.post(PATH, json!({"name": "EXTRA"})).is(201).id();
    let path = format!("{PATH}{id}/");
    admin.delete(&path).is(204);
    assert_eq!(admin.get(&path).is(200)["is_active"], false);
    assert!(!admin.get(&format!("{PATH}active/")).is(200).text.contains("EXTRA"));
    let back = admin.post(PATH, json!({"name": "Extra"})).is(200);
    assert_eq!((back.id(), &back["restored"]), (id, &json!(true)));
    for _ in 0..2 {
        assert_eq!(
            admin.post(&format!("{path}deactivate/"), json!({})).is(200)["is_active"],
            false
        );
    }
    assert_eq!(admin.post(&format!("{path}activate/"), json!({})).is(200)["is_active"], true);
}

#[test]
fn a_status_counts_and_lists_the_appointments_in_it() {
    let desk = Desk::open();
    let admin = desk.admin();
    let visit = desk.booked(json!({}));
    let page = admin.get(&format!("{PATH}?name=pendiente")).is(200);
    assert_eq!(page.results()[0]["appointments_count"], 1);
    let list = admin.get(&format!("{PATH}{}/appointments/", page.results()[0]["id"])).is(200);
    assert_eq!(list.json[0]["id"], visit);
    admin.get(&format!("{PATH}999999/appointments/")).is(404);
}

#[test]
fn search_looks_into_name_and_description() {
    let desk = Desk::open();
    let admin = desk.admin();
    for (name, description) in [("EN CAMINO", "Avisó por teléfono"), ("LLEGÓ", "Está en la sala")]
    {
        admin.post(PATH, json!({"name": name, "description": description})).is(201);
    }
    let names = |term: &str| -> Vec<String> {
        let page = admin.get(&format!("{PATH}?search={term}")).is(200);
        let name = |row: &serde_json::Value| row["name"].as_str().unwrap().to_owned();
        page.results().iter().map(name).collect()
    };
    assert_eq!(names("TELEFONO"), ["EN CAMINO"]);
    assert_eq!(names("llego"), ["LLEGÓ"]);
    assert_eq!(names("%25"), [] as [String; 0]);
}

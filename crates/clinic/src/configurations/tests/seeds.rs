use platform::manage::commands::migrate_all;

use super::{delete, list};
use crate::tests::builders::app;

fn names(app: &testkit::TestApp, key: &str) -> Vec<String> {
    let answer = app.superuser().get(&list(key)).is(200);
    let entries = answer[key].as_array().unwrap().iter();
    entries.map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_fresh_installation_can_register_people_and_payments() {
    let app = app();
    let documents = ["Carné de Extranjería", "DNI", "Pasaporte", "PTP", "RUC"];
    assert_eq!(names(&app, "document_types"), documents);
    let payments = ["Efectivo", "Plin", "Tarjeta", "Transferencia", "Yape"];
    assert_eq!(names(&app, "payment_types"), payments);
    let states = ["Cancelado", "Pagado", "Pendiente", "Reembolsado"];
    assert_eq!(names(&app, "payment_statuses"), states);
    assert!(names(&app, "predetermined_prices").is_empty());
}

#[test]
fn a_later_migrate_brings_back_nothing_that_was_deleted() {
    let app = app();
    let admin = app.superuser();
    for key in ["document_types", "payment_types", "payment_statuses"] {
        let entries = admin.get(&list(key)).is(200);
        for entry in entries[key].as_array().unwrap() {
            admin.delete(&delete(key, &entry["id"])).is(200);
        }
    }
    migrate_all(app.app(), &mut |_, _| {}).unwrap();
    for key in ["document_types", "payment_types", "payment_statuses"] {
        assert!(names(&app, key).is_empty(), "{key}");
    }
}

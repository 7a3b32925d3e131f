//! What the migrations make is what the tables' descriptions say. Run on both engines, that also proves that both
//! dialects end in the same schema: each equals the one description.

use platform::db::schema::{described, differences, read};
use platform::db::{Table, system};

use super::builders::app;
use crate::MODULES;

#[test]
fn the_migrated_schema_equals_the_descriptions() {
    let app = app();
    let tables: Vec<&'static Table> = system::TABLES
        .iter()
        .chain(MODULES.iter().flat_map(|module| module.tables))
        .copied()
        .collect();
    let actual = app.read(|conn| Ok(read(conn)?));
    assert_eq!(differences(&described(&tables), &actual), Vec::<String>::new());
    assert!(actual.tables.len() > 30, "{}", actual.tables.len());
}

#[test]
fn a_column_that_was_changed_by_hand_is_told() {
    let app = app();
    app.app()
        .db()
        .connect()
        .unwrap()
        .exists("ALTER TABLE therapists ADD COLUMN surprise INTEGER NULL", &[])
        .unwrap();
    let tables: Vec<&'static Table> =
        MODULES.iter().flat_map(|module| module.tables).copied().collect();
    let told = differences(&described(&tables), &app.read(|conn| Ok(read(conn)?)));
    assert!(told.iter().any(|line| line.contains("therapists.surprise")), "{told:?}");
}

use chrono::Duration;
use platform::db::Changes;
use platform::params;
use testkit::TestApp;

use super::loaded;
use crate::PROGRAM;
use crate::locations::model::{COUNTRIES, DISTRICTS, PROVINCES, REGIONS};
use crate::locations::service::ubigeo::{self, PERU};
use crate::tests::builders::{app, place};

/// Runs the import once more: new, updated and unchanged rows of each file.
fn import(app: &TestApp) -> Vec<(usize, usize, usize)> {
    let tables = ubigeo::read(&ubigeo::embedded().unwrap());
    let counts = app.write(move |tx| ubigeo::run(tx, &tables, PERU));
    counts.iter().map(|count| (count.new, count.updated, count.unchanged)).collect()
}

#[test]
fn all_of_peru_and_all_countries_are_there() {
    let app = app();
    assert_eq!(import(&app), [(250, 0, 0), (25, 0, 0), (196, 0, 0), (1893, 0, 0)]);
    assert_eq!(app.number("SELECT COUNT(*) FROM countries"), 250);
    assert_eq!(app.number("SELECT COUNT(*) FROM regions"), 25);
    assert_eq!(app.number("SELECT COUNT(*) FROM provinces"), 196);
    assert_eq!(app.number("SELECT COUNT(*) FROM districts"), 1893);
    let lima = "SELECT COUNT(*) FROM districts d JOIN provinces p ON p.id = d.province_id \
        JOIN regions r ON r.id = p.region_id JOIN countries c ON c.id = r.country_id \
        WHERE d.name = 'Lima' AND d.ubigeo = '150101' AND p.ubigeo = '1501' AND r.ubigeo = '15' AND c.iso2 = 'PE'";
    assert_eq!(app.number(lima), 1);
    let strays = "SELECT COUNT(*) FROM districts d JOIN provinces p ON p.id = d.province_id \
        JOIN regions r ON r.id = p.region_id \
        WHERE SUBSTR(d.ubigeo, 1, 4) <> p.ubigeo OR SUBSTR(p.ubigeo, 1, 2) <> r.ubigeo";
    assert_eq!(app.number(strays), 0);
}

#[test]
fn a_second_time_changes_nothing() {
    let app = loaded();
    app.advance(Duration::days(1));
    assert_eq!(import(&app), [(0, 0, 250), (0, 0, 25), (0, 0, 196), (0, 0, 1893)]);
    assert_eq!(app.number("SELECT COUNT(*) FROM districts WHERE updated_at <> created_at"), 0);
}

#[test]
fn what_was_changed_or_deleted_is_put_right_in_place() {
    let app = loaded();
    let (district, other) = app.write(|tx| {
        let district: i64 = tx.one("SELECT id FROM districts WHERE ubigeo = '150101'", &[])?;
        let other: i64 = tx.one("SELECT id FROM provinces WHERE ubigeo = '0101'", &[])?;
        let moved = Changes::new().with("name", "Ciudad").with("province_id", other);
        tx.update(&DISTRICTS, district, moved)?;
        let region = tx.one("SELECT id FROM regions WHERE ubigeo = '15'", &[])?;
        tx.soft_delete(&REGIONS, region, Changes::new())?;
        let peru = tx.one("SELECT id FROM countries WHERE iso2 = 'PE'", &[])?;
        tx.update(&COUNTRIES, peru, Changes::new().with("phone_code", "15"))?;
        Ok((district, other))
    });
    assert_eq!(import(&app), [(0, 1, 249), (0, 1, 24), (0, 0, 196), (0, 1, 1892)]);
    let (name, folded, province) = app.read(move |conn| {
        let sql = "SELECT name, name_fold, province_id FROM districts WHERE id = ?";
        let row = conn.first(sql, &params![district], |row| {
            Ok((row.at::<String>(0)?, row.at::<String>(1)?, row.at::<i64>(2)?))
        })?;
        Ok(row.unwrap())
    });
    assert_eq!((name.as_str(), folded.as_str()), ("Lima", "lima"));
    assert_ne!(province, other);
    assert_eq!(app.number("SELECT COUNT(*) FROM regions WHERE deleted_at IS NOT NULL"), 0);
    assert_eq!(
        app.number("SELECT COUNT(*) FROM countries WHERE phone_code = '51' AND iso2 = 'PE'"),
        1
    );
}

#[test]
fn rows_from_before_the_codes_are_kept_and_given_theirs() {
    let app = app();
    let old = place(&app, "LIMA");
    let far = app.write(|tx| {
        let region: i64 = tx.one("SELECT id FROM regions", &[])?;
        tx.insert(&PROVINCES, Changes::new().with("name", "Otra").with("region_id", region))
    });
    assert_eq!(import(&app), [(249, 0, 1), (24, 1, 0), (195, 1, 0), (1892, 1, 0)]);
    let path = format!("/api/locations/districts/{}/", old.district);
    let district = app.superuser().get(&path).is(200);
    assert_eq!((&district["name"], &district["ubigeo"]), (&"Lima".into(), &"150101".into()));
    assert_eq!(district["province"], old.province);
    assert_eq!(app.number("SELECT id FROM regions WHERE ubigeo = '15'"), old.region);
    // What no table names is left alone.
    let alone = "SELECT id FROM provinces WHERE ubigeo IS NULL";
    assert_eq!(app.number(alone), far);
}

#[test]
fn two_districts_of_one_name_stay_two() {
    let app = loaded();
    let twins = "SELECT COUNT(*) FROM districts WHERE ubigeo IN ('090708', '090709') AND name = 'Huaribamba'";
    assert_eq!(app.number(twins), 2);
    app.write(|tx| {
        Ok(tx.execute("UPDATE districts SET ubigeo = NULL WHERE name = 'Huaribamba'", &[])?)
    });
    let ids = app.number("SELECT SUM(id) FROM districts WHERE name = 'Huaribamba'");
    assert_eq!(import(&app)[3], (0, 2, 1891));
    assert_eq!(app.number(twins), 2);
    assert_eq!(app.number("SELECT SUM(id) FROM districts WHERE name = 'Huaribamba'"), ids);
}

#[test]
fn the_first_start_of_a_developer_finds_everything() {
    let app = TestApp::unmigrated(PROGRAM);
    platform::manage::commands::migrate_all(app.app(), &mut |_, _| {}).unwrap();
    app.write(PROGRAM.load_catalogues);
    assert_eq!(app.number("SELECT COUNT(*) FROM districts"), 1893);
    assert_eq!(app.number("SELECT COUNT(*) FROM document_types"), 5);
}

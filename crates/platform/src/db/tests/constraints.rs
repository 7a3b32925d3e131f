//! Broken rules become refusals that name the API's field.

use super::*;

fn team(name: &str) -> Changes {
    Changes::new().with("name", name)
}

#[test]
fn a_taken_value_is_refused_with_the_apis_field() {
    let scratch = Scratch::new();
    scratch.insert(&TEAMS, team("A").with("code", "x")).unwrap();
    let other = scratch.insert(&TEAMS, team("B")).unwrap();
    let taken = ("team_code".to_owned(), "unique");
    assert_eq!(complaint(scratch.insert(&TEAMS, team("C").with("code", "x"))), taken);
    let update = move |tx: &mut Tx<'_>| tx.update(&TEAMS, other, Changes::new().with("code", "x"));
    assert_eq!(complaint(scratch.write(update)), taken);
    let many = |tx: &mut Tx<'_>| tx.insert_many(&TEAMS, vec![team("D").with("code", "x")]);
    assert_eq!(complaint(scratch.write(many)), taken);
    // Several without a value do not collide.
    scratch.insert(&TEAMS, team("E")).unwrap();
    assert_eq!(scratch.one::<i64>("SELECT COUNT(*) FROM teams", &[]), 3);
}

#[test]
fn a_taken_id_is_refused() {
    let scratch = Scratch::new();
    let id = scratch.insert(&TEAMS, team("A")).unwrap();
    let again = scratch.insert(&TEAMS, team("B").with("id", id));
    assert_eq!(complaint(again), ("non_field_errors".to_owned(), "unique"));
}

#[test]
fn case_accents_and_blanks_do_not_make_a_folded_name_another() {
    let scratch = Scratch::new();
    scratch.insert(&TEAMS, team("JOSÉ  PÉREZ")).unwrap();
    for twin in ["jose perez", " José pérez ", "JOSÉ PÉREZ"] {
        let taken = ("name".to_owned(), "unique");
        assert_eq!(complaint(scratch.insert(&TEAMS, team(twin))), taken, "{twin}");
    }
    let other = scratch.insert(&TEAMS, team("Josefa")).unwrap();
    let rename = move |tx: &mut Tx<'_>| tx.update(&TEAMS, other, team("José Perez"));
    assert_eq!(complaint(scratch.write(rename)), ("name".to_owned(), "unique"));
}

#[test]
fn deleted_rows_may_share_what_live_ones_may_not() {
    let scratch = Scratch::new();
    let ana = || person("Ana").with("email", "a@b.c");
    let taken = ("email_address".to_owned(), "unique");
    let delete =
        |id: i64| scratch.write(move |tx| tx.soft_delete(&PEOPLE, id, Changes::new())).unwrap();
    let first = scratch.insert(&PEOPLE, ana()).unwrap();
    assert_eq!(complaint(scratch.insert(&PEOPLE, ana())), taken);
    assert!(delete(first));
    let second = scratch.insert(&PEOPLE, ana()).unwrap();
    let restore = |id: i64| scratch.write(move |tx| tx.restore(&PEOPLE, id, Changes::new()));
    assert_eq!(complaint(restore(first)), taken);
    assert!(delete(second));
    assert!(restore(first).unwrap());
    assert_eq!(complaint(scratch.insert(&PEOPLE, ana())), taken);
    assert_eq!(scratch.one::<i64>("SELECT COUNT(*) FROM people", &[]), 2);
    assert_eq!(scratch.one::<i64>("SELECT SUM(live) FROM row_counts", &[]), 1);
}

#[test]
fn a_reference_to_nothing_is_refused_by_field() {
    let scratch = Scratch::new();
    let missing = ("team_id".to_owned(), "does_not_exist");
    let lost = person("Ana").with("team_id", 99_i64);
    assert_eq!(complaint(scratch.insert(&PEOPLE, lost)), missing);
    let id = scratch.insert(&PEOPLE, person("Ana")).unwrap();
    let change = || Changes::new().with("team_id", 99_i64);
    assert_eq!(complaint(scratch.write(move |tx| tx.update(&PEOPLE, id, change()))), missing);
    let along = scratch.write(move |tx| tx.soft_delete(&PEOPLE, id, change()));
    assert_eq!(complaint(along), missing);
    let many = scratch.write(move |tx| {
        tx.insert_many(
            &PEOPLE,
            vec![person("Eva"), person("Leo")]
                .into_iter()
                .map(|p| p.with("team_id", 99_i64))
                .collect(),
        )
    });
    assert_eq!(complaint(many), missing);
}

#[test]
fn a_row_that_others_need_is_protected() {
    let scratch = Scratch::new();
    let id = scratch.insert(&PEOPLE, person("Ana")).unwrap();
    scratch.insert(&VISITS, Changes::new().with("person_id", id).with("at", at(0))).unwrap();
    let refused = scratch.write(move |tx| tx.delete(&PEOPLE, id)).unwrap_err();
    let refusal = refused.refusal().unwrap();
    assert_eq!((refusal.kind, refusal.code), (crate::error::Kind::Conflict, "protected"));
    assert_eq!(scratch.one::<i64>("SELECT COUNT(*) FROM people", &[]), 1);
    assert_eq!(scratch.one::<i64>("SELECT SUM(live) FROM row_counts", &[]), 1);
    scratch.write(move |tx| Ok(tx.execute("DELETE FROM visits", &[])?)).unwrap();
    assert!(scratch.write(move |tx| tx.delete(&PEOPLE, id)).unwrap());
    assert!(!scratch.write(move |tx| tx.delete(&PEOPLE, id)).unwrap());
    assert_eq!(scratch.one::<i64>("SELECT SUM(live) FROM row_counts", &[]), 0);
}

#[test]
fn references_follow_their_description_when_the_parent_goes() {
    let scratch = Scratch::new();
    let team_id = scratch.insert(&TEAMS, team("A")).unwrap();
    let ana = scratch.insert(&PEOPLE, person("Ana").with("team_id", team_id)).unwrap();
    let visit = Changes::new().with("person_id", ana).with("team_id", team_id).with("at", at(0));
    scratch.insert(&VISITS, visit).unwrap();
    assert!(scratch.write(move |tx| tx.delete(&TEAMS, team_id)).unwrap());
    assert_eq!(scratch.one::<i64>("SELECT COUNT(*) FROM visits", &[]), 0, "cascade");
    assert_eq!(scratch.column::<Option<i64>>("SELECT team_id FROM people"), [None], "set null");
}

#[test]
fn after_a_broken_rule_the_transaction_goes_on() {
    let scratch = Scratch::new();
    scratch.insert(&TEAMS, team("A")).unwrap();
    let second = scratch.write(|tx| {
        let refused = tx.insert(&TEAMS, team("a"));
        assert_eq!(complaint(refused).1, "unique");
        tx.insert(&TEAMS, team("B"))
    });
    assert!(second.is_ok());
    assert_eq!(scratch.column::<String>("SELECT name FROM teams ORDER BY id"), ["A", "B"]);
}

//! Any sequence of changes, on tables with rows: the schema ends as described, and no row and no kept value is lost.

mod model;
mod rows;
mod steps;

use proptest::prelude::*;

use super::*;
use model::Model;
use steps::Step;

/// Cases by engine: a server takes much longer for each statement.
fn cases() -> u32 {
    if engine() == Engine::Sqlite { 25 } else { 6 }
}

fn steps() -> impl Strategy<Value = Vec<Vec<Step>>> {
    // What touches columns that hold values comes more often.
    let kind = prop_oneof![3 => 0_usize..20, 1 => prop_oneof![Just(2), Just(4), Just(5), Just(6)]];
    let step = (kind, any::<[u8; 4]>()).prop_map(|(kind, picks)| Step { kind, picks });
    proptest::collection::vec(proptest::collection::vec(step, 1..18), 1..5)
}

fn run(rounds: &[Vec<Step>]) -> std::result::Result<(), TestCaseError> {
    let scratch = Scratch::empty();
    let mut conn = scratch.db.connect().unwrap();
    for table in system::TABLES {
        create(&mut conn, table);
    }
    let mut model = Model::default();
    let mut migrations: Vec<&'static Migration> = Vec::new();
    // The first round makes the first tables.
    let first = Step::first_tables();
    for round in std::iter::once(&first).chain(rounds) {
        let recorded = model.tables();
        let before = rows::read(&mut conn, &recorded);
        let answers = model.change(round);
        let described = model.tables();
        let found = drafts(&recorded, &described, answers.clone()).unwrap();
        for draft in &found {
            let mut draft = draft.clone();
            draft.name = format!("{:04}_{}", migrations.len(), draft.name);
            migrations.push(compiled(&draft));
        }
        let outcome = apply(&mut conn, &migrations);
        prop_assert!(outcome.is_ok(), "{outcome:?}\n{found:#?}");
        let mut expected = schema::recorded(described.iter().cloned());
        expected.tables.extend(schema::described(system::TABLES).tables);
        let differences = schema::differences(&expected, &schema::read(&mut conn).unwrap());
        prop_assert!(differences.is_empty(), "{differences:#?}\n{found:#?}");
        let after = rows::read(&mut conn, &described);
        prop_assert_eq!(model.expected(&before), after, "{:#?}", found);
        rows::assert_helpers(&mut conn, &described)?;
        prop_assert_eq!(drafts(&described, &described, Known::default()).unwrap(), []);
        model.settle();
        rows::insert(&mut conn, &described, &mut model);
    }
    Ok(())
}

#[test]
fn any_changes_end_in_the_described_schema_and_lose_nothing() {
    let config = ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        max_shrink_iters: 40,
        ..ProptestConfig::default()
    };
    proptest::test_runner::TestRunner::new(config)
        .run(&steps(), |rounds| run(&rounds))
        .unwrap_or_else(|error| panic!("{error}"));
}

//! Changes of several modules, which wait for each other's.

use super::*;

fn table(name: &str, parents: &[&str]) -> TableState {
    let mut table = TableState::from(&Table::new("t", "Thing", const { &[Column::id()] }));
    table.name = name.into();
    for parent in parents {
        let mut column = ColumnState::from(&const { Column::reference("p", "t", "", "").null() });
        column.name = format!("{parent}_id");
        column.references = Some(((*parent).into(), OnDelete::Restrict));
        table.columns.push(column);
    }
    table
}

fn module(name: &str, recorded: &[TableState], described: &[TableState]) -> Compared {
    let made = recorded.iter().map(|table| table.name.clone()).collect();
    Compared {
        module: name.into(),
        recorded: recorded.to_vec(),
        described: described.to_vec(),
        migrations: if recorded.is_empty() {
            Vec::new()
        } else {
            vec![("0001_initial".into(), made)]
        },
    }
}

/// Each draft as `module.name <- what it depends on`.
fn told(modules: &[Compared], mut answers: Known) -> Vec<String> {
    let drafts = drafts_of(modules, &mut answers, None).unwrap();
    drafts
        .iter()
        .map(|draft| {
            let depends: Vec<String> =
                draft.depends.iter().map(|(module, name)| format!("{module}.{name}")).collect();
            format!("{}.{} <- {}", draft.module, draft.name, depends.join(" "))
        })
        .collect()
}

#[test]
fn new_tables_wait_for_those_they_refer_to() {
    let a = module("a", &[], &[table("first", &[]), table("third", &["second"])]);
    let b = module("b", &[], &[table("second", &["first"])]);
    assert_eq!(
        told(&[a, b], Known::default()),
        [
            "a.0001_initial <- ",
            "b.0001_initial <- a.0001_initial",
            "a.0002_third <- b.0001_initial"
        ]
    );
}

#[test]
fn a_table_goes_when_no_other_module_refers_to_it_any_more() {
    let a = module("a", &[table("first", &[])], &[]);
    let b = module("b", &[table("second", &["first"])], &[table("second", &[])]);
    assert_eq!(
        told(&[a, b], Known::default()),
        [
            "b.0002_remove_second_first_id_remove_ix_second_first_id <- ",
            "a.0002_delete_first <- b.0002_remove_second_first_id_remove_ix_second_first_id"
        ]
    );
}

#[test]
fn a_child_in_another_module_follows_a_renamed_table() {
    let a = module("a", &[table("first", &[])], &[table("prime", &[])]);
    let mut followed = table("second", &["first"]);
    followed.columns[1].references = Some(("prime".into(), OnDelete::Restrict));
    let b = module("b", &[table("second", &["first"])], &[followed]);
    let answers = Known::default().table("first", "prime");
    let drafts = drafts_of(&[a, b], &mut answers.clone(), None).unwrap();
    assert_eq!(drafts[1].sqlite, drafts[1].mysql, "the engines change the reference");
    assert!(drafts[1].sqlite.starts_with("-- Nothing changes in the database"));
    assert_eq!(drafts[1].depends, [("a".to_owned(), drafts[0].name.clone())]);
}

#[test]
fn a_table_that_moves_to_another_module_is_refused() {
    let a = module("a", &[table("first", &[])], &[]);
    let b = module("b", &[], &[table("first", &[])]);
    let refused = drafts_of(&[a, b], &mut Known::default(), None).unwrap_err().to_string();
    assert!(refused.contains("moved from the module a to b"), "{refused}");
}

#[test]
fn the_name_that_is_given_is_used_for_each() {
    let a = module("a", &[], &[table("first", &[])]);
    let drafts = drafts_of(&[a], &mut Known::default(), Some("start")).unwrap();
    assert_eq!(drafts[0].name, "0001_start");
}

//! What cannot be done by itself, and what would lose something.

use super::*;
use crate::db::Kind;

fn refused(change: impl FnOnce(&mut Vec<TableState>)) -> String {
    let old = states(TABLES);
    let mut new = old.clone();
    change(&mut new);
    drafts(&old, &new, Known::default()).unwrap_err().to_string()
}

#[test]
fn kinds_that_would_lose_values_are_refused_with_a_way_out() {
    for (column, kind) in [
        ("amount", Kind::Int),
        ("fine", Kind::Decimal { digits: 18, places: 2 }),
        ("moment", Kind::Date),
        ("whole", Kind::Bool),
        ("line", Kind::Int),
    ] {
        let told = refused(|tables| {
            tables[3].columns.iter_mut().find(|c| c.name == column).unwrap().kind = kind;
        });
        assert!(told.contains(&format!("samples.{column}")) && told.contains("--empty"), "{told}");
    }
}

#[test]
fn another_primary_key_and_a_circle_are_refused() {
    let told = refused(|tables| tables[3].key = vec!["whole".into()]);
    assert!(told.contains("primary key of samples"), "{told}");
    let told = refused(|tables| {
        for (name, other) in [("left", "right"), ("right", "left")] {
            let column = Column::reference("other_id", other, "", "");
            let mut table = tables[0].clone();
            (table.name, table.uniques, table.indexes) = (name.into(), Vec::new(), Vec::new());
            table.columns.push(ColumnState::from(&column));
            tables.push(table);
        }
    });
    assert!(told.contains("circle") && told.contains("left, right"), "{told}");
}

#[test]
fn a_value_that_no_longer_fits_stops_the_migration_and_stays() {
    let scratch = Scratch::new();
    scratch.insert(&SAMPLES, Changes::new().with("line", "longer than ten")).unwrap();
    let old = states(TABLES);
    let mut new = old.clone();
    new[3].columns.iter_mut().find(|c| c.name == "line").unwrap().kind = Kind::Text(10);
    let drafts = drafts(&old, &new, Known::default()).unwrap();
    let mut conn = scratch.db.connect().unwrap();
    let told = apply(&mut conn, &[compiled(&drafts[0])]).unwrap_err().to_string();
    assert!(told.contains("test.0002_alter_samples_line stopped at statement"), "{told}");
    assert_eq!(texts(&mut conn, "SELECT line FROM samples"), [Some("longer than ten".into())]);
    assert_as_described(&mut conn, &old);
    conn.batch("UPDATE samples SET line = 'short'").unwrap();
    assert_eq!(apply(&mut conn, &[compiled(&drafts[0])]).unwrap(), 1);
    assert_as_described(&mut conn, &new);
}

/// Refuses to answer, and says what was asked.
struct Asked;

impl Answers for Asked {
    fn renamed_table(&mut self, old: &str, alike: &[&str], _: &[&str]) -> Result<Option<String>> {
        if alike.is_empty() { Ok(None) } else { Err(Error::Failed(format!("{old} {alike:?}"))) }
    }

    fn renamed_column(
        &mut self,
        table: &str,
        old: &str,
        alike: &[&str],
        _: &[&str],
    ) -> Result<Option<String>> {
        if alike.is_empty() {
            return Ok(None);
        }
        Err(Error::Failed(format!("{table}.{old} {alike:?}")))
    }

    fn value_for(&mut self, table: &str, column: &ColumnState, _: bool) -> Result<String> {
        Err(Error::Failed(format!("{table}.{} =", column.name)))
    }
}

fn asked(change: impl FnOnce(&mut Vec<TableState>)) -> String {
    let module = Compared {
        module: "test".into(),
        recorded: states(TABLES),
        described: {
            let mut tables = states(TABLES);
            change(&mut tables);
            tables
        },
        migrations: Vec::new(),
    };
    drafts_of(&[module], &mut Asked, None).unwrap_err().to_string()
}

#[test]
fn what_might_be_another_name_or_needs_a_value_is_asked() {
    let column = |tables: &mut Vec<TableState>, new: &str, kind: Kind| {
        let column = tables[3].columns.iter_mut().find(|c| c.name == "line").unwrap();
        (column.name, column.kind) = (new.into(), kind);
    };
    assert_eq!(asked(|tables| column(tables, "row", Kind::Text(80))), "samples.line [\"row\"]");
    assert_eq!(asked(|tables| tables[3].name = "examples".into()), "samples [\"examples\"]");
    let required = asked(|tables| tables[3].columns[1].null = false);
    assert_eq!(required, "samples.flag =");
    let unlike = asked(|tables| {
        column(tables, "row", Kind::Int);
        tables[3].columns[1].null = false;
    });
    assert_eq!(unlike, "samples.flag =", "a number is no text with another name");
}

//! Writers that meet: nothing is lost, nothing is counted twice, and those who must repeat do.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value as Json;

use super::*;

/// Runs `work` on so many threads at once, so often each.
fn at_once(scratch: &Scratch, threads: i64, rounds: i64, work: impl Fn(&Db, i64, i64) + Sync) {
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (db, work) = (scratch.db.clone(), &work);
            scope.spawn(move || (0..rounds).for_each(|round| work(&db, thread, round)));
        }
    });
}

#[test]
fn two_who_take_two_rows_in_opposite_order_both_succeed() {
    let scratch = Scratch::new();
    let first = scratch.insert(&PEOPLE, person("Ana").with("visits", 0)).unwrap();
    let second = scratch.insert(&PEOPLE, person("Eva").with("visits", 0)).unwrap();
    let attempts = Arc::new(AtomicU32::new(0));
    at_once(&scratch, 4, 30, |db, thread, _| {
        let order = if thread % 2 == 0 { [first, second] } else { [second, first] };
        let attempts = Arc::clone(&attempts);
        let work = move |tx: &mut Tx<'_>| {
            attempts.fetch_add(1, Ordering::Relaxed);
            for id in order {
                let sql = "UPDATE people SET visits = visits + 1 WHERE id = ?";
                tx.execute(sql, &params![id])?;
            }
            Ok(())
        };
        db.write_blocking(context(), false, work).unwrap();
    });
    assert_eq!(scratch.column::<i64>("SELECT visits FROM people"), [120, 120]);
    if engine() == Engine::Mysql {
        assert!(attempts.load(Ordering::Relaxed) > 120, "no deadlock came about");
    }
}

#[test]
fn a_closure_that_hides_a_deadlock_is_repeated_all_the_same() {
    let scratch = Scratch::new();
    let first = scratch.insert(&PEOPLE, person("Ana").with("visits", 0)).unwrap();
    let second = scratch.insert(&PEOPLE, person("Eva").with("visits", 0)).unwrap();
    at_once(&scratch, 4, 15, |db, thread, _| {
        let order = if thread % 2 == 0 { [first, second] } else { [second, first] };
        let work = move |tx: &mut Tx<'_>| {
            for id in order {
                let sql = "UPDATE people SET visits = visits + 1 WHERE id = ?";
                let _hidden = tx.execute(sql, &params![id]);
            }
            Ok(())
        };
        db.write_blocking(context(), false, work).unwrap();
    });
    assert_eq!(scratch.column::<i64>("SELECT visits FROM people"), [60, 60]);
}

#[test]
fn the_first_rows_of_a_table_are_counted_all() {
    for _ in 0..3 {
        let scratch = Scratch::new();
        at_once(&scratch, 4, 2, |db, _, _| {
            let insert = |tx: &mut Tx<'_>| {
                tx.identities_changed();
                tx.insert(&PEOPLE, person("Ana"))
            };
            db.write_blocking(context(), false, insert).unwrap();
        });
        assert_eq!(scratch.one::<i64>("SELECT SUM(live) FROM row_counts", &[]), 8);
        assert_eq!(scratch.column::<i64>("SELECT value FROM versions"), [8]);
    }
}

#[test]
fn the_history_of_a_row_is_one_chain_however_many_write_it() {
    let scratch = Scratch::new();
    let id = scratch.insert(&PEOPLE, person("Ana").with("visits", 0)).unwrap();
    at_once(&scratch, 4, 12, |db, thread, round| {
        let changes = Changes::new().with("visits", thread * 1_000 + round + 1);
        let update = move |tx: &mut Tx<'_>| tx.update(&PEOPLE, id, changes.clone());
        assert!(db.write_blocking(context(), false, update).unwrap());
    });
    let sql = "SELECT changes FROM history WHERE action = 'change' ORDER BY id";
    let mut last = Json::from(0);
    for text in scratch.column::<String>(sql) {
        let change: Json = serde_json::from_str(&text).unwrap();
        assert_eq!(change["visits"][0], last);
        last = change["visits"][1].clone();
    }
    assert_eq!(Json::from(scratch.one::<i64>("SELECT visits FROM people", &[])), last);
}

#[test]
fn of_many_who_take_the_same_value_one_gets_it() {
    let scratch = Scratch::new();
    let won = AtomicU32::new(0);
    at_once(&scratch, 4, 3, |db, thread, round| {
        let row = person(&format!("{thread} {round}")).with("email", format!("{round}@b.c"));
        let insert = move |tx: &mut Tx<'_>| tx.insert(&PEOPLE, row.clone());
        match db.write_blocking(context(), false, insert) {
            Ok(_) => {
                won.fetch_add(1, Ordering::Relaxed);
            }
            refused => assert_eq!(complaint(refused).0, "email_address"),
        }
    });
    assert_eq!(won.load(Ordering::Relaxed), 3);
    assert_eq!(scratch.one::<i64>("SELECT SUM(live) FROM row_counts", &[]), 3);
}

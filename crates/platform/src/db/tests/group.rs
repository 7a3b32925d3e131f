//! Writes that share a commit do not share their fate.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use parking_lot::Mutex;
use tokio::sync::oneshot;

use super::*;

type Answer<T> = oneshot::Receiver<Result<T>>;

/// Keeps a writer busy until dropped, so that what is enqueued meanwhile waits together.
struct Gate {
    open: Option<std::sync::mpsc::Sender<()>>,
    passed: Answer<()>,
}

impl Gate {
    fn close(db: &Db) -> Self {
        let (open, opened) = std::sync::mpsc::channel::<()>();
        let opened = Mutex::new(opened);
        let passed = enqueue(db, false, move |_| {
            let _opened_by_drop = opened.lock().recv();
            Ok(())
        });
        Self { open: Some(open), passed }
    }

    fn open(mut self) {
        drop(self.open.take());
        self.passed.blocking_recv().unwrap().unwrap();
    }
}

fn enqueue<T: Send + 'static>(
    db: &Db,
    is_alone: bool,
    work: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
) -> Answer<T> {
    db.enqueue_write(context(), work, is_alone).unwrap()
}

fn count(number: &AtomicU32) {
    number.fetch_add(1, Ordering::SeqCst);
}

fn refusal<T>() -> Result<T> {
    Err(Refusal::not_found("error.no_such_row").into())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_writers_at_once_only_those_who_refuse_leave_nothing() {
    let scratch = tokio::task::spawn_blocking(Scratch::new).await.unwrap();
    let mut writers = tokio::task::JoinSet::new();
    for number in 0..64_i64 {
        let db = scratch.db.clone();
        writers.spawn(async move {
            let work = move |tx: &mut Tx<'_>| {
                let row = person(&format!("Ana {number}")).with("visits", number);
                let id = tx.insert(&PEOPLE, row)?;
                tx.insert(&VISITS, Changes::new().with("person_id", id).with("at", at(number)))?;
                if number % 7 == 0 { refusal() } else { Ok(number) }
            };
            (number, db.write(context(), work).await)
        });
    }
    let mut kept = Vec::new();
    while let Some(answer) = writers.join_next().await {
        match answer.unwrap() {
            (number, Ok(same)) => {
                assert_eq!(number, same);
                kept.push(number);
            }
            (number, Err(error)) => {
                assert!(number % 7 == 0 && error.refusal().is_some(), "{number}: {error:?}");
            }
        }
    }
    tokio::task::spawn_blocking(move || {
        kept.sort_unstable();
        assert_eq!(kept.len(), 54);
        let people: Vec<i64> = scratch.column("SELECT visits FROM people ORDER BY visits");
        assert_eq!(people, kept);
        let joined = "SELECT p.visits FROM people p JOIN visits v ON v.person_id = p.id ORDER BY 1";
        assert_eq!(scratch.column::<i64>(joined), kept);
        for sql in [
            "SELECT SUM(live) FROM row_counts WHERE table_name = 'people'",
            "SELECT COUNT(*) FROM visits",
            "SELECT COUNT(*) FROM history",
            "SELECT COUNT(*) FROM people_words WHERE word = 'ana'",
        ] {
            assert_eq!(scratch.one::<i64>(sql, &[]), 54, "{sql}");
        }
    })
    .await
    .unwrap();
}

#[test]
fn a_panic_is_the_error_of_its_own_write_only() {
    let scratch = Scratch::new();
    let gate = Gate::close(&scratch.db);
    let answers: Vec<Answer<i64>> = (0..20)
        .map(|number| {
            enqueue(&scratch.db, false, move |tx| {
                let id = tx.insert(&PEOPLE, person("Ana").with("visits", number))?;
                assert!(number % 5 != 0, "on purpose");
                Ok(id)
            })
        })
        .collect();
    gate.open();
    for (number, answer) in answers.into_iter().enumerate() {
        match answer.blocking_recv().unwrap() {
            Ok(_) => assert_ne!(number % 5, 0),
            Err(error) => assert!(number % 5 == 0 && error.to_string().contains("panicked")),
        }
    }
    assert_eq!(scratch.one::<i64>("SELECT COUNT(*) FROM people", &[]), 16);
    assert_eq!(scratch.one::<i64>("SELECT SUM(live) FROM row_counts", &[]), 16);
}

#[test]
fn writes_share_commits_but_never_with_one_that_wants_to_be_alone() {
    if engine() == Engine::Mysql {
        return; // Each connection commits for itself there.
    }
    let scratch = Scratch::new();
    let events = Arc::new(Mutex::new(Vec::new()));
    let gate = Gate::close(&scratch.db);
    let answers: Vec<Answer<()>> = (0..60)
        .map(|number| {
            let events = Arc::clone(&events);
            enqueue(&scratch.db, number % 10 == 9, move |tx| {
                tx.insert(&TEAMS, Changes::new().with("name", format!("{number}")))?;
                events.lock().push((number, "ran"));
                let events = Arc::clone(&events);
                tx.after_commit(move || events.lock().push((number, "committed")));
                Ok(())
            })
        })
        .collect();
    gate.open();
    for answer in answers {
        answer.blocking_recv().unwrap().unwrap();
    }
    let events = events.lock();
    assert_eq!(events.len(), 120);
    for pair in events.windows(2) {
        if pair[0].1 == "ran" && pair[0].0 % 10 == 9 {
            assert_eq!(pair[1], (pair[0].0, "committed"));
        }
        assert!(pair[1].1 == "committed" || pair[0].1 == "committed" || pair[1].0 % 10 != 9);
    }
    assert!(events.windows(2).any(|pair| pair[0].1 == "ran" && pair[1].1 == "ran"), "{events:?}");
}

#[test]
fn hooks_run_once_and_only_after_a_commit() {
    let scratch = Scratch::new();
    let (ran, late) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let gate = Gate::close(&scratch.db);
    let answers: Vec<Answer<()>> = (0..30_u32)
        .map(|number| {
            let (ran, late) = (Arc::clone(&ran), Arc::clone(&late));
            enqueue(&scratch.db, false, move |tx| {
                let ran = Arc::clone(&ran);
                tx.after_commit(move || count(&ran));
                if number % 6 == 1 {
                    tx.after_commit(|| panic!("on purpose"));
                }
                let late = Arc::clone(&late);
                tx.after_commit(move || count(&late));
                tx.insert(&TEAMS, Changes::new().with("name", format!("{number}")))?;
                if number % 3 == 0 { refusal() } else { Ok(()) }
            })
        })
        .collect();
    gate.open();
    for (number, answer) in answers.into_iter().enumerate() {
        assert_eq!(answer.blocking_recv().unwrap().is_ok(), number % 3 != 0);
    }
    // Twenty commits; a hook that panics stops neither the others nor the answer.
    assert_eq!((ran.load(Ordering::SeqCst), late.load(Ordering::SeqCst)), (20, 20));
}

#[test]
fn a_hook_finds_its_row_committed() {
    let scratch = Scratch::new();
    let found = Arc::new(Mutex::new(None));
    let (db, seen) = (scratch.db.clone(), Arc::clone(&found));
    scratch
        .write(move |tx| {
            tx.insert(&TEAMS, Changes::new().with("name", "A"))?;
            let (db, seen) = (db.clone(), Arc::clone(&seen));
            tx.after_commit(move || {
                let mut conn = db.connect().unwrap();
                *seen.lock() = Some(conn.one::<i64>("SELECT COUNT(*) FROM teams", &[]).unwrap());
            });
            Ok(())
        })
        .unwrap();
    assert_eq!(*found.lock(), Some(1));
}

#[test]
fn nobody_sees_a_write_before_its_commit() {
    let scratch = Scratch::new();
    let (inserted, wait) = (std::sync::Barrier::new(2), std::sync::Barrier::new(2));
    let barriers = Arc::new((inserted, wait));
    let shared = Arc::clone(&barriers);
    let answer = enqueue(&scratch.db, false, move |tx| {
        tx.insert(&TEAMS, Changes::new().with("name", "A"))?;
        shared.0.wait();
        shared.1.wait();
        Ok(())
    });
    barriers.0.wait();
    let before = scratch.one::<i64>("SELECT COUNT(*) FROM teams", &[]);
    barriers.1.wait();
    answer.blocking_recv().unwrap().unwrap();
    let after = scratch.one::<i64>("SELECT COUNT(*) FROM teams", &[]);
    assert_eq!((before, after), (0, 1));
}

#[test]
fn what_was_begun_ends_though_nobody_waits_any_more() {
    let scratch = Scratch::new();
    let gate = Gate::close(&scratch.db);
    let work = |tx: &mut Tx<'_>| tx.insert(&TEAMS, Changes::new().with("name", "A"));
    drop(enqueue(&scratch.db, false, work));
    let (hooked, hook) = oneshot::channel::<()>();
    let hooked = Mutex::new(Some(hooked));
    drop(enqueue(&scratch.db, false, move |tx| {
        let hooked = hooked.lock().take();
        tx.after_commit(move || drop(hooked));
        tx.insert(&TEAMS, Changes::new().with("name", "B"))
    }));
    gate.open();
    assert!(hook.blocking_recv().is_err(), "the hook dropped its end");
    let last = enqueue(&scratch.db, true, |_| Ok(()));
    last.blocking_recv().unwrap().unwrap();
    assert!(scratch.column::<String>("SELECT name FROM teams").contains(&"B".to_owned()));
}

//! Short reads: on SQLite they run where they are, with connections of their own.

use super::*;

async fn people(db: &Db) -> i64 {
    db.read_short(|conn| Ok(conn.one("SELECT COUNT(*) FROM people", &[])?)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_read_that_fails_or_panics_holds_nobody_to_its_moment() {
    let scratch = tokio::task::spawn_blocking(Scratch::new).await.unwrap();
    let db = scratch.db.clone();
    for number in 1..=3 {
        let failed = db.read_short(|conn| Ok(conn.one::<i64>("SELECT nothing", &[])?)).await;
        assert!(failed.is_err());
        let panicked: Result<i64> = db.read_short(|_| panic!("in the midst of a read")).await;
        assert!(panicked.is_err());
        let insert = move |tx: &mut Tx<'_>| tx.insert(&PEOPLE, person(&format!("Ana {number}")));
        db.write(context(), insert).await.unwrap();
        // A transaction left open would still see the rows of before.
        assert_eq!(people(&db).await, number);
    }
    tokio::task::spawn_blocking(move || drop(scratch)).await.unwrap();
}

#[test]
fn the_statements_of_a_short_read_see_one_moment_on_sqlite() {
    if engine() != Engine::Sqlite {
        return; // a server's reads are of the moment of each statement, which is READ COMMITTED
    }
    let scratch = Scratch::new();
    let writer = scratch.db.clone();
    let count = "SELECT COUNT(*) FROM people";
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (before, after) = runtime
        .block_on(scratch.db.read_short(move |conn| {
            let before: i64 = conn.one(count, &[])?;
            // Somebody else's write, on a thread of its own as it would be.
            let writer = writer.clone();
            let write = move || {
                writer.write_blocking(context(), false, |tx| tx.insert(&PEOPLE, person("Eva")))
            };
            std::thread::spawn(write).join().unwrap()?;
            Ok((before, conn.one::<i64>(count, &[])?))
        }))
        .unwrap();
    assert_eq!((before, after), (0, 0), "the page and its count are of the same moment");
    assert_eq!(scratch.one::<i64>(count, &[]), 1);
}

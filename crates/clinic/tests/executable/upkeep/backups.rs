//! Backups: the round trip on and across the engines, damaged files, writers meanwhile, sudden deaths.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use clinic::locations::model;
use platform::backup::{self, Options};
use platform::clock::Clock;
use platform::db::migrate::runner;
use platform::db::{Changes, Engine};

use super::place::Place;
use super::{Server, manage};

#[test]
fn a_backup_restores_every_row_and_file_on_its_engine_and_on_the_other() {
    let source = Place::filled();
    let said = source.done(&["backup"]);
    assert!(said.contains("2 uploaded files; verified"), "{said}");
    let file = fs::read_dir(source.path().join("backups")).unwrap().next().unwrap().unwrap().path();
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let file = file.to_str().unwrap();
    let checked = source.done(&["restore", file, "--check"]);
    assert!(checked.contains("whole") && checked.contains("2 uploaded files"), "{checked}");

    let (contents, mut uploads) = (source.contents(), source.uploads());
    assert_eq!(contents["patients"].len(), 150);
    uploads.retain(|path, _| path != Path::new("link"));
    let other = Place::other();
    other.done(&["restore", file, "--noinput"]);
    assert_eq!(other.contents(), contents);
    assert_eq!(other.uploads(), uploads);
    assert_eq!(
        fs::read_dir(other.path().join("media")).unwrap().count(),
        2,
        "nothing else is there"
    );
    // And from there back into this run's engine.
    let back = Place::new();
    back.done(&["restore", &other.backup(), "--noinput"]);
    assert_eq!(back.contents(), contents);
    assert_eq!(back.uploads(), uploads);
    assert!(back.done(&["migrate"]).contains("No migrations to apply"));
}

/// The id that the next country gets.
fn next_id(place: &Place) -> i64 {
    place
        .app()
        .write_blocking("test", true, |tx| {
            tx.insert(&model::COUNTRIES, Changes::new().with("name", "Utopía"))
        })
        .unwrap()
}

#[test]
fn a_number_once_given_is_not_given_again_after_a_restore() {
    let source = Place::new();
    source.done(&["migrate"]);
    let last = next_id(&source);
    source.sql(&format!("DELETE FROM countries WHERE id = {last}"));
    let file = source.backup();
    for target in [Place::new(), Place::other()] {
        target.done(&["restore", &file, "--noinput"]);
        assert_eq!(next_id(&target), last + 1);
    }
}

#[test]
fn a_damaged_file_is_refused_wherever_the_damage_is() {
    let source = Place::new();
    source.done(&["migrate"]);
    let file = source.backup();
    let good = fs::read(&file).unwrap();
    let target = Place::new();
    let refused = |bytes: &[u8]| {
        let damaged = target.path().join("damaged.tar.gz");
        fs::write(&damaged, bytes).unwrap();
        let told = backup::check(&damaged).map(|_| ()).unwrap_err().to_string();
        assert!(told.contains("is no backup that can be used"), "{told}");
    };
    for position in (0..good.len()).step_by(good.len() / 60).chain([1, 4, 9, good.len() - 1]) {
        let mut flipped = good.clone();
        flipped[position] ^= 0xff;
        refused(&flipped);
    }
    for length in [0, 5, 10, 11, good.len() / 2, good.len() - 8, good.len() - 1] {
        refused(&good[..length]);
    }
    refused(&[&good[..], b"x"].concat());
    refused(&[&good[..], &good[..]].concat());
    // The command says so, and touches nothing.
    let told = target.refused(&["restore", "damaged.tar.gz", "--noinput"]);
    assert!(told.contains("damaged.tar.gz is no backup"), "{told}");
    assert!(!target.path().join("db.sqlite3").exists());
    assert!(target.engine() == Engine::Sqlite || target.tables().is_empty());
}

#[test]
fn what_is_written_meanwhile_is_there_whole_or_not_at_all() {
    let source = Place::filled();
    let app = source.app();
    let (is_done, written) = (AtomicBool::new(false), AtomicI64::new(0));
    let made = std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !is_done.load(Ordering::Relaxed) {
                    app.write_blocking("test", false, |tx| {
                        let country = Changes::new().with("name", "Utopía");
                        let country = tx.insert(&model::COUNTRIES, country)?;
                        let region =
                            Changes::new().with("name", "Arriba").with("country_id", country);
                        tx.insert(&model::REGIONS, region)
                    })
                    .unwrap();
                    written.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        while written.load(Ordering::Relaxed) < 20 {
            std::thread::yield_now(); // until they are at it
        }
        let before = written.load(Ordering::Relaxed);
        let made = backup::make(&app, &Options::default());
        let during = written.load(Ordering::Relaxed) - before;
        is_done.store(true, Ordering::Relaxed);
        assert!(during > 10, "only {during} writes meanwhile");
        made.unwrap()
    });
    let rows = |name: &str| {
        made.manifest.tables.iter().find(|table| table.shape.name == name).unwrap().rows
    };
    let target = Place::other();
    target.done(&["restore", made.path.to_str().unwrap(), "--noinput"]);
    let contents = target.contents();
    let named = |table: &str, name: &str| {
        contents[table].iter().filter(|row| row[1] == platform::db::Value::from(name)).count()
    };
    assert_eq!(named("countries", "Utopía"), named("regions", "Arriba"));
    assert!(named("regions", "Arriba") >= 20);
    // What is kept along with the rows is of the same moment.
    assert_eq!(rows("history"), contents["history"].len() as u64);
    let added =
        contents["history"].iter().filter(|row| row[5] == platform::db::Value::from("regions"));
    assert!(added.count() >= named("regions", "Arriba"));
}

#[test]
fn a_backup_of_an_older_version_is_restored_and_then_migrated() {
    let source = Place::new();
    let app = source.app();
    let ordered = app.migrations().unwrap();
    let (last, older) = ordered.split_last().unwrap();
    runner::apply(&mut app.db().connect().unwrap(), older, &Clock::system(), &mut |_, _| {})
        .unwrap();
    let id = next_id(&source);
    let file = source.backup();
    let target = Place::other();
    let said = target.done(&["restore", &file, "--noinput"]);
    assert!(said.contains("applying newer migrations"), "{said}");
    let list = target.done(&["showmigrations"]);
    assert!(list.contains(&format!(" [X] {}", last.name)) && !list.contains("[ ]"), "{list}");
    assert_eq!(next_id(&target), id + 1);
    assert!(!target.contents()["roles"].is_empty(), "the rows every installation needs are there");
}

#[test]
fn a_place_that_is_not_empty_is_refused_and_left_alone() {
    let source = Place::filled();
    let file = source.backup();
    let before = source.contents();
    let told = source.refused(&["restore", &file, "--noinput"]);
    assert!(told.contains("is not empty"), "{told}");
    let not_asked = Place::new();
    let told = not_asked.refused(&["restore", &file]);
    assert!(told.contains("not confirmed"), "{told}");
    assert_eq!(source.contents(), before);

    let target = Place::new();
    fs::create_dir(target.path().join("media")).unwrap();
    fs::write(target.path().join("media/other.png"), "x").unwrap();
    let told = target.refused(&["restore", &file, "--noinput"]);
    assert!(told.contains("other.png") && told.contains("MEDIA_ROOT"), "{told}");
    fs::remove_file(target.path().join("media/other.png")).unwrap();

    if target.engine() == Engine::Mysql {
        target.sql("CREATE TABLE neighbours (id INT PRIMARY KEY)");
        let told = target.refused(&["restore", &file, "--noinput"]);
        assert!(told.contains("neighbours") && told.contains("not this program's"), "{told}");
        target.sql("DROP TABLE neighbours");
    } else {
        // An empty file that somebody has open.
        let app = target.app();
        let mut conn = app.db().connect().unwrap();
        assert_eq!(conn.one::<i64>("SELECT COUNT(*) FROM sqlite_master", &[]).unwrap(), 0);
        let told = target.refused(&["restore", &file, "--noinput"]);
        assert!(told.contains("in use by another process"), "{told}");
        drop((conn, app));
        wait_until_alone(&target);
    }
    target.done(&["restore", &file, "--noinput"]);
    assert_eq!(target.contents(), before);
}

#[test]
fn tables_without_rows_are_no_obstacle() {
    let source = Place::filled();
    let file = source.backup();
    let target = Place::new();
    {
        let app = target.app();
        let ordered = app.migrations().unwrap();
        let mut conn = app.db().connect().unwrap();
        runner::apply(&mut conn, &ordered, &Clock::system(), &mut |_, _| {}).unwrap();
    }
    wait_until_alone(&target);
    target.done(&["restore", &file, "--noinput"]);
    assert_eq!(target.contents(), source.contents());
}

/// The threads of a program that was dropped let go of the file a moment later.
fn wait_until_alone(place: &Place) {
    while place.path().join("db.sqlite3-wal").exists() {
        std::thread::yield_now();
    }
}

#[test]
fn of_older_backups_only_as_many_stay_as_are_asked_for() {
    let source = Place::new();
    source.done(&["migrate"]);
    let folder = source.path().join("kept");
    fs::create_dir(&folder).unwrap();
    let old = ["20200101-000000", "20210101-000000", "20220101-000000"];
    let old = old.map(|stamp| format!("backend_optimizacion-{stamp}.tar.gz"));
    let others = ["backend_optimizacion-2019.tar.gz", "other-20200101-000000.tar.gz", "notes"];
    for name in old.iter().map(String::as_str).chain(others) {
        fs::write(folder.join(name), "x").unwrap();
    }
    let said = source.done(&["backup", "--output", "kept", "--keep", "2", "--no-media"]);
    assert!(said.contains("no uploaded files, as asked"), "{said}");
    assert!(!folder.join(&old[0]).exists() && !folder.join(&old[1]).exists());
    assert!(folder.join(&old[2]).exists() && others.iter().all(|name| folder.join(name).exists()));
    // A file of a name of its own; it is never replaced.
    source.done(&["backup", "--output", "kept/sunday.tar.gz"]);
    let told = source.refused(&["backup", "--output", "kept/sunday.tar.gz"]);
    assert!(told.contains("never replaces"), "{told}");
    let told = source.refused(&["backup", "--output", "kept/notes/below"]);
    assert!(told.contains("cannot be made"), "{told}");
}

#[test]
fn there_is_nothing_to_back_up_before_the_first_migration() {
    let place = Place::new();
    let told = place.refused(&["backup"]);
    assert!(told.contains("run `manage migrate` first"), "{told}");
    assert_eq!(fs::read_dir(place.path().join("backups")).unwrap().count(), 0);
}

fn start(place: &Place, arguments: &[&str]) -> Child {
    let mut command = manage(place.path(), arguments);
    command.envs(place.settings()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Kills `child` once `is_time`; whether it was still running.
fn kill_when(mut child: Child, is_time: impl Fn() -> bool) -> bool {
    while !is_time() {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::yield_now();
    }
    child.kill().unwrap();
    !child.wait().unwrap().success()
}

/// Tries again when the child was faster than the test.
fn killed_in_the_middle<T>(attempt: impl Fn() -> Result<T, ()>) -> T {
    (0..20).find_map(|_| attempt().ok()).unwrap_or_else(|| panic!("each was faster than the test"))
}

#[test]
fn a_backup_that_is_killed_leaves_nothing_that_looks_finished() {
    let source = Place::filled();
    let folder = source.path().join("backups");
    let names = || -> Vec<String> {
        let entries = fs::read_dir(&folder).into_iter().flatten();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    killed_in_the_middle(|| {
        let child = start(&source, &["backup"]);
        let is_time = || names().iter().any(|name| name.contains(".gz.part"));
        kill_when(child, is_time).then_some(()).ok_or_else(|| {
            fs::remove_dir_all(&folder).unwrap();
        })
    });
    let left = names();
    assert!(left.iter().all(|name| name.starts_with('.') && name.contains(".gz.part")), "{left:?}");
    assert_eq!(backup::folder::list(&folder).unwrap(), [] as [std::path::PathBuf; 0]);
    source.backup();
    assert_eq!(names().len(), 1, "the next run removes what is left: {:?}", names());
}

#[test]
fn a_restore_that_is_killed_is_begun_anew_and_nothing_works_on_its_half() {
    let source = Place::filled();
    let file = source.backup();
    let target = killed_in_the_middle(|| {
        let target = Place::new();
        let log = target.path().join("db.sqlite3.restoring-wal");
        let child = start(&target, &["restore", &file, "--noinput"]);
        let killed = kill_when(child, || match target.engine() {
            Engine::Mysql => target.tables().len() > 3,
            Engine::Sqlite => fs::metadata(&log).is_ok_and(|log| log.len() > 50_000),
        });
        if killed { Ok(target) } else { Err(()) }
    });
    let stage = target.path().join("db.sqlite3.restoring");
    let is_on_server = target.engine() == Engine::Mysql;
    if is_on_server {
        for command in ["migrate", "backup"] {
            let told = target.refused(&[command]);
            assert!(told.contains("restore into this database was interrupted"), "{told}");
        }
        let told = target.refused(&["runserver", "0"]);
        assert!(told.contains("restore into this database was interrupted"), "{told}");
    } else {
        assert!(!target.path().join("db.sqlite3").exists(), "a half file has not the name");
    }
    let said = target.done(&["restore", &file, "--noinput"]);
    assert_eq!(said.contains("an earlier restore was interrupted"), is_on_server, "{said}");
    assert_eq!(target.contents(), source.contents());
    assert!(!stage.exists() && !target.tables().contains(&"restore_unfinished".to_owned()));
}

/// The members of a backup.
fn unpack(file: &str) -> Vec<(String, Vec<u8>)> {
    let unpacked = flate2::read::GzDecoder::new(fs::File::open(file).unwrap());
    let mut archive = tar::Archive::new(unpacked);
    let members = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().to_str().unwrap().to_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        (name, bytes)
    });
    members.collect()
}

fn pack(members: &[(String, Vec<u8>)], file: &Path) {
    let packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    let mut archive = tar::Builder::new(packed);
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.set_path(name).unwrap();
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        archive.append(&header, bytes.as_slice()).unwrap();
    }
    let bytes = archive.into_inner().unwrap().finish().unwrap();
    fs::File::create(file).unwrap().write_all(&bytes).unwrap();
}

#[test]
fn rows_that_refer_to_nothing_are_refused_and_nothing_stays() {
    use sha2::{Digest, Sha256};
    let source = Place::filled();
    let file = source.backup();
    let mut members = unpack(&file);
    // Somebody takes a row out and makes the manifest say so.
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&members.pop().unwrap().1).unwrap();
    let (name, regions) =
        members.iter_mut().find(|(name, _)| name.starts_with("data/therapists.")).unwrap();
    let shortened = regions.splitn(2, |byte| *byte == b'\n').nth(1).unwrap().to_vec();
    let rows = shortened.split(|byte| *byte == b'\n').count() - 1;
    let digest = Sha256::digest(&shortened);
    let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    for member in manifest["members"].as_array_mut().unwrap() {
        if member["name"] == **name {
            member["bytes"] = shortened.len().into();
            member["sha256"] = hash.clone().into();
        }
    }
    for table in manifest["tables"].as_array_mut().unwrap() {
        if table["name"] == "therapists" {
            table["rows"] = rows.into();
        }
    }
    *regions = shortened;
    members.push(("manifest.json".into(), serde_json::to_vec(&manifest).unwrap()));
    let target = Place::new();
    let forged = target.path().join("forged.tar.gz");
    pack(&members, &forged);
    backup::check(&forged).unwrap();
    let told = target.refused(&["restore", "forged.tar.gz", "--noinput"]);
    assert!(told.contains("refers by") && told.contains("therapists"), "{told}");
    assert!(!target.path().join("db.sqlite3").exists());
    assert!(!target.path().join("db.sqlite3.restoring").exists());
    assert!(
        target.engine() == Engine::Sqlite || target.tables().is_empty(),
        "{:?}",
        target.tables()
    );
    // A file of another program, and one of a newer version of this one.
    for (key, value, said) in [
        ("program", "Another", "of another program"),
        ("migrations", "", "does not know; use version"),
        ("format", "", "use a newer version"),
    ] {
        let mut changed = manifest.clone();
        match key {
            "migrations" => {
                let newer =
                    serde_json::json!({"module": "patients", "name": "9999_new", "state": "0"});
                changed["migrations"].as_array_mut().unwrap().push(newer);
            }
            "format" => changed["format"] = 2.into(),
            _ => changed[key] = value.into(),
        }
        members.pop();
        members.push(("manifest.json".into(), serde_json::to_vec(&changed).unwrap()));
        pack(&members, &forged);
        let told = target.refused(&["restore", "forged.tar.gz", "--check"]);
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn a_server_runs_on_a_restored_installation() {
    let source = Place::filled();
    let target = Place::new();
    target.done(&["restore", &source.backup(), "--noinput"]);
    let server = Server::start(target.path(), &target.settings(), &target.path().join("console"));
    assert_eq!(server.get("/health/ready/").0, 200);
    server.stop();
}

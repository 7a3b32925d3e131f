//! The status of folders of its own.

use chrono::DateTime;
use tempfile::TempDir;

use super::*;
use crate::clock::Clock;
use crate::config::Source;
use crate::db::migrate::runner;
use crate::http::home::tests::PROGRAM;

fn status(folder: &TempDir, values: &[(&str, &str)]) -> Result<Status> {
    let clock = Clock::standing(DateTime::from_timestamp(1_772_463_600, 0).unwrap());
    look(&Subject::new(&PROGRAM, folder.path(), Source::of(values), clock))
}

#[test]
fn an_empty_folder_has_everything_before_it() {
    let folder = TempDir::new().unwrap();
    let status = status(&folder, &[]).unwrap();
    assert_eq!(status.migrations.as_ref().unwrap().applied, 0);
    assert!(status.backup.is_none() && status.errors_24h.is_none() && !status.is_broken());
    let text = status.text();
    for part in ["Prueba 1.2.3, 2026-03-02T15:00:00Z", "NOT: ", "last backup   NONE", "no log"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "looking makes nothing");
}

#[test]
fn a_working_installation_is_told_in_figures() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("data/backend_optimizacion.sqlite3");
    let mut conn = crate::db::open(&Location::File(path)).unwrap();
    let ordered = app::migrations(PROGRAM.modules).unwrap();
    runner::apply(&mut conn, &ordered, &Clock::system(), &mut |_, _| {}).unwrap();
    std::fs::create_dir(folder.path().join("backups")).unwrap();
    let backup = folder.path().join("backups/backend_optimizacion-20260301-070000.tar.gz");
    std::fs::write(backup, [0; 2_048]).unwrap();
    std::fs::create_dir(folder.path().join("media")).unwrap();
    std::fs::write(folder.path().join("media/photo.jpg"), [0; 512]).unwrap();

    let status = status(&folder, &[]).unwrap();
    let migrations = status.migrations.clone().unwrap();
    assert_eq!((migrations.applied, migrations.pending.len()), (ordered.len(), 0));
    let backup = status.backup.clone().unwrap();
    assert_eq!((backup.age_hours, backup.bytes), (27, 2_048));
    let size = |name: &str| status.sizes.iter().find(|size| size.name == name).unwrap().bytes;
    assert_eq!((size("uploads"), size("backups")), (512, 2_048));
    assert!(size("database") > 4_096);
    let text = status.text();
    assert!(text.contains("27 hours old, 2.0 KiB") && text.contains("uploads 512 B"), "{text}");
    let json = serde_json::to_value(&status).unwrap();
    assert_eq!(json["services"][1]["is_up"], true);
    assert_eq!(json["migrations"]["pending"], serde_json::json!([]));
}

#[test]
fn a_database_that_is_away_is_down_and_broken() {
    let folder = TempDir::new().unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("mysql://u:TopSecret@127.0.0.1:{port}/none");
    let status = status(&folder, &[("DATABASE_URL", &url)]).unwrap();
    assert!(status.is_broken() && status.migrations.is_none());
    let text = status.text();
    assert!(text.contains("DOWN  mysql u@127.0.0.1") && !text.contains("TopSecret"), "{text}");
}

#[test]
fn settings_that_cannot_be_used_are_refused() {
    let folder = TempDir::new().unwrap();
    let refused = status(&folder, &[("TIME_ZONE", "Lima")]).unwrap_err();
    assert!(refused.to_string().contains("manage check"));
}

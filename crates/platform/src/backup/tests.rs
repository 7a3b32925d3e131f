//! Archives that somebody made to do harm, and rows that are none.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value as Json, json};
use tar::{Builder, EntryType, Header};
use tempfile::TempDir;

use super::archive::is_safe;
use super::tables::{ColumnShape, TableShape};
use super::{check, folder, rows, sha256};
use crate::db::Kind;

/// A member and what its header says it is.
struct Entry(&'static str, EntryType, Vec<u8>);

fn plain(name: &'static str, bytes: &[u8]) -> Entry {
    Entry(name, EntryType::Regular, bytes.to_vec())
}

/// A manifest that is right about `members`, each with the path or table it is said to hold.
fn manifest(members: &[(&str, &[u8], Json)], rows: u64, uploads: Json) -> Entry {
    let list: Vec<Json> = members
        .iter()
        .map(|(name, bytes, content)| {
            let mut member = json!({"name": name, "bytes": bytes.len(), "sha256": sha256(bytes)});
            member.as_object_mut().unwrap().extend(content.as_object().unwrap().clone());
            member
        })
        .collect();
    let manifest = json!({
        "format": 1, "program": "P", "version": "1", "engine": "sqlite", "created_at": "", "migrations": [],
        "tables": [{"name": "t", "columns": [], "key": ["id"], "rows": rows, "next_id": null}],
        "left_out": [], "uploads": uploads, "members": list,
    });
    plain("manifest.json", manifest.to_string().as_bytes())
}

fn pack(entries: &[Entry]) -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.tar.gz");
    let mut archive =
        Builder::new(GzEncoder::new(File::create(&path).unwrap(), Compression::new(6)));
    for Entry(name, kind, bytes) in entries {
        let mut header = Header::new_ustar();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(*kind);
        if *kind == EntryType::Symlink {
            header.set_link_name("/etc/passwd").unwrap();
        }
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        archive.append(&header, bytes.as_slice()).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap();
    (place, path)
}

fn refusal(entries: &[Entry]) -> String {
    let (_place, path) = pack(entries);
    check(&path).map(|_| ()).unwrap_err().to_string()
}

const ROWS: &[u8] = b"[1]\n[2]\n";

fn table() -> Json {
    json!({"table": "t"})
}

#[test]
fn a_whole_archive_is_read() {
    let upload = json!({"upload": "a/b.png"});
    let members = [("data/t.1", ROWS, table()), ("media/x", b"png".as_slice(), upload)];
    let manifest = manifest(&members, 2, json!({"files": 1, "bytes": 3}));
    let (_place, path) = pack(&[plain("data/t.1", ROWS), plain("media/x", b"png"), manifest]);
    let checked = check(&path).unwrap();
    assert_eq!(checked.manifest.tables[0].rows, 2);
    assert_eq!(checked.bytes, std::fs::metadata(path).unwrap().len());
}

#[test]
fn members_that_are_no_plain_files_are_refused() {
    for kind in [
        EntryType::Symlink,
        EntryType::Link,
        EntryType::Directory,
        EntryType::Char,
        EntryType::Fifo,
    ] {
        let told = refusal(&[Entry("media/x", kind, Vec::new()), manifest(&[], 0, Json::Null)]);
        assert!(told.contains("no plain file"), "{kind:?}: {told}");
    }
    // Names of any length that the library would gather in memory.
    for kind in [EntryType::GNULongName, EntryType::XHeader, EntryType::XGlobalHeader] {
        let told = refusal(&[Entry("././@LongLink", kind, vec![b'x'; 100_000])]);
        assert!(told.contains("no plain file"), "{kind:?}: {told}");
    }
}

#[test]
fn uploads_never_leave_their_folder() {
    for path in ["../x", "a/../../x", "/etc/x", "a//b", "./x", "a/", "", "a\\..\\x", "a\0b"] {
        assert!(!is_safe(path), "{path:?}");
        let members = [("media/x", b"x".as_slice(), json!({"upload": path}))];
        let manifest = manifest(&members, 0, json!({"files": 1, "bytes": 1}));
        let told = refusal(&[plain("media/x", b"x"), manifest]);
        assert!(told.contains("would leave the folder"), "{path:?}: {told}");
    }
    assert!(is_safe("company/logo ñ.png"));
}

#[test]
fn a_file_that_unpacks_without_end_is_refused_before_it_fills_anything() {
    let (_place, path) = pack(&[plain("media/x", &vec![0; 80 << 20])]);
    assert!(std::fs::metadata(&path).unwrap().len() < 1 << 20);
    let told = check(&path).map(|_| ()).unwrap_err().to_string();
    assert!(told.contains("far more than its size"), "{told}");
}

#[test]
fn what_the_manifest_does_not_say_is_refused() {
    let right = || manifest(&[("data/t.1", ROWS, table())], 2, Json::Null);
    let rows = || plain("data/t.1", ROWS);
    let cases: [(&str, Vec<Entry>); 9] = [
        ("has no manifest", vec![rows()]),
        ("1 members and its manifest 0", vec![rows(), manifest(&[], 0, Json::Null)]),
        ("is not what the manifest says", vec![plain("data/t.1", b"[1]\n[3]\n"), right()]),
        ("is not what the manifest says", vec![plain("data/t.2", ROWS), right()]),
        ("follows the manifest", vec![rows(), right(), rows()]),
        ("rows of t", vec![rows(), manifest(&[("data/t.1", ROWS, table())], 3, Json::Null)]),
        (
            "does not list",
            vec![rows(), manifest(&[("data/t.1", ROWS, json!({"table": "u"}))], 0, Json::Null)],
        ),
        (
            "number of its uploads",
            vec![rows(), {
                manifest(&[("data/t.1", ROWS, table())], 2, json!({"files": 1, "bytes": 0}))
            }],
        ),
        ("twice", {
            let one = ("media/x", b"x".as_slice(), json!({"upload": "x"}));
            let two = ("media/y", b"y".as_slice(), json!({"upload": "x"}));
            let manifest = manifest(&[one, two], 0, json!({"files": 2, "bytes": 2}));
            vec![plain("media/x", b"x"), plain("media/y", b"y"), manifest]
        }),
    ];
    for (expected, entries) in cases {
        let told = refusal(&entries);
        assert!(told.contains(expected), "{expected}: {told}");
    }
    let told = refusal(&[plain("manifest.json", b"{\"format\": 1}")]);
    assert!(told.contains("manifest cannot be read"), "{told}");
}

#[test]
fn something_behind_the_end_is_refused() {
    let (_place, path) =
        pack(&[plain("data/t.1", ROWS), manifest(&[("data/t.1", ROWS, table())], 2, Json::Null)]);
    check(&path).unwrap();
    let mut file = File::options().append(true).open(&path).unwrap();
    file.write_all(b"\0").unwrap();
    assert!(check(&path).map(|_| ()).unwrap_err().to_string().contains("appended"));
}

#[test]
fn lines_that_are_no_rows_are_refused() {
    let column = |name: &str, kind| ColumnShape { name: name.to_owned(), kind, parent: None };
    let table = TableShape {
        name: "t".to_owned(),
        columns: vec![
            column("id", Kind::Id),
            column("price", Kind::Decimal { digits: 10, places: 2 }),
            column("at", Kind::DateTime),
        ],
        key: vec!["id".to_owned()],
    };
    let read = |line: &str| rows::read(line.as_bytes(), &table, &mut Vec::new());
    read(r#"[1, "10.50", "2026-11-23 10:00:00.000000"]"#).unwrap();
    read("[1, null, null]").unwrap();
    for bad in [
        "",
        "{}",
        "[1, null]",
        "[1, null, null, null]",
        r#"["1", null, null]"#,
        "[1.5, null, null]",
        "[1, 10.5, null]",
        r#"[1, "10.555", null]"#,
        r#"[1, null, "yesterday"]"#,
    ] {
        assert!(read(bad).is_err(), "{bad}");
    }
}

#[test]
fn only_names_of_ours_are_backups() {
    assert!(folder::taken_at("backend_optimizacion-20261123-235959.tar.gz").is_some());
    for name in [
        "backend_optimizacion-20261123-235959.tar.gz.part",
        ".backend_optimizacion-20261123-235959.tar.gz",
        "backend_optimizacion-20261323-235959.tar.gz",
        "backend_optimizacion-2026112-235959.tar.gz",
        "other-20261123-235959.tar.gz",
    ] {
        assert!(folder::taken_at(name).is_none(), "{name}");
    }
}

//! The executable's consoles: `shell`, `dbshell` and `slowqueries`, as an operator types them.

#![expect(clippy::unwrap_used, reason = "a test says no by a panic")]

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use clinic::{MODULES, PROGRAM};
use platform::db::Engine;
use tempfile::TempDir;
use testkit::TestApp;

const KEY: &str = "a-key-for-tests-only-0123456789-abcdefgh";

/// The executable in a folder of its own, with no setting but these.
fn manage(folder: &Path, settings: &[(&str, &str)], arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_manage"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("SECRET_KEY", KEY)
        .envs(settings.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses before it reads closes the pipe.
    let _refused_early = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// On a test's database (and its Redis): exit code, what it printed, what it complained.
fn run(app: &TestApp, arguments: &[&str], input: &str) -> (i32, String, String) {
    let folder = TempDir::new().unwrap();
    let url = app.database_url();
    let mut settings = vec![("DATABASE_URL", url.as_str()), ("DATABASE_CONNECTIONS", "2")];
    if let Some(redis) = &app.app().config().redis_url {
        settings.push(("REDIS_URL", redis.reveal()));
    }
    told(&manage(folder.path(), &settings, arguments, input))
}

fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn shell(app: &TestApp, input: &str) -> (i32, String, String) {
    run(app, &["shell"], input)
}

fn write(app: &TestApp, input: &str) -> (i32, String, String) {
    run(app, &["shell", "--write", "--yes"], input)
}

const DOCUMENT: &str = "\
from architect.models import User
from therapists.models import Therapist
from patients_diagnoses.models import Patient
from appointments_status.models import Appointment
print(User.count(), Therapist.count(), Patient.objects.count(), Appointment.objects.all().count())
from django.core.cache import cache
cache.set('test', 'value', 10)
print(cache.get('test'))
from django.db import connection
print(len(connection.queries))
exit()
print('never')
";

#[test]
fn the_lines_of_the_flow_document_work_as_they_stand() {
    let app = TestApp::start(PROGRAM);
    let _somebody = app.superuser();
    let (code, printed, complained) = shell(&app, DOCUMENT);
    assert_eq!((code, complained.as_str()), (0, ""), "{printed}");
    assert_eq!(printed, "1 0 0 0\nvalue\n4\n");
}

#[test]
fn every_model_answers_and_no_secret_is_shown() {
    let app = TestApp::start(PROGRAM);
    let _somebody = app.superuser();
    let mut script = String::new();
    for table in MODULES.iter().flat_map(|module| module.tables) {
        script.push_str(&format!("print('{0}', {0}.count(), {0}.first())\n", table.model));
        for column in table.columns.iter().filter(|column| column.secret) {
            let (code, _, complained) =
                shell(&app, &format!("{}.filter({}__contains='a')", table.model, column.name));
            assert!(code == 1 && complained.contains("is secret"), "{complained}");
        }
    }
    script.push_str("print(HistoryEntry.count(), Session.first(), RowCount.first())\n");
    let (code, printed, complained) = shell(&app, &script);
    assert_eq!((code, complained.as_str()), (0, ""), "{printed}");
    assert!(printed.contains("User 1 {'id': 1, "), "{printed}");
    assert!(!printed.contains("'password':") && !printed.contains("argon2"), "{printed}");
}

const THREE: &str = "\
for name in ['Ñandú 100%', 'nandu_x', 'Zeta'] { DocumentType.create(name=name) }
first = DocumentType.get(name='Zeta').id - 2
mine = DocumentType.filter(id__gte=first)
";

#[test]
fn lookups_mean_the_same_on_both_engines() {
    let app = TestApp::start(PROGRAM);
    for (asked, expected) in [
        ("name='Zeta'", "['Zeta']"),
        ("name='zeta'", "[]"),
        ("name__iexact='ZETA'", "['Zeta']"),
        ("name__contains='nd'", "['Ñandú 100%', 'nandu_x']"),
        ("name__contains='ND'", "[]"),
        ("name__icontains='NANDÚ'", "['Ñandú 100%', 'nandu_x']"),
        ("name__contains='%'", "['Ñandú 100%']"),
        ("name__startswith='nandu_'", "['nandu_x']"),
        ("name__istartswith='ÑAN'", "['Ñandú 100%', 'nandu_x']"),
        ("name__endswith='x'", "['nandu_x']"),
        ("name__iendswith='ETA'", "['Zeta']"),
        ("name__endswith=''", "['Ñandú 100%', 'nandu_x', 'Zeta']"),
        ("name__in=['Zeta', 'x']", "['Zeta']"),
        ("name__in=[]", "[]"),
        ("id__gt=first, id__lte=first + 1", "['nandu_x']"),
        ("id__range=[first, first + 1]", "['Ñandú 100%', 'nandu_x']"),
        ("pk=first", "['Ñandú 100%']"),
        ("deleted_at__isnull=False", "[]"),
        ("created_at__gte='2000-01-01', deleted_at=None", "['Ñandú 100%', 'nandu_x', 'Zeta']"),
    ] {
        let print = format!("print(list(mine.filter({asked})).map(|row| row.name))\n");
        // One transaction of rows for all: they are made by the first round.
        let made = if app.number("SELECT COUNT(*) FROM document_types WHERE name = 'Zeta'") == 0 {
            THREE.to_owned()
        } else {
            THREE.lines().skip(1).collect::<Vec<_>>().join("\n") + "\n"
        };
        let (code, printed, complained) = write(&app, &format!("{made}{print}"));
        assert_eq!((code, complained.as_str()), (0, ""), "{asked}");
        assert_eq!(printed.trim_end(), expected, "{asked}");
    }
}

#[test]
fn queries_are_ordered_cut_counted_and_shown_in_pages() {
    let app = TestApp::start(PROGRAM);
    let script = "\
for n in 0..25 { DocumentType.create(name='T' + (100 + n)) }
t = DocumentType.filter(name__startswith='T1')
print(t.count(), t.limit(3).count(), len(t), t.exists(), t.filter(name='x').exists())
print(t.order_by('-name').first().name, t.last().name, t[1].name)
print(t.order_by('-id').limit(2).values('name'))
print(t.exclude(name__gte='T102').values('name'))
print(t)
p = t.first()
p.delete()
print(t.count(), t.with_deleted().count())
print(DocumentType.get(name='T101').to_map().name)
";
    let (code, printed, complained) = write(&app, script);
    assert_eq!((code, complained.as_str()), (0, ""), "{printed}");
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines[..2], ["25 3 25 True False", "T124 T124 T101"]);
    assert_eq!(lines[2..4].join(""), "<QuerySet [{'name': 'T124'}, {'name': 'T123'}]>");
    assert_eq!(lines[4..6].join(""), "<QuerySet [{'name': 'T100'}, {'name': 'T101'}]>");
    assert_eq!(lines[6..26].iter().filter(|line| line.contains("'name': 'T1")).count(), 20);
    assert_eq!(lines[26], " '...(remaining elements truncated)...']>");
    assert_eq!(lines[27..], ["24 25", "T101"]);
}

#[test]
fn a_shell_changes_nothing_unless_it_was_started_to_write() {
    let app = TestApp::start(PROGRAM);
    let before = app.number("SELECT COUNT(*) FROM document_types WHERE deleted_at IS NULL");
    for statement in [
        "DocumentType.create(name='x')",
        "DocumentType.first().delete()",
        "DocumentType.all().delete()",
        "DocumentType.filter().update(name='x')",
        "d = DocumentType.first(); d.name = 'x'; d.save()",
    ] {
        let (code, _, complained) = shell(&app, statement);
        assert_eq!(code, 1, "{statement}");
        assert!(complained.contains("this shell only reads"), "{statement}: {complained}");
    }
    let (code, _, complained) = run(&app, &["shell", "--write"], "DocumentType.all().delete()");
    assert!(code == 1 && complained.contains("--write --yes"), "{complained}");
    assert_eq!(run(&app, &["shell", "--yes"], "").0, 2);
    assert_eq!(app.number("SELECT COUNT(*) FROM document_types WHERE deleted_at IS NULL"), before);
}

#[test]
fn what_a_shell_writes_is_checked_and_kept_in_the_history() {
    let app = TestApp::start(PROGRAM);
    for (statement, reason) in [
        ("DocumentType.create(#{})", "also needs name"),
        ("DocumentType.create(name='x' + '123456789'.pad_after(60, '_'))", "there is no"),
        ("DocumentType.create(name=5)", "DocumentType.name takes a text, not 5"),
        ("DocumentType.create(nombre='x')", "has no field \"nombre\""),
        (
            "DocumentType.create(name='aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')",
            "name: ",
        ),
        ("DocumentType.create(name='A1'); DocumentType.create(name='a1')", "name: "),
        ("User.filter(id=1).update(password='x')", "secret"),
        ("HistoryEntry.all().delete()", "kept by the program itself"),
        ("d = DocumentType.first(); d.id = 7", "keeps its id"),
    ] {
        let (code, _, complained) = write(&app, statement);
        assert!(code == 1 && complained.contains(reason), "{statement}: {complained}");
    }
    let (code, printed, complained) = write(
        &app,
        "d = DocumentType.get(name='A1')\nd.name = 'A2'\nd.save()\nprint(DocumentType.get(d.id).name)\nprint(d.delete())",
    );
    assert_eq!((code, printed.as_str(), complained.as_str()), (0, "A2\n1\n", ""));
    let kept =
        "SELECT COUNT(*) FROM history WHERE origin = 'shell' AND table_name = 'document_types'";
    assert_eq!(app.number(kept), 3, "made, changed, deleted");
}

#[test]
fn hostile_statements_end_in_one_sentence() {
    let app = TestApp::start(PROGRAM);
    let deep = "(".repeat(20_000);
    let minus = "-".repeat(50_000) + "1";
    let lists = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    for (statement, reason) in [
        ("while true {}", "an endless loop?"),
        ("fn f(x) { f(x) + 1 }\nf(1)", "line 2: stopped at"),
        ("s = 'ab'; loop { s += s }", "too large"),
        ("a = [1]; loop { a += a }", "too large"),
        ("print('open)", "is not closed"),
        ("print(`open)", "not closed"),
        ("print((1)", "never finished"),
        (deep.as_str(), "never finished"),
        (minus.as_str(), "line 1: "),
        (lists.as_str(), "line 1: "),
        (
            "from nowhere.models import Nobody",
            "there is no model \"Nobody\"; there are Appointment, ",
        ),
        ("from os import system", "there is no os here"),
        ("import os", "only `from"),
        ("eval('1')", "disabled"),
        ("Nobody.count()", "nothing called \"Nobody\""),
        ("User.get(999)", "no User has the id 999"),
        ("User.get(email='x')", "no such User"),
        ("DocumentType.get()", "more than one DocumentType"),
        ("User.filter(email__like='x')", "is no lookup"),
        ("User.filter(id__in=5)", "takes a list"),
        ("User.filter(date_joined='soon')", "takes a moment"),
        ("User.filter(#{\"id = 1 OR 1\": 1})", "has no field"),
        ("User.order_by('id; DROP TABLE users')", "has no field"),
        ("User.limit(-1)", "from 0"),
        ("1 +", "line 1: "),
        ("\0\u{7f}", "line 1: "),
    ] {
        let (code, _, complained) = shell(&app, statement);
        let sentence = complained.trim_end();
        assert_eq!(code, 1, "{sentence}");
        assert!(sentence.contains(reason) && sentence.starts_with("line "), "{reason}: {sentence}");
        assert!(sentence.lines().count() == 1 && !sentence.contains("panicked"), "{sentence}");
    }
}

#[test]
fn a_failing_script_tells_its_line_and_stops_there() {
    let app = TestApp::start(PROGRAM);
    let script =
        "print(1)\n# a comment\nx = [1,\n  2]\nprint(x\n  .len())\n\nUser.frob()\nprint(3)\n";
    let (code, printed, complained) = shell(&app, script);
    assert_eq!((code, printed.as_str()), (1, "1\n2\n"));
    assert!(complained.starts_with("line 8: there is no frob"), "{complained}");
    let (code, printed, _) = run(&app, &["shell", "-c", "print(None, True, 'a\\'b'); quit()"], "");
    assert_eq!((code, printed.as_str()), (0, "None True a'b\n"));
}

#[test]
fn a_cache_that_does_not_answer_is_told() {
    let folder = TempDir::new().unwrap();
    let settings = [("REDIS_URL", "redis://127.0.0.1:1/0")];
    assert_eq!(told(&manage(folder.path(), &settings, &["migrate"], "")).0, 0);
    let (code, printed, complained) =
        told(&manage(folder.path(), &settings, &["shell"], "cache.set('test', 'value', 10)"));
    assert_eq!((code, printed.as_str()), (1, ""));
    assert!(complained.starts_with("line 1: Redis does not answer (REDIS_URL)"), "{complained}");
}

/// A client that tells what it was given.
fn fake_client(folder: &Path, name: &str) {
    let path = folder.join(name);
    let script = "#!/bin/sh\nPATH=/usr/bin:/bin\nprintf 'argument:%s\\n' \"$@\"\nenv\n\
        case \"$1\" in --defaults-extra-file=*) ls -l \"${1#*=}\"; cat \"${1#*=}\";; esac\nexit 7\n";
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_servers_client_gets_the_password_in_a_file_of_its_own() {
    let folder = TempDir::new().unwrap();
    fake_client(folder.path(), "mysql");
    let path = folder.path().to_str().unwrap();
    let settings = [
        ("PATH", path),
        ("TMPDIR", path),
        ("DATABASE_NAME", "clinic"),
        ("DATABASE_USER", "ana"),
        ("DATABASE_PASSWORD", "s3\"cr\\t"),
    ];
    let arguments = ["dbshell", "-c", "SELECT 1", "--", "--batch"];
    let (code, printed, complained) = told(&manage(folder.path(), &settings, &arguments, ""));
    assert_eq!((code, complained.as_str()), (7, ""), "{printed}");
    assert!(
        printed.contains("\nargument:clinic\nargument:--batch\nargument:-e\nargument:SELECT 1\n")
    );
    assert!(printed.contains("\n-rw------- "), "{printed}");
    assert!(printed.contains("\nuser=\"ana\"\npassword=\"s3\\\"cr\\\\t\"\nhost=\"127.0.0.1\"\n"));
    assert!(!printed.contains("argument:s3") && !printed.contains("-ps3"), "{printed}");
    let left = std::fs::read_dir(folder.path()).unwrap().flatten();
    assert!(!left.into_iter().any(|entry| entry.file_name().to_string_lossy().ends_with(".cnf")));
}

#[test]
fn the_embedded_databases_client_gets_the_file() {
    let folder = TempDir::new().unwrap();
    fake_client(folder.path(), "sqlite3");
    let settings = [("PATH", folder.path().to_str().unwrap())];
    let arguments = ["dbshell", "--", "-header"];
    let (code, printed, _) = told(&manage(folder.path(), &settings, &arguments, ""));
    let expected = "data/backend_optimizacion.sqlite3\nargument:-header\n";
    assert!(code == 7 && printed.contains(expected), "{printed}");
}

#[test]
fn without_a_client_a_small_prompt_says_so_and_works() {
    let app = TestApp::start(PROGRAM);
    let folder = TempDir::new().unwrap();
    let url = app.database_url();
    let settings = [("PATH", "/nonexistent"), ("DATABASE_URL", url.as_str())];
    let dbshell = |more: &[&str], input: &str| {
        let arguments: Vec<&str> = ["dbshell"].iter().chain(more).copied().collect();
        told(&manage(folder.path(), &settings, &arguments, input))
    };
    let input = ".tables\nINSERT INTO versions (name, value)\n VALUES ('a;b', 7);\n\
        SELECT name, value, NULL AS empty FROM versions WHERE name = 'a;b';\n.quit\nSELECT broken";
    let (code, printed, complained) = dbshell(&[], input);
    assert!(complained.starts_with("No database client is installed"), "{complained}");
    assert_eq!((code, complained.lines().count()), (0, 1), "{complained}");
    assert!(printed.starts_with("appointment_statuses\nappointments\n"), "{printed}");
    assert!(printed.contains("| a;b  | 7     | NULL  |\n"), "{printed}");
    let (code, printed, _) = dbshell(&["-e", ".schema versions"], "");
    assert!(code == 0 && printed.contains("CREATE TABLE"), "{printed}");
    let (code, _, complained) =
        dbshell(&["-c", "SELECT 1; SELECT nope FROM nowhere; SELECT 2"], "");
    assert!(code == 1 && complained.contains("nowhere"), "{complained}");
}

#[test]
fn slow_statements_are_listed_from_the_log_files() {
    let app = TestApp::start(PROGRAM);
    let folder = TempDir::new().unwrap();
    let logs = folder.path().join("logs");
    std::fs::create_dir(&logs).unwrap();
    let line = |second: u32, sql: &str, ms: u32| {
        format!(
            "2026-11-24T10:00:{second:02}.000001Z  WARN platform::db::slow: slow query sql=\"{sql}\" ms={ms} count=1\n"
        )
    };
    let text = [
        line(1, "SELECT a FROM t", 300),
        line(2, "SELECT b FROM t", 900),
        line(3, "SELECT a FROM t", 400),
    ]
    .concat();
    std::fs::write(logs.join("app.log.2026-11-24"), text).unwrap();
    let url = app.database_url();
    let settings = [("DATABASE_URL", url.as_str()), ("SLOW_QUERY_MS", "150")];
    let list = |arguments: &[&str]| told(&manage(folder.path(), &settings, arguments, ""));
    let (code, printed, complained) = list(&["slowqueries", "--limit", "1"]);
    assert_eq!((code, complained.as_str()), (0, ""));
    assert!(printed.starts_with("Statements slower than 150 ms in "), "{printed}");
    assert!(
        printed
            .contains("        1         900       900       900  SELECT b FROM t\n  … and 1 more"),
        "{printed}"
    );
    assert!(
        list(&["slowqueries"])
            .1
            .contains("        2         700       350       400  SELECT a FROM t\n")
    );
    assert_eq!(list(&["slowqueries", "--reset"]).0, 0);
    let after = list(&["slowqueries"]).1;
    assert!(after.lines().nth(1) == Some("  none"), "{after}");
    assert_eq!(after.contains("performance_schema"), app.engine() == Engine::Mysql);
}

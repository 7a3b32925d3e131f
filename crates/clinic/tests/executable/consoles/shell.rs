//! `shell`: the document's lines, what it refuses, how it ends.

use clinic::PROGRAM;
use tempfile::TempDir;
use testkit::TestApp;

use super::{manage, run, shell, told, write};

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

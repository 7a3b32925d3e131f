//! `shell`: models and what can be asked of them.

use clinic::{MODULES, PROGRAM};
use testkit::TestApp;

use super::{shell, write};

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

const THREE: &str =
    "for name in ['Ñandú 100%', 'nandu_x', 'Zeta'] { DocumentType.create(name=name) }";

#[test]
fn lookups_mean_the_same_on_both_engines() {
    let app = TestApp::start(PROGRAM);
    assert_eq!(write(&app, THREE).0, 0);
    let expected = [
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
    ];
    let mut script = "first = DocumentType.get(name='Zeta').id - 2\n\
        mine = DocumentType.filter(id__gte=first)\n"
        .to_owned();
    for (asked, _) in expected {
        script.push_str(&format!("print(list(mine.filter({asked})).map(|row| row.name))\n"));
    }
    let (code, printed, complained) = shell(&app, &script);
    assert_eq!((code, complained.as_str()), (0, ""), "{printed}");
    assert_eq!(printed.lines().count(), expected.len());
    for ((asked, expected), found) in expected.iter().zip(printed.lines()) {
        assert_eq!(found, *expected, "{asked}");
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

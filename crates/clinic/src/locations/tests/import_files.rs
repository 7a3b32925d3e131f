use platform::db::Changes;
use testkit::TestApp;

use super::loaded;
use crate::PROGRAM;
use crate::locations::model::REGIONS;
use crate::locations::service::ubigeo::{self, Counts, File};
use crate::tests::builders::app;
use platform::i18n::Lang;

type Outcome = Result<Vec<(usize, usize, usize)>, Vec<String>>;

/// Imports files named `1.csv`, `2.csv` …; what is wrong as `file:line: field code`.
fn import(app: &TestApp, country: &'static str, files: &[&[u8]]) -> Outcome {
    let files: Vec<File> = files
        .iter()
        .enumerate()
        .map(|(index, content)| File {
            name: format!("{}.csv", index + 1),
            content: content.to_vec(),
        })
        .collect();
    let outcome = app
        .app()
        .write_blocking("test", true, move |tx| ubigeo::run(tx, &ubigeo::read(&files), country));
    let row = |count: &Counts| (count.new, count.updated, count.unchanged);
    outcome.map(|counts| counts.iter().map(row).collect()).map_err(|error| {
        let fields = &error.refusal().unwrap_or_else(|| panic!("{error}")).fields;
        fields.iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect()
    })
}

/// How many places there are, of all kinds.
fn places(app: &TestApp) -> i64 {
    app.number(
        "SELECT (SELECT COUNT(*) FROM countries) + (SELECT COUNT(*) FROM regions) \
         + (SELECT COUNT(*) FROM provinces) + (SELECT COUNT(*) FROM districts)",
    )
}

#[test]
fn each_kind_of_fault_is_told_by_line_and_nothing_is_written() {
    let app = loaded();
    let before = places(&app);
    let long = format!("ubigeo_code;name\n26;{}\n", "x".repeat(256));
    for (content, expected) in [
        (&b""[..], "1.csv:1 header"),
        (b"foo;bar\n1;2\n", "1.csv:1 header"),
        (b"ubigeo_code;nombre completo\n26;X\n", "1.csv:1 header"),
        (b"name;ISO2\nX;XX\n", "1.csv:1 header"),
        (b"\xff\xfeu\x00b\x00", "1.csv:1 header"),
        (b"ubigeo_code;name\n26;Nueva\n27;\n", "1.csv:3: name required"),
        (b"ubigeo_code;name\n26;Nueva\n;Sin\n", "1.csv:3: ubigeo_code required"),
        (b"ubigeo_code;name\n2x;Nueva\n", "1.csv:2: ubigeo_code bad_code"),
        (b"ubigeo_code;name\n126;Nueva\n", "1.csv:2: ubigeo_code bad_code"),
        (b"ubigeo_code;name\n\xd9\xa1\xd9\xa2;Nueva\n", "1.csv:2: ubigeo_code bad_code"),
        (b"ubigeo_code;name\n26;Nueva\n26;Otra\n", "1.csv:3: ubigeo_code repeated"),
        (b"ubigeo_code;name\n26;Jun\xedn\n", "1.csv:2: name encoding"),
        (b"ubigeo_code;name\n26;Nueva;x\n", "1.csv:2 columns"),
        (b"ubigeo_code;name\n26\n", "1.csv:2 columns"),
        (b"ubigeo_code;name\n26;\"Nueva\n27;Otra\n", "1.csv:2: name invalid"),
        (b"ubigeo_code;name\n26;a\0b\n", "1.csv:2: name invalid"),
        (long.as_bytes(), "1.csv:2: name max_length"),
        (b"code;Nombre;region_code\n2601;Nueva;26\n", "1.csv:2: region_code unknown_parent"),
        (b"code;name;region_id\n2601;Nueva;\n", "1.csv:2: region_id required"),
        (b"code;name;region_id\n2601;Nueva;abc\n", "1.csv:2: region_id bad_code"),
        (b"code;name;province_id\n260101;N;2601\n", "1.csv:2: province_id unknown_parent"),
        (b"name;phone_code;ISO2\nX;1;XYZ\n", "1.csv:2: ISO2 bad_code"),
        (b"name;phone_code;ISO2\nX;12345678901;XX\n", "1.csv:2: phone_code max_length"),
        (b"name;phone_code;ISO2\nX;uno;XX\n", "1.csv:2: phone_code digits"),
        (b"name;phone_code;ISO2\nX;1;\nx;2;\n", "1.csv:3: name repeated"),
    ] {
        let told = import(&app, "PE", &[content]).unwrap_err();
        assert_eq!(told, [expected], "{}", String::from_utf8_lossy(content));
    }
    assert_eq!(places(&app), before);
}

#[test]
fn every_bad_row_is_told_at_once_in_the_order_of_the_files() {
    let app = loaded();
    let before = places(&app);
    let provinces = b"code,Nombre,region_code\r\n2601,Nueva,26\r\n\r\n2602,,15\r\n9901,X,99\r\n";
    let regions = b"\xef\xbb\xbfubigeo_code;name\r\n26;\r\n15;Lima\r\n";
    let told = import(&app, "PE", &[provinces, regions]).unwrap_err();
    // The province of the bad region is not to blame.
    let expected = [
        "1.csv:4: Nombre required",
        "1.csv:5: region_code unknown_parent",
        "2.csv:2: name required",
    ];
    assert_eq!(told, expected);
    assert_eq!(places(&app), before);
}

#[test]
fn a_report_is_a_sentence_in_both_languages() {
    let app = app();
    let content = b"ubigeo_code;name\n2x;\n".to_vec();
    let file = File { name: "mine.csv".into(), content };
    let tables = ubigeo::read(&[file]);
    let outcome = app.app().write_blocking("test", true, move |tx| ubigeo::run(tx, &tables, "PE"));
    let error = outcome.unwrap_err();
    let faults = &error.refusal().unwrap().fields;
    assert_eq!(faults.len(), 2);
    for lang in [Lang::Es, Lang::En] {
        for fault in faults {
            let sentence = fault.message.speak(PROGRAM.texts, lang);
            assert!(sentence.contains(' ') && !sentence.contains("%{"), "{sentence}");
        }
    }
}

#[test]
fn a_country_that_is_not_there_has_no_regions() {
    let app = app();
    let told = import(&app, "ZZ", &[b"code;name\n01;Norte\n"]).unwrap_err();
    assert_eq!(told, ["--country-iso2 unknown_country"]);
    assert_eq!(places(&app), 0);
}

#[test]
fn a_region_is_not_taken_from_another_country() {
    let app = loaded();
    let told = import(&app, "CL", &[b"code;name\n15;Arica\n"]).unwrap_err();
    assert_eq!(told, ["1.csv:2 other_country"]);
    let countries = b"name;phone_code;ISO2\nNuevo;1;xx\n";
    let made = import(&app, "xx", &[b"code;name\n99;Norte\n", countries]);
    assert_eq!(made, Ok(vec![(1, 0, 0), (1, 0, 0)]));
}

#[test]
fn marks_line_ends_delimiters_and_lost_zeros_of_spreadsheets_are_understood() {
    let app = loaded();
    let bom = b"\xef\xbb\xbfCode,NAME\r\n1,Amazonas\r\n , \r\n26,\"Nueva, la\"\r\n";
    assert_eq!(import(&app, "pe", &[bom]), Ok(vec![(1, 0, 1)]));
    let provinces = b"name;region_code;code;note\n Nueva ;26;2601;x\nBagua;1;102;y\n";
    assert_eq!(import(&app, "PE", &[provinces]), Ok(vec![(1, 0, 1)]));
    let page = app.superuser().get("/api/locations/provinces/?region_ubigeo=26").is(200);
    assert_eq!(page.results()[0]["name"], "Nueva");
    assert_eq!(page.results()[0]["region_name"], "Nueva, la");
}

#[test]
fn a_country_without_a_code_is_known_by_its_name() {
    let app = loaded();
    let file = b"name;phone_code;ISO2\nPERU;511;\nAtlantida;;\n";
    assert_eq!(import(&app, "PE", &[file]), Ok(vec![(1, 1, 0)]));
    assert_eq!(import(&app, "PE", &[file]), Ok(vec![(0, 0, 2)]));
    let coded = b"name;phone_code;ISO2\nAtlantida;;at\nAtl\xc3\xa1ntida;9;QQ\n";
    // A code decides before a name: Austria is renamed, the one without a code gets its own.
    assert_eq!(import(&app, "PE", &[coded]), Ok(vec![(0, 2, 0)]));
    assert_eq!(
        app.number("SELECT COUNT(*) FROM countries WHERE iso2 = 'PE' AND phone_code = '511'"),
        1
    );
}

#[test]
fn children_of_a_deleted_region_need_it_back_first() {
    let app = loaded();
    app.write(|tx| {
        let id = tx.one("SELECT id FROM regions WHERE ubigeo = '15'", &[])?;
        tx.soft_delete(&REGIONS, id, Changes::new())
    });
    let province = b"code;name;region_id\n1599;Nueva;15\n";
    let told = import(&app, "PE", &[province]).unwrap_err();
    assert_eq!(told, ["1.csv:2: region_id unknown_parent"]);
    let both = import(&app, "PE", &[province, b"code;name\n15;Lima\n"]);
    assert_eq!(both, Ok(vec![(1, 0, 0), (0, 1, 0)]));
}

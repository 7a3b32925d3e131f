//! Each check's failing fixture, and near misses that pass. That the good world passes all of them is one test.

use std::collections::BTreeSet;

use chrono::Duration;

use super::World;
use crate::app::Program;
use crate::checks::all;
use crate::db::migrate::Migration;
use crate::db::{Column, OnDelete, Table};
use crate::http::home::tests::PROGRAM;
use crate::module::{Module, Permission};

type Spoil = fn(&mut World);

const FAILING: &[(&str, Spoil)] = &[
    ("config.E008", |w| w.set("TIME_ZONE", "Lima")),
    ("config.E003", |w| w.set("SECRET_KEY", "short")),
    ("config.W001", |w| w.set("DATABSE_URL", "x")),
    ("config.W001", |w| w.set("allowed_hosts", "x")),
    ("config.W002", |w| {
        w.set("SECURE_BROWSER_XSS_FILTER", "True");
        w.in_file = true;
    }),
    ("config.W003", |w| {
        w.set("JWT_SECRET_KEY", " ");
        w.in_file = true;
    }),
    ("config.W005", |w| w.set("SILENCED_SYSTEM_CHECKS", "security.W999")),
    ("security.W001", |w| {
        w.set("SECURE_HSTS_SECONDS", "0");
        w.set("SECURE_SSL_REDIRECT", "False");
        w.set("SECURE_CONTENT_TYPE_NOSNIFF", "False");
        w.set("SECURE_REFERRER_POLICY", "off");
        w.set("SECURE_CROSS_ORIGIN_OPENER_POLICY", "off");
    }),
    ("security.W002", |w| w.set("X_FRAME_OPTIONS", "off")),
    ("security.W003", |w| w.set("CORS_ALLOW_ALL_ORIGINS", "True")),
    ("security.W004", |w| w.set("SECURE_HSTS_SECONDS", "0")),
    ("security.W005", |w| w.set("SECURE_HSTS_INCLUDE_SUBDOMAINS", "False")),
    ("security.W006", |w| w.set("SECURE_CONTENT_TYPE_NOSNIFF", "False")),
    ("security.W008", |w| w.set("SECURE_SSL_REDIRECT", "False")),
    ("security.W009", |w| w.set("SECRET_KEY", &super::KEY[..49])),
    ("security.W009", |w| {
        w.set("DEBUG", "True");
        w.set("SECRET_KEY", format!("django-insecure-{}", super::KEY));
    }),
    ("security.W009", |w| {
        w.set("DEBUG", "True");
        w.set("SECRET_KEY", "abcd".repeat(20));
    }),
    ("security.W009", |w| {
        w.set("DEBUG", "True");
        w.unset("SECRET_KEY");
    }),
    ("security.W012", |w| w.set("SESSION_COOKIE_SECURE", "False")),
    ("security.W015", |w| w.set("SESSION_COOKIE_HTTPONLY", "False")),
    ("security.W016", |w| w.set("CSRF_COOKIE_SECURE", "False")),
    ("security.W018", |w| w.set("DEBUG", "True")),
    ("security.W019", |w| w.set("X_FRAME_OPTIONS", "SAMEORIGIN")),
    ("security.W020", |w| {
        w.set("DEBUG", "True");
        w.unset("ALLOWED_HOSTS");
    }),
    ("security.W021", |w| w.set("SECURE_HSTS_PRELOAD", "False")),
    ("security.W022", |w| w.set("SECURE_REFERRER_POLICY", "off")),
    ("security.E023", |w| w.set("SECURE_REFERRER_POLICY", "sometimes")),
    ("security.E024", |w| w.set("SECURE_CROSS_ORIGIN_OPENER_POLICY", "sometimes")),
    ("security.W025", |w| w.set("SECRET_KEY_FALLBACKS", format!("{},old", super::KEY))),
    ("secrets.W001", |w| w.set("JWT_SECRET_KEY", super::KEY)),
    ("secrets.W002", |w| w.set("JWT_SECRET_KEY", &super::KEY[..40])),
    ("secrets.E003", |w| w.set("SECRET_KEY_FALLBACKS", "your-secret-key-here")),
    ("secrets.E003", |w| w.set("DATABASE_URL", "mysql://clinica:cambiame@db/clinica")),
    ("secrets.E004", |w| w.set("DATABASE_URL", "mysql://clinica:RootPassword@db/clinica")),
    ("secrets.E004", |w| w.set("DATABASE_URL", "mysql://clinica@db/clinica")),
    ("secrets.W005", |w| w.set("DATABASE_URL", "mysql://root:Zr2Lp8Vb5Nc1Mh6@db/clinica")),
    ("web.W001", |w| w.set("ALLOWED_HOSTS", "clinica.pe,https://clinica.pe")),
    ("web.W001", |w| w.set("ALLOWED_HOSTS", "clinica.pe,clinica.pe:8000")),
    ("web.W002", |w| w.set("ALLOWED_HOSTS", "*")),
    ("web.W003", |w| w.set("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")),
    ("web.W004", |w| w.set("CSRF_TRUSTED_ORIGINS", "http://clinica.pe")),
    ("web.W005", |w| w.set("CSRF_TRUSTED_ORIGINS", "https://otra.example:8443")),
    ("web.W006", |w| w.set("CSRF_TRUSTED_ORIGINS", "https://*.clinica.pe")),
    ("web.W006", |w| w.set("CORS_ALLOWED_ORIGINS", "https://*.clinica.pe")),
    ("web.W007", |w| w.unset("CORS_ALLOWED_ORIGINS")),
    ("web.E008", |w| w.unset("TRUSTED_PROXIES")),
    ("web.W009", |w| {
        w.unset("TRUSTED_PROXIES");
        w.set("SECURE_SSL_REDIRECT", "False");
    }),
    ("web.W010", |w| w.set("SECURE_HSTS_SECONDS", "3600")),
    ("web.W011", |w| w.set("SECURE_HSTS_SECONDS", "3000000")),
    ("web.W012", |w| w.set("SESSION_COOKIE_AGE", "31536000")),
    ("web.W013", |w| w.set("JWT_ACCESS_TOKEN_LIFETIME", "20000")),
    ("web.W014", |w| w.set("ALLOW_REGISTRATION", "True")),
    ("web.W015", |w| w.set("LOGIN_ATTEMPTS", "101")),
    ("web.W016", |w| w.set("DATA_UPLOAD_MAX_MEMORY_SIZE", "200000000")),
    ("web.W017", |w| w.set("REQUEST_TIMEOUT", "301")),
    ("logs.W001", |w| w.set("LOG_RETENTION_DAYS", "0")),
    ("logs.W002", |w| w.set("LOG_RETENTION_DAYS", "6")),
    ("logs.W003", |w| w.set("LOG_LEVEL", "debug")),
    ("logs.W004", |w| w.set("LOG_LEVEL", "warn")),
    ("mail.W001", |w| w.set("EMAIL_BACKEND", "console")),
    ("backup.E001", |w| std::fs::remove_dir_all(w.path("backups")).unwrap()),
    ("backup.E001", |w| {
        std::fs::remove_dir_all(w.path("backups")).unwrap();
        w.write("backups/notes-20260301.txt", "x");
        w.write("backups/backend_optimizacion-20260301-020000.txt", "x");
    }),
    ("backup.W002", |w| w.now += Duration::days(10)),
    ("backup.E003", |w| w.write("backups/backend_optimizacion-20260302-020000.tar.gz", "")),
    ("deploy.W001", World::embedded),
    ("deploy.W002", |w| w.set("DATABASE_URL", "mysql://c:Zr2Lp8Vb5Nc1Mh6@db/clinic_test")),
    ("files.E001", |w| {
        std::fs::remove_dir_all(w.path("media")).unwrap();
        w.write("media", "a file, no folder");
    }),
    ("files.W002", |w| std::fs::remove_dir_all(w.path("logs")).unwrap()),
    ("files.W003", |w| w.chmod("media", 0o777)),
    ("files.E004", |w| {
        w.write("data/secret_key", "x");
        w.chmod("data/secret_key", 0o640);
    }),
    ("files.W005", |w| {
        w.write(".env", "");
        w.chmod(".env", 0o644);
    }),
    ("files.W006", |w| w.chmod("backups", 0o755)),
    ("files.W007", |w| {
        w.embedded();
        w.chmod("data", 0o755);
        w.chmod("data/clinic.sqlite3", 0o644);
    }),
    ("files.E008", |w| w.set("BACKUP_DIR", "media/backups")),
    ("database.E001", |w| w.database = Err("refused".into())),
    ("database.E002", |w| database(w).altered = Some("edited".into())),
    ("database.E003", |w| database(w).pending = vec!["people.0002".into()]),
    ("database.E004", |w| database(w).differences = vec!["people: a column is missing".into()]),
    ("database.C005", |w| database(w).damage = Some("row 7 missing".into())),
    ("database.W006", |w| database(w).ahead = Duration::seconds(-6)),
    ("database.W007", |w| w.server().charset = "latin1".into()),
    ("database.W008", |w| w.server().foreign_charsets = vec!["people".into()]),
    ("database.W009", |w| w.server().sql_mode = "NO_ENGINE_SUBSTITUTION".into()),
    ("database.E010", |w| w.server().isolation = "REPEATABLE-READ".into()),
    ("database.E011", |w| w.server().binlog_format = Some("STATEMENT".into())),
    ("database.W012", |w| w.server().version = (10, 5)),
    ("database.W012", |w| {
        w.server().is_mariadb = false;
        w.server().version = (5, 7);
    }),
    ("database.E013", |w| w.server().foreign_engines = vec!["people".into()]),
    ("database.W014", |w| w.set("DATABASE_CONNECTIONS", "151")),
    ("database.W015", |w| w.server().flush_at_commit = 2),
    ("database.W016", |w| w.server().max_packet = 1 << 20),
    ("database.E017", |w| w.server().time_zone = "SYSTEM".into()),
    ("redis.E001", |w| w.redis = Err("refused".into())),
    ("redis.E002", |w| w.redis.as_mut().unwrap().keeps = false),
    ("redis.E003", |w| w.redis.as_mut().unwrap().version = "6.2.1".into()),
    ("redis.W004", |w| w.redis.as_mut().unwrap().eviction = "allkeys-lru".into()),
    ("redis.W005", |w| w.redis.as_mut().unwrap().appends = false),
    ("redis.W006", |w| w.redis.as_mut().unwrap().is_open = true),
    ("redis.W007", |w| w.unset("REDIS_URL")),
    ("models.E001", |w| w.program = Program { modules: &TWICE, ..PROGRAM }),
    ("models.E002", |w| w.program = Program { modules: &ORPHANS, ..PROGRAM }),
    ("models.E003", |w| w.program = Program { modules: &CIRCLE, ..PROGRAM }),
    ("models.E004", |w| w.program = Program { modules: &TWICE, ..PROGRAM }),
];

/// Near misses: nothing is found.
const PASSING: &[(&str, Spoil)] = &[
    ("config.W001", |w| w.set("HOSTNAME", "web-1")),
    ("config.W001", |w| w.set("TEST_DATABASE_URL", "x")),
    ("config.W002", |w| w.set("MYSQL_ROOT_PASSWORD", "x")),
    ("config.W005", |w| w.set("SILENCED_SYSTEM_CHECKS", "security.W008,config.E008,security.E023")),
    ("security.W009", |w| w.set("SECRET_KEY", &super::KEY[..50])),
    ("security.W025", |w| w.set("SECRET_KEY_FALLBACKS", super::KEY)),
    ("secrets.W001", |w| w.set("JWT_SECRET_KEY", super::KEY.chars().rev().collect::<String>())),
    ("web.W001", |w| w.set("ALLOWED_HOSTS", "clinica.pe,.clinica.pe,[2001:db8::1]")),
    ("web.W003", |w| w.set("ALLOWED_HOSTS", "localhost,clinica.pe")),
    ("web.W005", |w| w.set("CSRF_TRUSTED_ORIGINS", "https://citas.clinica.pe:8443")),
    ("backup.W002", |w| w.now += Duration::days(6)),
    ("logs.W002", |w| w.set("LOG_RETENTION_DAYS", "7")),
    ("deploy.W002", |w| w.set("DATABASE_URL", "mysql://c:Zr2Lp8Vb5Nc1Mh6@db/contest")),
    ("files.E004", |w| {
        w.write("data/secret_key", "x");
        w.chmod("data/secret_key", 0o600);
    }),
    ("database.W006", |w| database(w).ahead = Duration::seconds(5)),
    ("database.E011", |w| w.server().binlog_format = None),
    ("database.W014", |w| w.set("DATABASE_CONNECTIONS", "150")),
    ("redis.W004", |w| {
        let redis = w.redis.as_mut().unwrap();
        (redis.eviction, redis.max_memory) = ("allkeys-lru".into(), 0);
    }),
    ("redis.W005", |w| {
        let redis = w.redis.as_mut().unwrap();
        (redis.appends, redis.saves) = (false, "3600 1".into());
    }),
    ("redis.W006", |w| {
        let redis = w.redis.as_mut().unwrap();
        (redis.is_open, redis.is_local) = (true, true);
    }),
];

fn database(world: &mut World) -> &mut crate::checks::DatabaseFacts {
    world.database.as_mut().unwrap()
}

static CHILD: Table = Table::new(
    "children",
    "Child",
    &[Column::id(), Column::reference("parent_id", "nowhere", "", "").on_delete(OnDelete::Cascade)],
);
static SAME: Table = Table::new("same", "Same", &[Column::id()]);
const RIGHT: Permission = Permission::new("same.view", "", "");

static TWICE: [Module; 2] = [
    Module { tables: &[&SAME], permissions: &[RIGHT], ..Module::named("one", "", "") },
    Module { tables: &[&SAME], permissions: &[RIGHT], ..Module::named("two", "", "") },
];
static ORPHANS: [Module; 1] = [Module { tables: &[&CHILD], ..Module::named("orphans", "", "") }];
static CIRCLE: [Module; 1] = [Module {
    migrations: &[Migration {
        module: "circle",
        name: "0001",
        depends: &[("circle", "0001")],
        sqlite: "",
        mysql: "",
        state: "[]",
    }],
    ..Module::named("circle", "", "")
}];

#[test]
fn a_good_production_has_nothing_to_complain_of() {
    assert_eq!(World::good().findings(), []);
}

#[test]
fn each_spoilt_thing_is_found_under_its_id() {
    for (number, (id, spoil)) in FAILING.iter().enumerate() {
        let mut world = World::good();
        spoil(&mut world);
        let found = world.findings();
        assert!(
            found.iter().any(|finding| finding.id == *id && !finding.message.is_empty()),
            "case {number}: {id} is not among {found:?}"
        );
    }
}

#[test]
fn near_misses_are_left_in_peace() {
    for (id, change) in PASSING {
        let mut world = World::good();
        change(&mut world);
        let found = world.findings();
        assert!(!found.iter().any(|finding| finding.id == *id), "{id} is among {found:?}");
    }
}

#[test]
fn every_check_has_a_failing_fixture_and_no_id_is_used_twice() {
    let cases: BTreeSet<&str> = FAILING.iter().map(|(id, _)| *id).collect();
    let mut seen = BTreeSet::new();
    for (_, check) in all(&PROGRAM) {
        assert!(seen.insert(check.id), "{} is there twice", check.id);
        // Whose ids come from the settings; whose value cannot be had from given values; whose rule stands in
        // a test of its own.
        let elsewhere = ["config.E001", "config.W004", "files.W009"];
        assert!(
            cases.contains(check.id) || elsewhere.contains(&check.id),
            "{} has no failing fixture",
            check.id
        );
    }
    let is_of_a_check =
        |id: &str| seen.contains(id) || id.starts_with("config.E") || id.starts_with("security.E");
    assert!(cases.iter().all(|id| is_of_a_check(id)), "a case of a check that is no more");
}

#[test]
fn no_secret_is_repeated() {
    for secret in ["TopSecretZr2Lp8", "short-TopSecretZr2Lp8"] {
        let mut world = World::good();
        world.set("SECRET_KEY", secret);
        world.set("JWT_SECRET_KEY", secret);
        world.set("SECRET_KEY_FALLBACKS", secret);
        world.set("DATABASE_URL", format!("mysql://root:{secret}@db/clinic_test"));
        assert!(!format!("{:?}", world.findings()).contains("TopSecret"));
    }
}

//! `createdb` and `generatesecret`.

use std::path::Path;
use std::process::Output;

use mysql::prelude::Queryable;
use tempfile::TempDir;

use super::{fine, refusal};
use crate::support::{manage, text};

fn createdb(folder: &Path, url: &str, more: &[&str]) -> Output {
    let mut command = manage(folder, &["createdb"]);
    command.args(more).env("DATABASE_URL", url).output().unwrap()
}

#[test]
fn the_statements_are_printed_quoted_and_without_the_password() {
    let folder = TempDir::new().unwrap();
    assert!(fine(folder.path(), &["createdb", "--apply"]).starts_with("Nothing to do: sqlite "));
    let url = "mysql://o'hara:p%40ss%27w@db.example:3306/clinic_db";
    let told = text(&createdb(folder.path(), url, &[]).stdout);
    assert_eq!(
        told,
        "CREATE DATABASE IF NOT EXISTS `clinic_db` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;\n\
         CREATE USER IF NOT EXISTS 'o''hara'@'%' IDENTIFIED BY '********';\n\
         GRANT ALL PRIVILEGES ON `clinic\\_db`.* TO 'o''hara'@'%';\n\
         FLUSH PRIVILEGES;\n"
    );
    let shown = text(&createdb(folder.path(), url, &["--show-password"]).stdout);
    assert!(shown.contains("IDENTIFIED BY 'p@ss''w'"), "{shown}");
    let local = text(&createdb(folder.path(), "mysql://u:p@127.0.0.1/c", &[]).stdout);
    assert!(local.contains("'u'@'localhost'"), "{local}");
    let own = text(&createdb(folder.path(), "mysql://root:p@127.0.0.1/c", &[]).stdout);
    assert!(own.contains("CREATE DATABASE") && !own.contains("CREATE USER"), "{own}");
    let told = refusal(&createdb(folder.path(), "mysql://u:p@127.0.0.1:1/c", &["--apply"]));
    assert!(told.contains("DATABASE_ADMIN_PASSWORD"), "{told}");
}

/// Runs where a server is at hand: what a new installation does on its first day, on that server.
#[test]
fn apply_makes_database_and_user_once_and_they_work() {
    let Some(server) = testkit::server() else { return };
    let folder = TempDir::new().unwrap();
    let address = mysql::Opts::from_url(&server).unwrap();
    let name = format!("test_{}", platform::auth::random_hex().unwrap());
    let user = format!("u_{}", &name[5..20]);
    let url = format!(
        "mysql://{user}:p%40ss%27w%60@{}:{}/{name}",
        address.get_ip_or_hostname(),
        address.get_tcp_port()
    );
    let root_password = address.get_pass().unwrap_or_default().to_owned();
    let apply = || {
        manage(folder.path(), &["createdb", "--apply", "--user-host", "%"])
            .env("DATABASE_URL", &url)
            .env("DATABASE_ADMIN_PASSWORD", &root_password)
            .output()
            .unwrap()
    };
    for _ in 0..2 {
        let done = apply();
        assert!(done.status.success(), "{}", text(&done.stderr));
        assert!(text(&done.stdout).contains("can log in"), "{}", text(&done.stdout));
    }
    let migrated = manage(folder.path(), &["migrate"]).env("DATABASE_URL", &url).output().unwrap();
    assert!(migrated.status.success(), "{}", text(&migrated.stderr));
    let mut root = mysql::Conn::new(address).unwrap();
    let charset: Option<String> = root
        .exec_first(
            "SELECT default_character_set_name FROM information_schema.schemata WHERE schema_name = ?",
            (&name,),
        )
        .unwrap();
    // The grant is on this database, not on those whose names look alike.
    root.query_drop(format!("CREATE DATABASE `{}`", name.replace('_', "x"))).unwrap();
    let alike = mysql::Conn::new(
        mysql::Opts::from_url(&url.replace(&name, &name.replace('_', "x"))).unwrap(),
    );
    let is_shut = alike.is_err();
    for sql in [
        format!("DROP DATABASE `{name}`"),
        format!("DROP DATABASE `{}`", name.replace('_', "x")),
        format!("DROP USER '{user}'@'%'"),
    ] {
        root.query_drop(sql).unwrap();
    }
    assert_eq!(charset.as_deref(), Some("utf8mb4"));
    assert!(is_shut);
}

#[test]
fn a_generated_secret_is_long_different_each_time_and_fit_for_an_env_file() {
    let folder = TempDir::new().unwrap();
    let keys = [(); 2].map(|()| fine(folder.path(), &["generatesecret"]).trim_end().to_owned());
    assert_ne!(keys[0], keys[1]);
    for key in keys {
        assert!(key.len() >= 50, "{key}");
        assert!(key.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)), "{key}");
        let env = format!("DEBUG=False\nALLOWED_HOSTS=x\nALLOW_SQLITE=True\nSECRET_KEY={key}\n");
        std::fs::write(folder.path().join(".env"), env).unwrap();
        fine(folder.path(), &["migrate"]);
    }
}

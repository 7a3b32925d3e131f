//! The executable's consoles: `shell`, `dbshell` and `slowqueries`, as an operator types them.

mod dbshell;
mod shell;
mod shell_queries;
mod slowqueries;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

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

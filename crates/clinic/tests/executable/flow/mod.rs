//! The flow document, run as it stands: `docs/es/FLUJO_DE_EJECUCION.md`, block by block, in a folder and on a database
//! of its own. Each row of the flow has a test named after its number.

mod console;
mod document;

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::Path;
use std::sync::LazyLock;

use console::Console;
use document::{Command, Needs, Section, is_as_shown};
use mysql::prelude::Queryable;

/// What became of each section: how many commands ran, or what was wrong.
static OUTCOMES: LazyLock<BTreeMap<String, Result<usize, String>>> = LazyLock::new(run_all);

/// The servers of this run, where it has them.
struct Servers {
    database: String,
    redis: String,
}

#[expect(clippy::disallowed_methods, reason = "the test runner names its servers this way")]
fn servers() -> Option<Servers> {
    let given = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    Some(Servers { database: given("TEST_DATABASE_URL")?, redis: given("TEST_REDIS_URL")? })
}

/// `127.0.0.1:3307` of `mysql://root@127.0.0.1:3307/`.
fn address(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// The places that the document names, and those of this run.
struct Places {
    pairs: Vec<(String, String)>,
    has_servers: bool,
}

impl Places {
    fn new(servers: Option<&Servers>) -> Self {
        let free = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut pairs =
            vec![("8000".to_owned(), free().to_string()), ("8001".to_owned(), free().to_string())];
        if let Some(servers) = servers {
            let (database, redis) = (address(&servers.database), address(&servers.redis));
            let port = |address: &str| address.rsplit(':').next().unwrap().to_owned();
            pairs.extend([
                ("localhost:3306".to_owned(), database.to_owned()),
                ("localhost:6379".to_owned(), redis.to_owned()),
                (
                    "--host=localhost --port=3306".to_owned(),
                    format!("--host=127.0.0.1 --port={}", port(database)),
                ),
                ("-h localhost -p 6379".to_owned(), format!("-h 127.0.0.1 -p {}", port(redis))),
            ]);
        }
        Self { pairs, has_servers: servers.is_some() }
    }

    /// The command with this run's places in it. Without servers the settings that name them are left out.
    fn here(&self, command: &str) -> String {
        let mut text = command.to_owned();
        for (shown, real) in &self.pairs {
            text = text.replace(shown, real);
        }
        if self.has_servers {
            return text;
        }
        let names_server = |line: &&str| {
            line.starts_with("DATABASE_URL=mysql://backend_user") || line.starts_with("REDIS_URL=")
        };
        text.lines().filter(|line| !names_server(line)).collect::<Vec<_>>().join("\n")
    }

    /// The answer with the document's ports in it.
    fn shown(&self, line: &str) -> String {
        let ports = self.pairs.iter().take(2);
        ports.fold(line.to_owned(), |line, (shown, real)| line.replace(real, shown))
    }
}

fn run_all() -> BTreeMap<String, Result<usize, String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = std::fs::read_to_string(root.join("docs/es/FLUJO_DE_EJECUCION.md")).unwrap();
    let servers = servers();
    let places = Places::new(servers.as_ref());
    let folder = tempfile::tempdir().unwrap();
    let bin = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_manage"), bin.path().join("manage")).unwrap();
    if let Some(servers) = &servers {
        forget_the_database(servers);
    }
    let mut console = Console::open(folder.path(), bin.path());
    let outcomes = document::read(&text)
        .iter()
        .map(|section| (section.number.clone(), run(section, &places, &mut console)))
        .collect();
    drop(console);
    if let Some(servers) = &servers {
        forget_the_database(servers);
    }
    outcomes
}

/// The document's database and its user, whose names are fixed.
fn forget_the_database(servers: &Servers) {
    let mut connection = mysql::Conn::new(servers.database.as_str()).unwrap();
    for sql in [
        "DROP DATABASE IF EXISTS backend_optimizacion",
        "DROP USER IF EXISTS 'backend_user'@'localhost', 'backend_user'@'127.0.0.1', 'backend_user'@'%'",
    ] {
        connection.query_drop(sql).unwrap();
    }
}

/// Runs a section's blocks; the first thing that is wrong is told, the rest runs nevertheless, since later sections
/// stand on it.
fn run(section: &Section, places: &Places, console: &mut Console) -> Result<usize, String> {
    let mut ran = 0;
    let mut wrong = None;
    for block in &section.blocks {
        if block.needs == Needs::NotRun || block.needs == Needs::Servers && !places.has_servers {
            continue;
        }
        for command in &block.commands {
            if !places.has_servers && lacks_its_program(&command.text, console) {
                continue; // the part without servers runs with nothing installed
            }
            ran += 1;
            if let Err(told) = type_in(command, places, console) {
                wrong.get_or_insert(told);
            }
        }
    }
    wrong.map_or(Ok(ran), Err)
}

fn lacks_its_program(command: &str, console: &mut Console) -> bool {
    ["curl", "git"].iter().any(|tool| command.starts_with(tool) && !console.has(tool))
}

fn type_in(command: &Command, places: &Places, console: &mut Console) -> Result<(), String> {
    let (said, code) = console.run(&places.here(&command.text));
    let said: Vec<String> = said.iter().map(|line| places.shown(line)).collect();
    if code != 0 {
        return Err(format!("$ {}\nended with {code}:\n{}", command.text, said.join("\n")));
    }
    let lines: Vec<&str> = said.iter().map(String::as_str).collect();
    if command.answer.is_empty() || is_as_shown(&command.answer, &lines) {
        return Ok(());
    }
    Err(format!(
        "$ {}\nshown:\n{}\n\nanswered:\n{}",
        command.text,
        command.answer.join("\n"),
        said.join("\n")
    ))
}

/// The section is there, what it shows is what one sees, and something of it ran.
#[track_caller]
fn holds(number: &str) {
    match OUTCOMES.get(number) {
        None => panic!("the document has no section {number}"),
        Some(Err(told)) => panic!("{number}\n{told}"),
        Some(Ok(0)) => panic!("{number}: no command of it was run"),
        Some(Ok(_)) => {}
    }
}

macro_rules! rows {
    ($($name:ident => $number:literal),+ $(,)?) => {
        $(
            #[test]
            fn $name() {
                holds($number);
            }
        )+

        /// Every section has a test here, but those of which nothing can run inside a test.
        #[test]
        fn no_section_is_without_a_test() {
            let tested = [$($number),+];
            let not_run = ["1.2", "1.3", "1.5", "4.1", "4.4"];
            // 1.7 and 4.2 speak to a server.
            for number in OUTCOMES.keys() {
                let is_known = tested.contains(&number.as_str())
                    || not_run.contains(&number.as_str())
                    || ["1.7", "4.2"].contains(&number.as_str());
                assert!(is_known, "section {number} has no test");
            }
            for number in not_run {
                assert_eq!(OUTCOMES.get(number), Some(&Ok(0)), "{number}");
            }
        }
    };
}

rows! {
    row_1_01_the_system_is_examined => "1.1",
    row_1_04_the_version_is_told => "1.4",
    row_1_06_the_database_is_made => "1.6",
    row_1_08_the_example_becomes_the_env_file => "1.8",
    row_1_09_the_least_settings_are_written => "1.9",
    row_1_10_the_configuration_is_checked => "1.10",
    row_1_11_the_migrations_are_applied => "1.11",
    row_1_12_a_superuser_is_made => "1.12",
    row_1_13_static_files_are_collected => "1.13",
    row_1_14_the_server_starts => "1.14",
    row_1_15_the_server_answers => "1.15",
    row_1_16_the_panel_asks_for_a_log_in => "1.16",
    row_1_17_the_shell_knows_the_modules => "1.17",
    row_4_03_the_program_proves_itself => "4.3",
    verification_1_services => "V.1",
    verification_2_ports => "V.2",
    verification_3_logs => "V.3",
    verification_4_settings => "V.4",
    verification_5_connections => "V.5",
    trouble_1_the_database_cannot_be_reached => "P.1",
    trouble_2_migrations => "P.2",
    trouble_3_the_port_is_in_use => "P.3",
    trouble_4_permissions => "P.4",
    checklist_1_before => "L.1",
    checklist_2_after => "L.2",
    checklist_3_production => "L.3",
    maintenance_1_daily => "M.1",
    maintenance_2_weekly => "M.2",
    maintenance_3_monthly => "M.3",
}

/// What speaks to a server has nothing to run without one.
fn holds_on_servers(number: &str) {
    if servers().is_some() {
        holds(number);
    } else {
        assert_eq!(OUTCOMES.get(number).cloned(), Some(Ok(0)));
    }
}

#[test]
fn row_1_07_the_log_in_to_the_database_is_tried() {
    holds_on_servers("1.7");
}

#[test]
fn row_4_02_the_test_database_may_be_made_by_hand() {
    holds_on_servers("4.2");
}

/// The rows that name `cargo`: the document's words are those of the README and of the continuous integration.
#[test]
fn row_4_01_one_command_installs_and_runs_the_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
    for file in ["docs/es/FLUJO_DE_EJECUCION.md", "README.md", "README.es.md", ".ci/run"] {
        assert!(read(file).lines().any(|line| line.contains("cargo xtask test")), "{file}");
    }
}

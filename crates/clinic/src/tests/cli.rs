//! The command line: help of every command, exit codes, output forms.

use platform::manage::{all, command_line};
use testkit::TestApp;

use crate::PROGRAM;

#[test]
fn every_command_explains_itself_and_the_tree_is_sound() {
    let commands = all(&PROGRAM);
    let mut line = command_line(&PROGRAM, &commands);
    line.clone().debug_assert();
    let help = line.render_long_help().to_string();
    for command in &commands {
        assert!(help.contains(command.name), "{} is missing in the help", command.name);
        assert!(command.about.len() > 15, "{} explains nothing", command.name);
    }
}

#[test]
fn wrong_usage_is_exit_code_2_and_help_is_0() {
    let run = |arguments: &[&str]| {
        platform::manage::run(PROGRAM, arguments.iter().map(Into::into).collect())
    };
    assert_eq!(run(&["manage"]), 2);
    assert_eq!(run(&["manage", "no-such-command"]), 2);
    assert_eq!(run(&["manage", "migrate", "--no-such-flag"]), 2);
    assert_eq!(run(&["manage", "--version"]), 0);
    assert_eq!(run(&["manage", "migrate", "--help"]), 0);
}

#[test]
fn the_settings_references_are_fresh() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let kept = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
    let reference = platform::config::reference::markdown();
    assert_eq!(kept("docs/CONFIG.md"), reference, "run: manage configreference > docs/CONFIG.md");
    let env = platform::config::reference::env_example();
    assert_eq!(
        kept("env.prod.example"),
        env,
        "run: manage configreference --env > env.prod.example"
    );
}

#[test]
fn migrations_are_listed_before_and_after() {
    let app = TestApp::unmigrated(PROGRAM);
    let list = |app: &TestApp| platform::manage::commands::migration_list(app.app()).unwrap();
    let before = list(&app);
    assert_eq!(before.first().map(String::as_str), Some("appointments"));
    assert!(
        before.contains(&"appointments".to_owned())
            && before.contains(&" [ ] 0001_initial".to_owned()),
        "{before:?}"
    );
    let applied = platform::manage::commands::migrate_all(app.app(), &mut |_, _| {}).unwrap();
    let after = list(&app);
    assert_eq!(after.iter().filter(|line| line.starts_with(" [X] ")).count(), applied);
    assert!(!after.iter().any(|line| line.starts_with(" [ ] ")));
    assert_eq!(platform::manage::commands::migrate_all(app.app(), &mut |_, _| {}).unwrap(), 0);
}

#[test]
fn the_described_tables_are_the_recorded_ones() {
    let migrated = platform::manage::run(
        PROGRAM,
        ["manage", "makemigrations", "--check"].iter().map(Into::into).collect(),
    );
    assert_eq!(migrated, 0, "run: manage makemigrations");
}

//! What the command line says of itself: `help`, unknown names, `showurls`, `version`, `completions`.

use serde_json::Value as Json;
use tempfile::TempDir;

use super::{fine, refusal};
use crate::support::{manage, output, text};

#[test]
fn help_lists_the_commands_by_origin_and_explains_one() {
    let folder = TempDir::new().unwrap();
    let help = fine(folder.path(), &["help"]);
    assert!(help.contains("Type 'manage help <subcommand>' for help on a specific subcommand."));
    let place = |words: &str| help.find(words).unwrap_or_else(|| panic!("{words}: {help}"));
    assert!(place("[platform]") < place("    migrate "));
    assert!(place("    migrate ") < place("[locations]"));
    assert!(place("[locations]") < place("    importubigeo "));
    assert!(place("[architect]") < place("    createsuperuser "));
    assert_eq!(fine(folder.path(), &["--help"]).trim_end(), help.trim_end());
    let one = fine(folder.path(), &["help", "loaddata"]);
    assert!(one.contains("Usage: manage loaddata") && one.contains("--ignorenonexistent"), "{one}");
    assert!(
        refusal(&output(folder.path(), &["help", "lodadata"])).contains("Did you mean loaddata?")
    );
}

#[test]
fn an_unknown_command_is_wrong_usage_and_the_near_one_is_named() {
    let folder = TempDir::new().unwrap();
    for (typed, told) in [
        ("migrat", "Unknown command: 'migrat'. Did you mean migrate?\n"),
        ("xyzzy", "Unknown command: 'xyzzy'.\n"),
    ] {
        let answer = output(folder.path(), &[typed]);
        assert_eq!(answer.status.code(), Some(2));
        assert!(text(&answer.stderr).starts_with(told), "{}", text(&answer.stderr));
        assert!(answer.stdout.is_empty());
    }
}

#[test]
fn every_url_is_shown_with_who_may() {
    let folder = TempDir::new().unwrap();
    let all = fine(folder.path(), &["showurls"]);
    let line = |start: &str| {
        let line = all
            .lines()
            .find(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ") == start);
        line.unwrap_or_else(|| panic!("{start}: {all}")).to_owned()
    };
    assert!(line("POST /api/appointments/appointments/").contains(" appointments.add "));
    assert!(line("POST /api/architect/auth/login/").contains(" public "));
    assert!(line("GET /health/").contains("Whether the program runs"));
    let some: Json =
        serde_json::from_str(&fine(folder.path(), &["showurls", "--json", "therapists"])).unwrap();
    let some = some.as_array().unwrap();
    assert!(some.len() > 3 && some.iter().all(|route| route["module"] == "therapists"));
    assert!(
        refusal(&output(folder.path(), &["showurls", "billing"]))
            .contains("there are platform, locations")
    );
}

#[test]
fn versions_are_told_even_with_settings_that_cannot_be_used() {
    let folder = TempDir::new().unwrap();
    let told = manage(folder.path(), &["version"]).env("DEBUG", "perhaps").output().unwrap();
    assert!(told.status.success());
    assert!(text(&told.stdout).contains(env!("CARGO_PKG_VERSION")), "{}", text(&told.stdout));
    assert!(text(&told.stdout).contains("SQLite 3."), "{}", text(&told.stdout));
}

#[test]
fn each_shell_gets_its_completions() {
    let folder = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let told = fine(folder.path(), &["completions", shell]);
        assert!(told.contains("createsuperuser") && told.contains("noinput"), "{shell}: {told}");
    }
    let folder = folder.path().join("manage.bash");
    std::fs::write(&folder, fine(std::path::Path::new("/tmp"), &["completions", "bash"])).unwrap();
    let checked = std::process::Command::new("bash").arg("-n").arg(&folder).status().unwrap();
    assert!(checked.success(), "bash can read it");
}

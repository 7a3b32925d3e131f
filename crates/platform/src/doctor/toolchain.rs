//! What building needs; asked only in a checkout of the source.

use std::path::Path;
use std::process::{Command, Stdio};

use super::{Row, State};

const AREA: &str = "Toolchain";

pub(super) fn rows(folder: &Path) -> Vec<Row> {
    let Ok(wanted) = std::fs::read_to_string(folder.join("rust-toolchain.toml")) else {
        return Vec::new();
    };
    let wanted = channel(&wanted).unwrap_or("stable");
    let tool = |name: &str, remedy: &str| match first_line(name, folder) {
        Some(version) => Row::ok(AREA, name, version),
        None => Row::ok(AREA, name, "not found").bad(State::Error, remedy),
    };
    let rust = format!("install Rust {wanted} from https://rustup.rs");
    let mut rows = vec![tool("cargo", &rust), tool("rustc", &rust)];
    if let Some(row) = rows.last_mut()
        && row.state == State::Ok
        && wanted.starts_with(|c: char| c.is_ascii_digit())
        && !row.detail.contains(&format!(" {wanted}"))
    {
        row.state = State::Warning;
        row.remedy = format!(
            "the source is built and tested with {wanted}: rustup toolchain install {wanted}"
        );
    }
    rows.push(tool("cc", "install a C compiler: apt install build-essential"));
    let mut git = tool("git", "apt install git");
    if git.state == State::Error {
        git.state = State::Warning; // building works without
    }
    rows.push(git);
    rows
}

/// The channel that a `rust-toolchain.toml` names.
fn channel(text: &str) -> Option<&str> {
    let line = text.lines().find_map(|line| line.trim().strip_prefix("channel"))?;
    line.trim_start().strip_prefix('=')?.trim().trim_matches('"').into()
}

/// The first line of what a program says of its version; `None` if there is no such program.
pub(super) fn first_line(program: &str, folder: &Path) -> Option<String> {
    let output = Command::new(program)
        .arg("--version")
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then(|| text.lines().next().unwrap_or("").trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_channel_is_read_and_a_folder_without_source_asks_nothing() {
        assert_eq!(channel("[toolchain]\nchannel = \"1.95.0\"\n"), Some("1.95.0"));
        assert_eq!(channel("[toolchain]\n"), None);
        let folder = tempfile::tempdir().unwrap();
        assert!(rows(folder.path()).is_empty());
        std::fs::write(folder.path().join("rust-toolchain.toml"), "channel = \"stable\"").unwrap();
        let names: Vec<String> = rows(folder.path()).into_iter().map(|row| row.name).collect();
        assert_eq!(names, ["cargo", "rustc", "cc", "git"]);
        assert_eq!(first_line("no-such-program-anywhere", folder.path()), None);
    }
}

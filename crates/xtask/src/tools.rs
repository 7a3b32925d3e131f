//! Cargo's additional commands, in versions that everybody shares.

use std::env;
use std::path::Path;
use std::process::Command;

use xtask::{Result, provision};

use crate::cargo::{self, cargo};

/// A program that Cargo can install from source.
#[derive(Debug, Clone, Copy)]
pub struct Tool {
    name: &'static str,
    /// Installed where the machine brings none. Newer ones may ask for a newer compiler.
    version: &'static str,
    /// How Cargo calls it: the word that it puts before the arguments.
    subcommand: &'static str,
}

/// Licences, sources, bans and advisories (`deny.toml`).
pub const DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2", subcommand: "deny" };
/// Unused dependencies.
pub const MACHETE: Tool = Tool { name: "cargo-machete", version: "0.9.2", subcommand: "machete" };

/// Which lines the tests reach.
pub const LLVM_COV: Tool =
    Tool { name: "cargo-llvm-cov", version: "0.8.4", subcommand: "llvm-cov" };

/// The tool, ready for arguments: the one on the `PATH`, else one of our own, which the first call
/// builds in a few minutes.
pub fn command(tool: Tool) -> Result<Command> {
    if provision::find(tool.name).is_some() {
        let mut command = cargo();
        command.arg(tool.subcommand);
        return Ok(command);
    }
    let folder = cargo::root().join("target").join("tools");
    if !is_installed(&folder, tool) {
        println!("installing {} {} (some minutes, once)", tool.name, tool.version);
        let mut install = cargo();
        install.args(["install", "--locked", "--force", "--version", tool.version, "--root"]);
        cargo::run(install.arg(&folder).arg(tool.name))?;
    }
    Ok(own(&folder, tool))
}

/// Through Cargo, which looks for its subcommands on the `PATH`: called directly, these programs read
/// their arguments in ways of their own.
fn own(folder: &Path, tool: Tool) -> Command {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.join("bin")).chain(env::split_paths(&path));
    let mut command = cargo();
    command.arg(tool.subcommand);
    // Joining fails for a folder with a separator in its name; Cargo then says what it cannot find.
    if let Ok(path) = env::join_paths(folders) {
        command.env("PATH", path);
    }
    command
}

fn is_installed(folder: &Path, tool: Tool) -> bool {
    let output = own(folder, tool).arg("--version").output();
    output.is_ok_and(|output| names_version(&String::from_utf8_lossy(&output.stdout), tool))
}

/// Tools print their version alone or after their name.
fn names_version(output: &str, tool: Tool) -> bool {
    output.split_whitespace().last() == Some(tool.version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_recognised_with_and_without_the_name() {
        assert!(names_version("cargo-deny 0.20.2\n", DENY));
        assert!(names_version("0.9.2\n", MACHETE));
    }

    #[test]
    fn another_version_is_not_ours() {
        assert!(!names_version("cargo-deny 0.20.20", DENY));
        assert!(!names_version("", DENY));
    }
}

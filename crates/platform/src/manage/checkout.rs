//! A checkout of the source around the working directory, and its suite run through cargo.

use std::path::{Path, PathBuf};
use std::process::Command as Process;

use crate::error::{Error, Result};

/// The root of the checkout that `folder` lies in, if it lies in one.
pub(super) fn root(folder: &Path) -> Option<PathBuf> {
    let is_root = |folder: &&Path| {
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        manifest.contains("[workspace]") && folder.join("crates/platform/src/manage").is_dir()
    };
    folder.ancestors().find(is_root).map(Path::to_owned)
}

/// Which part of the suite, and how loud.
pub(super) struct Suite {
    /// `module` or `module.tests.file`; all of it if none is named. `platform` is the engine room's own part.
    pub(super) labels: Vec<String>,
    pub(super) verbosity: u8,
    pub(super) stops_early: bool,
    /// The server and the Redis that it runs on; without them it is SQLite and memory.
    pub(super) server: Option<String>,
    pub(super) redis: Option<String>,
}

impl Suite {
    /// The arguments of `cargo`.
    pub(super) fn arguments(&self) -> Vec<String> {
        let mut arguments: Vec<&str> = vec!["test", "--locked"];
        if !self.stops_early {
            arguments.push("--no-fail-fast");
        }
        match self.verbosity {
            0 => arguments.push("--quiet"),
            3 => arguments.push("--verbose"),
            _ => {}
        }
        // A module is a part of the default member's library; all is every member.
        match self.labels.as_slice() {
            [] => arguments.push("--workspace"),
            [only] if only == "platform" => arguments.extend(["--package", "platform"]),
            _ => arguments.push("--lib"),
        }
        let mut arguments: Vec<String> = arguments.into_iter().map(str::to_owned).collect();
        arguments.push("--".to_owned());
        let filters = self.labels.iter().filter(|label| *label != "platform");
        arguments.extend(filters.map(|label| {
            let path = label.replace('.', "::");
            if path == *label { format!("{path}::") } else { path }
        }));
        match self.verbosity {
            0 => arguments.push("--quiet".to_owned()),
            2 => arguments.push("--show-output".to_owned()),
            3 => arguments.push("--nocapture".to_owned()),
            _ => {}
        }
        arguments
    }

    /// Runs it; its exit code.
    pub(super) fn run(&self, root: &Path) -> Result<i32> {
        let mut process = Process::new("cargo");
        process.args(self.arguments()).current_dir(root);
        if let Some(server) = &self.server {
            process.env("TEST_DATABASE_URL", server);
        }
        if let Some(redis) = &self.redis {
            process.env("TEST_REDIS_URL", redis);
        }
        let status = process.status().map_err(|error| {
            Error::Failed(format!(
                "cargo cannot be started ({error}); `manage test --acceptance` needs none"
            ))
        })?;
        Ok(status.code().unwrap_or(1))
    }
}

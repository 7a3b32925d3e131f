//! Which stages a command runs, in which order.

use crate::cli::{CheckArgs, TestArgs};

/// One step that passes or fails as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The servers' programs are there, or get installed.
    Programs,
    /// The code is formatted as `rustfmt.toml` says.
    Formatting,
    /// Formats the code.
    Format,
    /// Clippy has nothing to say.
    Lints,
    /// The documentation builds without a warning.
    Documentation,
    /// Licences, sources, banned crates and known vulnerabilities of the dependencies.
    Dependencies,
    /// No crate names a dependency that it does not use.
    Unused,
    /// Tests on SQLite, with everything else in memory.
    TestsEmbedded,
    /// The same tests on real servers.
    TestsOnServers,
}

impl Stage {
    /// Its name in headers and in the summary.
    pub fn title(self) -> &'static str {
        match self {
            Self::Programs => "servers installed",
            Self::Formatting => "formatting",
            Self::Format => "format",
            Self::Lints => "lints",
            Self::Documentation => "documentation",
            Self::Dependencies => "dependencies",
            Self::Unused => "unused dependencies",
            Self::TestsEmbedded => "tests on SQLite",
            Self::TestsOnServers => "tests on MariaDB and Redis",
        }
    }
}

/// The stages of `cargo xtask check`, the quick ones first.
pub fn check(args: &CheckArgs) -> Vec<Stage> {
    let format = if args.fix { Stage::Format } else { Stage::Formatting };
    vec![format, Stage::Lints, Stage::Documentation, Stage::Dependencies, Stage::Unused]
}

/// The stages of `cargo xtask test`.
///
/// A missing server is told before the long stages and not after them.
pub fn test(args: &TestArgs) -> Vec<Stage> {
    let mut stages = Vec::new();
    if !args.embedded {
        stages.push(Stage::Programs);
    }
    if !args.embedded && !args.no_check {
        stages.extend([Stage::Formatting, Stage::Lints, Stage::Documentation]);
    }
    stages.push(Stage::TestsEmbedded);
    if !args.embedded {
        stages.push(Stage::TestsOnServers);
    }
    stages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test_stages(embedded: bool, no_check: bool) -> Vec<Stage> {
        test(&TestArgs { embedded, no_check, filter: None })
    }

    #[test]
    fn check_looks_at_everything_and_changes_nothing() {
        assert_eq!(
            check(&CheckArgs { fix: false }),
            [
                Stage::Formatting,
                Stage::Lints,
                Stage::Documentation,
                Stage::Dependencies,
                Stage::Unused
            ]
        );
    }

    #[test]
    fn fix_formats_instead_of_checking() {
        let stages = check(&CheckArgs { fix: true });
        assert_eq!(stages.first(), Some(&Stage::Format));
        assert!(!stages.contains(&Stage::Formatting));
    }

    #[test]
    fn test_runs_everything_by_default() {
        assert_eq!(
            test_stages(false, false),
            [
                Stage::Programs,
                Stage::Formatting,
                Stage::Lints,
                Stage::Documentation,
                Stage::TestsEmbedded,
                Stage::TestsOnServers
            ]
        );
    }

    #[test]
    fn embedded_needs_nothing_installed() {
        assert_eq!(test_stages(true, false), [Stage::TestsEmbedded]);
        assert_eq!(test_stages(true, true), [Stage::TestsEmbedded]);
    }

    #[test]
    fn no_check_leaves_only_tests() {
        assert_eq!(
            test_stages(false, true),
            [Stage::Programs, Stage::TestsEmbedded, Stage::TestsOnServers]
        );
    }
}

//! What was found, in Django's words or as JSON.

use serde_json::{Value as Json, json};

use super::{Finding, Level};

/// How many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Errors and worse.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

/// The outcome of a run, the worst first.
#[derive(Clone, Debug)]
pub struct Report {
    findings: Vec<Finding>,
    silenced: usize,
}

impl Report {
    /// Sorts, and leaves out what is silenced.
    #[must_use]
    pub fn new(mut findings: Vec<Finding>, silenced: &[String]) -> Self {
        let all = findings.len();
        findings.retain(|finding| !silenced.contains(&finding.id));
        findings
            .sort_by(|one, other| other.level.cmp(&one.level).then_with(|| one.id.cmp(&other.id)));
        Self { silenced: all - findings.len(), findings }
    }

    /// What was found and not silenced.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many of which kind.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let count = |is: fn(Level) -> bool| self.findings.iter().filter(|f| is(f.level)).count();
        Tally {
            errors: count(|level| level >= Level::Error),
            warnings: count(|level| level == Level::Warning),
        }
    }

    /// How many are at least as bad as `level`.
    #[must_use]
    pub fn at_least(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level >= level).count()
    }

    /// For people, as Django prints it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        if !self.findings.is_empty() {
            text.push_str("System check identified some issues:\n\n");
        }
        for level in Level::ALL {
            let group: Vec<&Finding> =
                self.findings.iter().filter(|finding| finding.level == level).collect();
            if group.is_empty() {
                continue;
            }
            text.push_str(&format!("{}S:\n", level.name()));
            for finding in group {
                let object = finding.object.as_deref().unwrap_or("?");
                text.push_str(&format!("{object}: ({}) {}\n", finding.id, finding.message));
                if !finding.hint.is_empty() {
                    text.push_str(&format!("\tHINT: {}\n", finding.hint));
                }
            }
            text.push('\n');
        }
        let count = match self.findings.len() {
            0 => "no issues".to_owned(),
            1 => "1 issue".to_owned(),
            many => format!("{many} issues"),
        };
        text.push_str(&format!("System check identified {count} ({} silenced).", self.silenced));
        text
    }

    /// For programs.
    #[must_use]
    pub fn json(&self, fail_level: Level) -> Json {
        let issues: Vec<Json> = self
            .findings
            .iter()
            .map(|finding| {
                json!({
                    "id": finding.id,
                    "level": finding.level.name(),
                    "message": finding.message,
                    "hint": finding.hint,
                    "object": finding.object,
                })
            })
            .collect();
        json!({
            "ok": self.at_least(fail_level) == 0,
            "identified": self.findings.len(),
            "silenced": self.silenced,
            "issues": issues,
        })
    }
}

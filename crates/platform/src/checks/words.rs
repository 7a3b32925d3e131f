//! Levels and tags.

/// How bad it is, as Django says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// For those who look closely.
    Debug,
    /// Good to know.
    Info,
    /// Works, but should not stay so.
    Warning,
    /// Something does not work, or not safely.
    Error,
    /// Nothing works, or everything stands open.
    Critical,
}

impl Level {
    /// All, the worst first.
    pub const ALL: [Self; 5] =
        [Self::Critical, Self::Error, Self::Warning, Self::Info, Self::Debug];

    /// Its name, as Django writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
            Self::Critical => "CRITICAL",
        }
    }

    /// The level of a name in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name().eq_ignore_ascii_case(name))
    }
}

/// What a check is about; `--tag` chooses by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tag {
    /// Backups.
    Backups,
    /// Redis.
    Caches,
    /// Settings that mean something else than they seem to, or names nobody knows.
    Compatibility,
    /// What is in the database.
    Data,
    /// The database itself.
    Database,
    /// Folders and files.
    Files,
    /// Log files.
    Logs,
    /// Table descriptions and migrations.
    Models,
    /// Who could do harm.
    Security,
    /// Values of settings.
    Settings,
}

impl Tag {
    /// All, in the order of their names.
    pub const ALL: [Self; 10] = [
        Self::Backups,
        Self::Caches,
        Self::Compatibility,
        Self::Data,
        Self::Database,
        Self::Files,
        Self::Logs,
        Self::Models,
        Self::Security,
        Self::Settings,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Backups => "backups",
            Self::Caches => "caches",
            Self::Compatibility => "compatibility",
            Self::Data => "data",
            Self::Database => "database",
            Self::Files => "files",
            Self::Logs => "logs",
            Self::Models => "models",
            Self::Security => "security",
            Self::Settings => "settings",
        }
    }
}

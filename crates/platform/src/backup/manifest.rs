//! What is in a backup.

use serde::{Deserialize, Serialize};

use super::tables::TableShape;

/// The form this program writes. Another number is refused.
pub(super) const FORMAT: u32 = 1;
/// Its name in the archive, where it comes last: a file that was cut has none.
pub(super) const NAME: &str = "manifest.json";

/// What is in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Number of the form.
    pub format: u32,
    /// The program it is of.
    pub program: String,
    /// The program's version that wrote it.
    pub version: String,
    /// The engine it was taken from. It may go into the other.
    pub engine: String,
    /// When, UTC.
    pub created_at: String,
    /// The applied migrations, in order.
    pub migrations: Vec<Applied>,
    /// The tables with their rows.
    pub tables: Vec<Counted>,
    /// Tables that stayed behind on purpose.
    pub left_out: Vec<String>,
    /// The uploads; none if they were not asked for.
    pub uploads: Option<Uploads>,
    /// Every other member of the archive, in order.
    pub members: Vec<Member>,
}

/// An applied migration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// Module.
    pub module: String,
    /// Name.
    pub name: String,
    /// Hash of the tables after it, the same for both engines.
    pub state: String,
}

/// A table with the number of its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Its shape: a line of data has its columns' values in this order.
    #[serde(flatten)]
    pub shape: TableShape,
    /// Rows.
    pub rows: u64,
    /// The id that the next row would get.
    pub next_id: Option<i64>,
}

/// Uploaded files in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploads {
    /// Files.
    pub files: u64,
    /// Bytes.
    pub bytes: u64,
}

/// A member of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name there.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its hash.
    pub sha256: String,
    /// What it holds.
    #[serde(flatten)]
    pub content: Content,
}

/// What a member holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Rows of this table, a line each.
    Table(String),
    /// The uploaded file at this path below the uploads' folder.
    Upload(String),
}

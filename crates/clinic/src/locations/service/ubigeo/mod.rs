//! Loads countries, regions, provinces and districts from CSV tables: those inside the program, or one's own.
//!
//! [`read()`] understands the tables without any database, [`run`] writes them. Either all rows go in or none, and
//! every row that cannot is told by file and line.

mod merge;
mod read;

use std::io::Read;

use flate2::read::GzDecoder;
use platform::db::{Table, Tx};
use platform::error::{Error, FieldError, Kind, Refusal, Result};
use platform::i18n::Text;

pub use merge::run;
pub use read::read;

use crate::locations::model::{COUNTRIES, DISTRICTS, PROVINCES, REGIONS};

/// The country whose regions are loaded unless another is asked for.
pub const PERU: &str = "PE";

/// The names of the four tables, parents first.
pub const FILES: [&str; 4] = ["countries.csv", "regions.csv", "provinces.csv", "districts.csv"];

const EMBEDDED: [&[u8]; 4] = [
    include_bytes!("../../../../fixtures/ubigeo/countries.csv.gz"),
    include_bytes!("../../../../fixtures/ubigeo/regions.csv.gz"),
    include_bytes!("../../../../fixtures/ubigeo/provinces.csv.gz"),
    include_bytes!("../../../../fixtures/ubigeo/districts.csv.gz"),
];

/// A CSV table as it came.
#[derive(Clone, Debug)]
pub struct File {
    /// What to call it.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// What became of the rows of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The file.
    pub file: String,
    /// Rows that are there now and were not before.
    pub new: usize,
    /// Rows that were different.
    pub updated: usize,
    /// Rows that were the same already.
    pub unchanged: usize,
}

/// What a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Level {
    Country,
    Region,
    Province,
    District,
}

impl Level {
    /// Parents first.
    const ALL: [Self; 4] = [Self::Country, Self::Region, Self::Province, Self::District];

    fn table(self) -> &'static Table {
        match self {
            Self::Country => &COUNTRIES,
            Self::Region => &REGIONS,
            Self::Province => &PROVINCES,
            Self::District => &DISTRICTS,
        }
    }

    /// The column with the code that tells rows apart.
    fn code(self) -> &'static str {
        if self == Self::Country { "iso2" } else { "ubigeo" }
    }

    /// The column of a country's phone code, or of a place's parent.
    fn other(self) -> &'static str {
        match self {
            Self::Country => "phone_code",
            Self::Region => "country_id",
            Self::Province => "region_id",
            Self::District => "province_id",
        }
    }

    fn parent(self) -> Option<Self> {
        match self {
            Self::Country => None,
            Self::Region => Some(Self::Country),
            Self::Province => Some(Self::Region),
            Self::District => Some(Self::Province),
        }
    }
}

/// A row that can be understood.
#[derive(Clone, Debug)]
struct Entry {
    at: At,
    /// ISO2 or INEI code; only a country may have none.
    code: Option<String>,
    name: String,
    /// A country's phone code or the parent's code; empty for none.
    other: String,
}

/// Where something stands: index of the file, line from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct At {
    file: usize,
    line: u64,
}

/// Why a row cannot be loaded.
#[derive(Clone, Debug)]
struct Fault {
    at: At,
    /// The column's title in the file; empty if it is about the whole row.
    title: String,
    code: &'static str,
    reason: Text,
}

/// Loads the tables inside the program.
pub fn import_embedded(tx: &mut Tx<'_>) -> Result<()> {
    run(tx, &read(&embedded()?), PERU).map(|_| ())
}

/// The tables inside the program.
pub fn embedded() -> Result<Vec<File>> {
    let unpacked = FILES.iter().zip(EMBEDDED).map(|(name, packed)| {
        let mut content = Vec::new();
        let outcome = GzDecoder::new(packed).read_to_end(&mut content);
        outcome.map_err(|error| Error::failed(name, error))?;
        Ok(File { name: (*name).to_owned(), content })
    });
    unpacked.collect()
}

/// All faults as one refusal, in the order of the files.
fn refusal(mut faults: Vec<Fault>, files: &[String]) -> Error {
    faults.sort_by_key(|fault| fault.at);
    let message = Text::key("locations.import_refused").with("count", faults.len());
    let fields = faults.into_iter().map(|fault| {
        let file = files.get(fault.at.file).map_or("", String::as_str);
        let separator = if fault.title.is_empty() { "" } else { ": " };
        let field = format!("{file}:{}{separator}{}", fault.at.line, fault.title);
        FieldError { field: field.into(), code: fault.code, message: fault.reason }
    });
    let fields = fields.collect();
    Refusal { fields, ..Refusal::new(Kind::Invalid, "import_refused", message) }.into()
}

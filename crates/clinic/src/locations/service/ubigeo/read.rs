//! From bytes to rows: which table it is, and what is wrong with it by itself.

use std::collections::{HashMap, HashSet};

use csv::{ByteRecord, ReaderBuilder};
use platform::i18n::Text;
use platform::types::fold;

use super::{At, Entry, Fault, File, Level};

/// Longest name.
const NAME_MAX: usize = 255;
/// Longest phone code.
const PHONE_MAX: usize = 10;

/// What the files hold.
#[derive(Debug, Default)]
pub struct Tables {
    pub(super) files: Vec<String>,
    /// What each file calls the column of the parent.
    pub(super) parent_titles: Vec<String>,
    pub(super) entries: HashMap<Level, Vec<Entry>>,
    pub(super) faults: Vec<Fault>,
    /// Where each code stands, also those of faulty rows: their children are not to blame.
    pub(super) codes: HashMap<(Level, String), At>,
}

impl Tables {
    fn fault(&mut self, at: At, title: &str, code: &'static str, reason: Text) {
        self.faults.push(Fault { at, title: title.to_owned(), code, reason });
    }
}

/// Understands the files, in any order; what cannot be understood is kept as faults.
#[must_use]
pub fn read(files: &[File]) -> Tables {
    let mut tables = Tables::default();
    for (index, file) in files.iter().enumerate() {
        tables.files.push(file.name.clone());
        read_file(&mut tables, index, &file.content);
    }
    repeated_names(&mut tables);
    tables
}

/// Which column of a file is what.
struct Header {
    level: Level,
    titles: Vec<String>,
    code: usize,
    name: usize,
    other: Option<usize>,
}

impl Header {
    /// Titles as in the tables known so far, in any order and case; others are ignored.
    fn recognise(titles: Vec<String>) -> Option<Self> {
        let find = |names: &[&str]| {
            titles.iter().position(|title| names.contains(&title.to_lowercase().as_str()))
        };
        let name = find(&["name", "nombre"])?;
        let code = || find(&["ubigeo_code", "code", "ubigeo"]);
        let (level, code, other) = if let Some(iso2) = find(&["iso2"]) {
            (Level::Country, iso2, Some(find(&["phone_code", "phonecode"])?))
        } else if let Some(parent) = find(&["province_id", "province_code"]) {
            (Level::District, code()?, Some(parent))
        } else if let Some(parent) = find(&["region_id", "region_code"]) {
            (Level::Province, code()?, Some(parent))
        } else {
            (Level::Region, code()?, None)
        };
        Some(Self { level, titles, code, name, other })
    }

    fn title(&self, index: usize) -> &str {
        self.titles.get(index).map_or("", String::as_str)
    }
}

fn read_file(tables: &mut Tables, file: usize, content: &[u8]) {
    // Spreadsheets put a mark in front.
    let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
    let first_line = content.split(|byte| *byte == b'\n').next().unwrap_or(content);
    let delimiter = if first_line.contains(&b';') { b';' } else { b',' };
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(content);
    let mut header = None;
    let mut record = ByteRecord::new();
    while let Ok(true) = reader.read_byte_record(&mut record) {
        if record.iter().all(|field| field.trim_ascii().is_empty()) {
            continue;
        }
        let at = At { file, line: line_of(&record, content) };
        match &header {
            Some(header) => read_row(tables, header, at, &record),
            None => match titles(&record).and_then(Header::recognise) {
                Some(recognised) => header = Some(recognised),
                None => break,
            },
        }
    }
    let parent = header.as_ref().and_then(|header| Some(header.title(header.other?).to_owned()));
    tables.parent_titles.push(parent.unwrap_or_default());
    if header.is_none() {
        let reason = Text::key("locations.import_header");
        tables.fault(At { file, line: 1 }, "", "header", reason);
    }
}

fn titles(record: &ByteRecord) -> Option<Vec<String>> {
    let title = |field| std::str::from_utf8(field).ok().map(|title| title.trim().to_owned());
    record.iter().map(title).collect()
}

/// The line where a record begins. The reader says where it began to look: line ends before the record
/// (blank lines, the second half of CRLF) are still ahead there.
fn line_of(record: &ByteRecord, content: &[u8]) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let ahead = content.get(start..).unwrap_or_default();
    let ends = ahead.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + ends.filter(|byte| **byte == b'\n').count() as u64
}

fn read_row(tables: &mut Tables, header: &Header, at: At, record: &ByteRecord) {
    let before = tables.faults.len();
    if record.len() != header.titles.len() {
        let reason = Text::key("locations.import_columns")
            .with("found", record.len())
            .with("expected", header.titles.len());
        return tables.fault(at, "", "columns", reason);
    }
    let mut fields = Vec::with_capacity(record.len());
    for (index, bytes) in record.iter().enumerate() {
        if let Ok(text) = std::str::from_utf8(bytes) {
            fields.push(text.trim());
        } else {
            let reason = Text::key("locations.import_encoding");
            tables.fault(at, header.title(index), "encoding", reason);
        }
    }
    if tables.faults.len() > before {
        return;
    }
    let field = |index: usize| fields.get(index).copied().unwrap_or("");
    let code = read_code(tables, header, at, field(header.code));
    let name = field(header.name);
    if let Some((code, reason)) = bad_name(name) {
        tables.fault(at, header.title(header.name), code, reason);
    }
    let other = header.other.map_or_else(String::new, |index| {
        let text = field(index);
        let read = match header.level.parent() {
            Some(parent) => code_of(parent, text),
            None => phone_of(text),
        };
        read.unwrap_or_else(|(code, reason)| {
            tables.fault(at, header.title(index), code, reason);
            String::new()
        })
    });
    if tables.faults.len() == before {
        let entry = Entry { at, code, name: name.to_owned(), other };
        tables.entries.entry(header.level).or_default().push(entry);
    }
}

/// The code of a row; complains if it is wrong or stands twice.
fn read_code(tables: &mut Tables, header: &Header, at: At, text: &str) -> Option<String> {
    if header.level == Level::Country && text.is_empty() {
        return None;
    }
    match code_of(header.level, text) {
        Ok(code) => {
            if let Some(first) = tables.codes.get(&(header.level, code.clone())).copied() {
                let file = tables.files.get(first.file).cloned().unwrap_or_default();
                let reason = Text::key("locations.import_repeated")
                    .with("value", &code)
                    .with("file", file)
                    .with("line", first.line);
                tables.fault(at, header.title(header.code), "repeated", reason);
            } else {
                tables.codes.insert((header.level, code.clone()), at);
            }
            Some(code)
        }
        Err((code, reason)) => {
            tables.fault(at, header.title(header.code), code, reason);
            None
        }
    }
}

type Complaint = (&'static str, Text);

/// A code in its one form: ISO2 in capitals; two, four or six digits with the leading zero that
/// spreadsheets drop.
fn code_of(level: Level, text: &str) -> Result<String, Complaint> {
    let digits = match level {
        Level::Country => {
            let is_iso2 = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
            let bad = || ("bad_code", Text::key("locations.import_iso2").with("value", text));
            return if is_iso2 { Ok(text.to_ascii_uppercase()) } else { Err(bad()) };
        }
        Level::Region => 2,
        Level::Province => 4,
        Level::District => 6,
    };
    if text.is_empty() {
        return Err(("required", Text::key("error.required")));
    }
    let is_code = text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.len() == digits || text.len() + 1 == digits);
    if is_code {
        Ok(format!("{text:0>digits$}"))
    } else {
        let reason = Text::key("locations.import_code").with("value", text).with("digits", digits);
        Err(("bad_code", reason))
    }
}

fn phone_of(text: &str) -> Result<String, Complaint> {
    if text.chars().count() > PHONE_MAX {
        return Err(("max_length", Text::key("error.max_length").with("max", PHONE_MAX)));
    }
    let is_phone = text.bytes().all(|byte| byte.is_ascii_digit() || b"+- ,()".contains(&byte));
    if is_phone { Ok(text.to_owned()) } else { Err(("digits", Text::key("error.digits"))) }
}

fn bad_name(name: &str) -> Option<Complaint> {
    if name.is_empty() {
        Some(("required", Text::key("error.required")))
    } else if name.chars().count() > NAME_MAX {
        Some(("max_length", Text::key("error.max_length").with("max", NAME_MAX)))
    } else if name.chars().any(char::is_control) {
        // Also what follows a quotation mark that is never closed.
        Some(("invalid", Text::key("error.null_characters")))
    } else {
        None
    }
}

/// A country without a code is known by its name, so that name may stand once.
fn repeated_names(tables: &mut Tables) {
    let countries = tables.entries.get(&Level::Country).map_or(&[][..], Vec::as_slice);
    let named = |has_code| countries.iter().filter(move |entry| entry.code.is_some() == has_code);
    let mut seen: HashSet<String> = named(true).map(|entry| fold(&entry.name)).collect();
    let mut repeated = Vec::new();
    for entry in named(false) {
        if !seen.insert(fold(&entry.name)) {
            repeated.push((entry.at, entry.name.clone()));
        }
    }
    for (at, name) in repeated {
        let reason = Text::key("locations.import_repeated_name").with("value", name);
        tables.fault(at, "name", "repeated", reason);
    }
}

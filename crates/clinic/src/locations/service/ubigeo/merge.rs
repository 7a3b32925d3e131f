//! From rows to the database: which are there already, which are new, which differ.

use std::collections::HashMap;

use platform::db::{Changes, Tx, Value};
use platform::error::{Refusal, Result};
use platform::i18n::Text;
use platform::types::fold;

use super::read::Tables;
use super::{Counts, Entry, Fault, Level, refusal};
use crate::locations::queries::ubigeo::{self, Known};

/// Ids by code.
type Ids = HashMap<String, i64>;

/// Loads the tables; the regions become those of the country with this ISO2 code.
///
/// A row is known by its code. One without a code but with the same name and parent is taken for it and given
/// the code; a deleted one comes back.
pub fn run(tx: &mut Tx<'_>, tables: &Tables, country: &str) -> Result<Vec<Counts>> {
    let country = country.trim().to_ascii_uppercase();
    let counts = tables.files.iter().map(|file| Counts { file: file.clone(), ..Counts::default() });
    let mut merge = Merge { tables, faults: tables.faults.clone(), counts: counts.collect() };
    let mut parents = Ids::new();
    for level in Level::ALL {
        let is_wanted = tables.entries.contains_key(&Level::Region);
        if level == Level::Region && is_wanted && !merge.is_promised(&parents, level, &country) {
            let text = Text::key("locations.import_country").with("code", country);
            return Err(Refusal::field("--country-iso2", "unknown_country", text).into());
        }
        let (plan, ids) = merge.plan(tx, level, &parents, &country)?;
        if merge.faults.is_empty() {
            plan.write(tx, level)?;
        }
        parents = ids;
    }
    if merge.faults.is_empty() {
        Ok(merge.counts)
    } else {
        Err(refusal(merge.faults, &tables.files))
    }
}

struct Merge<'t> {
    tables: &'t Tables,
    faults: Vec<Fault>,
    counts: Vec<Counts>,
}

/// What to write.
#[derive(Default)]
struct Plan {
    inserts: Vec<Changes>,
    updates: Vec<(i64, Changes)>,
    restores: Vec<i64>,
}

impl Plan {
    fn write(self, tx: &mut Tx<'_>, level: Level) -> Result<()> {
        let table = level.table();
        for id in self.restores {
            tx.restore(table, id, Changes::new())?;
        }
        for (id, changes) in self.updates {
            tx.update(table, id, changes)?;
        }
        tx.insert_many(table, self.inserts)
    }
}

/// Rows of a level that are there.
struct Present<'k> {
    by_code: HashMap<&'k str, &'k Known>,
    /// Those without a code, by folded name and parent; the last of each is the best.
    uncoded: HashMap<(String, Option<i64>), Vec<&'k Known>>,
    by_name: HashMap<String, &'k Known>,
}

impl<'k> Present<'k> {
    fn of(known: &'k [Known]) -> Self {
        let mut present =
            Self { by_code: HashMap::new(), uncoded: HashMap::new(), by_name: HashMap::new() };
        for row in known {
            let name = fold(&row.name);
            if let Some(code) = &row.code {
                present.by_code.insert(code, row);
            } else {
                present.uncoded.entry((name.clone(), id_in(&row.other))).or_default().push(row);
            }
            present.by_name.insert(name, row);
        }
        present
    }

    fn find(&mut self, entry: &Entry, other: &Value) -> Option<&'k Known> {
        let name = fold(&entry.name);
        let Some(code) = &entry.code else { return self.by_name.get(&name).copied() };
        let coded = self.by_code.get(code.as_str()).copied();
        coded.or_else(|| self.uncoded.get_mut(&(name, id_in(other)))?.pop())
    }
}

/// The parent's id; a country's phone code is no part of who it is.
fn id_in(other: &Value) -> Option<i64> {
    if let Value::Int(id) = other { Some(*id) } else { None }
}

impl Merge<'_> {
    /// Whether a place with that code can have children: it is there, or about to be, or its own row is at fault.
    fn is_promised(&self, parents: &Ids, level: Level, code: &str) -> bool {
        let parent = level.parent().map(|parent| (parent, code.to_owned()));
        parents.contains_key(code)
            || parent.is_some_and(|parent| self.tables.codes.contains_key(&parent))
    }

    fn plan(
        &mut self,
        tx: &mut Tx<'_>,
        level: Level,
        parents: &Ids,
        country: &str,
    ) -> Result<(Plan, Ids)> {
        let known = ubigeo::known(tx, level.table(), level.code(), level.other())?;
        let mut next_id = known.iter().map(|row| row.id).max().unwrap_or(0) + 1;
        let live = known.iter().filter(|row| !row.is_deleted);
        let mut ids: Ids = live.filter_map(|row| Some((row.code.clone()?, row.id))).collect();
        let mut present = Present::of(&known);
        let mut plan = Plan::default();
        for entry in self.tables.entries.get(&level).map_or(&[][..], Vec::as_slice) {
            let Some(other) = self.other(level, entry, parents, country) else { continue };
            let row = Changes::new()
                .with("name", &entry.name)
                .with(level.code(), entry.code.clone())
                .with(level.other(), other.clone());
            let found = present.find(entry, &other);
            if level == Level::Region && found.is_some_and(|row| row.other != other) {
                let reason = Text::key("locations.import_foreign");
                self.fault(entry, "", "other_country", reason);
                continue;
            }
            let id = found.map_or(next_id, |row| row.id);
            let is_changed = match found {
                None => {
                    next_id += 1;
                    plan.inserts.push(row.with("id", id));
                    false
                }
                Some(present) => plan.change(present, row, level),
            };
            ids.extend(entry.code.clone().map(|code| (code, id)));
            if let Some(counts) = self.counts.get_mut(entry.at.file) {
                match (found, is_changed) {
                    (None, _) => counts.new += 1,
                    (Some(_), true) => counts.updated += 1,
                    (Some(_), false) => counts.unchanged += 1,
                }
            }
        }
        Ok((plan, ids))
    }

    /// The value of a row's third column; `None` if its parent is not there.
    fn other(
        &mut self,
        level: Level,
        entry: &Entry,
        parents: &Ids,
        country: &str,
    ) -> Option<Value> {
        let code = match level {
            Level::Country => {
                let phone = Some(entry.other.clone()).filter(|phone| !phone.is_empty());
                return Some(phone.into());
            }
            Level::Region => country,
            Level::Province | Level::District => &entry.other,
        };
        if let Some(id) = parents.get(code) {
            return Some(Value::Int(*id));
        }
        if !self.is_promised(parents, level, code) {
            let reason = Text::key("locations.import_parent").with("code", code);
            let title = self.tables.parent_titles.get(entry.at.file);
            self.fault(entry, title.map_or("", String::as_str), "unknown_parent", reason);
        }
        None
    }

    fn fault(&mut self, entry: &Entry, title: &str, code: &'static str, reason: Text) {
        self.faults.push(Fault { at: entry.at, title: title.to_owned(), code, reason });
    }
}

impl Plan {
    /// Notes what of a row differs; whether anything does.
    fn change(&mut self, present: &Known, mut row: Changes, level: Level) -> bool {
        if row.text("name") == Some(present.name.as_str()) {
            row.remove("name");
        }
        // A country without a code keeps the one that is known.
        if present.code.is_some() || row.text(level.code()).is_none() {
            row.remove(level.code());
        }
        if row.get(level.other()) == Some(&present.other) {
            row.remove(level.other());
        }
        let is_changed = !row.is_empty() || present.is_deleted;
        if present.is_deleted {
            self.restores.push(present.id);
        }
        if !row.is_empty() {
            self.updates.push((present.id, row));
        }
        is_changed
    }
}

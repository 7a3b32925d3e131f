//! The changes that are tried.

use std::collections::BTreeMap;

use super::super::*;
use super::model::{Followed, Model};
use crate::db::Kind;
use crate::db::state::{IndexState, UniqueState};

/// A change; the picks choose its table, its column and so on among those there are.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) kind: usize,
    pub(super) picks: [u8; 4],
}

impl Step {
    /// Three tables, with something of everything in the second.
    pub(super) fn first_tables() -> Vec<Self> {
        let step = |kind, a, b| Self { kind, picks: [a, b, a, b] };
        let kinds = (0..KINDS.len()).filter_map(|kind| Some(step(0, 1, u8::try_from(kind).ok()?)));
        let mut steps = vec![step(13, 0, 0), step(13, 0, 0), step(13, 1, 1)];
        steps.extend(kinds);
        steps.extend([step(18, 1, 0), step(7, 1, 1), step(16, 1, 0)]);
        steps
    }
}

fn column(name: String, kind: Kind) -> ColumnState {
    ColumnState {
        name,
        kind,
        null: true,
        references: None,
        choices: Vec::new(),
        min: None,
        folded: false,
        secret: false,
    }
}

fn is_text(column: &ColumnState) -> bool {
    matches!(column.kind, Kind::Text(_)) && column.choices.is_empty()
}

const KINDS: &[Kind] = &[
    Kind::Text(30),
    Kind::Int,
    Kind::Decimal { digits: 9, places: 2 },
    Kind::Date,
    Kind::Text(60),
    Kind::Bool,
    Kind::LongText,
    Kind::DateTime,
    Kind::Time,
    Kind::Ref,
];

/// Whether a step of that kind can be about such a column.
fn fits(step: usize, column: &ColumnState) -> bool {
    let is_plain = column.name != "id" && column.name != "deleted_at";
    match step {
        2 => column.name != "id",
        3 => is_plain,
        4 => is_plain && column.references.is_none() && column.choices.is_empty(),
        5 => is_plain && column.references.is_none(),
        6 => is_text(column),
        7 | 9 => column.kind != Kind::LongText,
        _ => true,
    }
}

impl Model {
    pub(super) fn one(&mut self, step: &Step) {
        let [a, b, c, d] = step.picks.map(usize::from);
        let fresh = self.next();
        let count = self.all.len();
        if step.kind == 13 || count == 0 {
            return self.add_table(fresh, b);
        }
        let parent = self.all[c % count].clone();
        let is_referred = |name: &str, all: &[Followed]| {
            all.iter().any(|f| f.table.name != name && f.table.parents().any(|p| p == name))
        };
        let table_name = self.all[a % count].table.name.clone();
        if step.kind == 14 {
            if count > 2 && !self.has_dropped && !is_referred(&table_name, &self.all) {
                self.has_dropped = true;
                self.all.retain(|followed| followed.table.name != table_name);
                self.defaults.retain(|(table, _), _| *table != table_name);
            }
            return;
        }
        if step.kind == 15 {
            return self.rename_table(&table_name, &format!("t{fresh}"));
        }
        let defaults = &mut self.defaults;
        let followed = &mut self.all[a % count];
        let table = &mut followed.table;
        // Of the columns that such a step can be about, one; soft deletion comes and goes more often than by chance.
        let fits: Vec<usize> =
            (0..table.columns.len()).filter(|at| fits(step.kind, &table.columns[*at])).collect();
        let is_soft = step.kind == 2 && d % 3 == 0;
        let soft = fits.iter().copied().find(|at| table.columns[*at].name == "deleted_at");
        let chosen = soft.filter(|_| is_soft).or_else(|| fits.get(b % fits.len().max(1)).copied());
        let Some(at) = chosen else { return };
        let picked = table.columns[at].clone();
        let is_plain = picked.name != "id" && picked.name != "deleted_at";
        let fold_name = format!("{}_fold", picked.name);
        let uses =
            |columns: &[String]| columns.contains(&picked.name) || columns.contains(&fold_name);
        let is_in_key = table.indexes.iter().any(|i| uses(&i.columns))
            || table.uniques.iter().any(|u| uses(&u.columns));
        match step.kind {
            0 => {
                let mut new = column(format!("c{fresh}"), KINDS[b % KINDS.len()]);
                new.folded = is_text(&new) && c % 2 == 0;
                table.columns.insert(1, new);
            }
            1 => {
                let kind = KINDS[b % KINDS.len()];
                let mut new = column(format!("c{fresh}"), kind);
                new.null = false;
                new.folded = is_text(&new) && c % 2 == 0;
                let value = match kind {
                    Kind::Text(_) | Kind::LongText => "Él 'dice' \\ no",
                    Kind::Date => "2020-02-29 00:00:00.000000",
                    Kind::DateTime => "2020-02-29 10:00:00.000001",
                    Kind::Time => "10:20:30.000000",
                    _ => "1",
                };
                defaults.insert((table.name.clone(), new.name.clone()), value.to_owned());
                table.columns.push(new);
            }
            2 if picked.name != "id" => {
                table.columns.remove(at);
                followed.columns.remove(&picked.name);
                table.indexes.retain(|i| !uses(&i.columns));
                let is_live = picked.name == "deleted_at";
                table.uniques.retain(|u| !(uses(&u.columns) || is_live && u.live));
                table.searched.retain(|name| *name != picked.name);
                defaults.remove(&(table.name.clone(), picked.name));
            }
            3 if is_plain => {
                let (old, new) = (picked.name.clone(), format!("c{fresh}"));
                table.columns[at].name.clone_from(&new);
                let keys = table.indexes.iter_mut().map(|i| &mut i.columns);
                let keys = keys.chain(table.uniques.iter_mut().map(|u| &mut u.columns));
                for name in keys.flatten().chain(&mut table.searched) {
                    if *name == old {
                        name.clone_from(&new);
                    } else if *name == fold_name {
                        *name = format!("{new}_fold");
                    }
                }
                if let Some(origin) = followed.columns.remove(&old) {
                    followed.columns.insert(new.clone(), origin);
                }
                if let Some(value) = defaults.remove(&(table.name.clone(), old)) {
                    defaults.insert((table.name.clone(), new), value);
                }
            }
            4 if picked.references.is_none() && picked.choices.is_empty() => {
                let kind = match picked.kind {
                    Kind::Text(_) if c % 3 == 0 && !is_in_key => Kind::LongText,
                    Kind::Text(max) if max < 150 => Kind::Text(max + 7),
                    Kind::LongText if !picked.folded => Kind::Text(99),
                    Kind::Int if c % 2 == 0 => Kind::Ref,
                    Kind::Int | Kind::Bool => Kind::Decimal { digits: 14, places: 1 },
                    Kind::Ref => Kind::Text(30),
                    Kind::Decimal { digits, places } if digits < 14 => {
                        Kind::Decimal { digits: digits + 2, places: places + 1 }
                    }
                    Kind::Date => Kind::DateTime,
                    other => other,
                };
                // The answer for a new column is given in its last kind's form.
                if !defaults.contains_key(&(table.name.clone(), picked.name.clone())) && is_plain {
                    table.columns[at].kind = kind;
                    table.columns[at].min = None;
                }
            }
            5 if is_plain && picked.references.is_none() => {
                let key = (table.name.clone(), picked.name.clone());
                let column = &mut table.columns[at];
                if column.null {
                    column.null = false;
                    let value = match column.kind {
                        _ if !column.choices.is_empty() => column.choices[0].clone(),
                        Kind::Text(_) | Kind::LongText => "Ninguno Ñ".to_owned(),
                        Kind::Date | Kind::DateTime => "2021-01-01 00:00:00.000000".to_owned(),
                        Kind::Time => "01:00:00.000000".to_owned(),
                        _ => "1".to_owned(),
                    };
                    defaults.insert(key, value);
                } else {
                    column.null = true;
                    defaults.remove(&key);
                }
            }
            6 if is_text(&picked) => {
                let folded = &mut table.columns[at].folded;
                *folded = !*folded;
                if !*folded {
                    let uses_twin = |columns: &[String]| columns.contains(&fold_name);
                    table.indexes.retain(|i| !uses_twin(&i.columns));
                    table.uniques.retain(|u| !uses_twin(&u.columns));
                }
            }
            7 | 9 if picked.kind != Kind::LongText => {
                let name = if picked.folded { fold_name } else { picked.name.clone() };
                let mut columns = vec![name, "id".to_owned()];
                if c % 2 == 0 && columns[0] != "id" {
                    columns.swap(0, 1);
                }
                columns.dedup();
                if step.kind == 7 {
                    let live = d % 2 == 1 && table.is_soft_deleted();
                    table.uniques.push(UniqueState { name: format!("u{fresh}"), columns, live });
                } else {
                    table.indexes.push(IndexState { name: format!("i{fresh}"), columns });
                }
            }
            8 if !table.uniques.is_empty() => {
                table.uniques.remove(b % table.uniques.len());
            }
            10 if !table.indexes.is_empty() => {
                table.indexes.remove(b % table.indexes.len());
            }
            11 if table.is_soft_deleted() => {
                for unique in &mut table.uniques {
                    unique.live = !unique.live;
                }
            }
            12 => {
                let actions = [OnDelete::Restrict, OnDelete::Cascade, OnDelete::SetNull];
                let column_at = &mut table.columns[at];
                if let Some((_, action)) = &mut column_at.references {
                    // An empty reference needs a column that may be empty.
                    let allowed = if picked.null { 3 } else { 2 };
                    *action = actions[c % allowed];
                    if d % 4 == 0 {
                        column_at.references = None;
                    }
                } else if parent.origin.is_some() || parent.table.name == table.name {
                    let mut new = column(format!("c{fresh}"), Kind::Ref);
                    // Row 1 of a table that was there before is there.
                    new.null = parent.origin.is_none() || d % 3 != 0;
                    new.references = Some((parent.table.name.clone(), actions[c % 2]));
                    if !new.null {
                        let key = (table.name.clone(), new.name.clone());
                        defaults.insert(key, "1".to_owned());
                    }
                    table.columns.push(new);
                }
            }
            16 => {
                let texts: Vec<String> = table
                    .columns
                    .iter()
                    .filter(|column| matches!(column.kind, Kind::Text(_) | Kind::LongText))
                    .map(|column| column.name.clone())
                    .collect();
                table.searched = texts.into_iter().skip(c % 3).take(2).collect();
            }
            17 => table.counted = !table.counted,
            18 if !table.is_soft_deleted() => {
                table.columns.push(ColumnState::from(&Column::deleted_at()));
            }
            19 => {
                if picked.choices.is_empty() {
                    let mut new = column(format!("c{fresh}"), Kind::Text(12));
                    new.choices = vec!["one".into(), "it is".into()];
                    table.columns.push(new);
                } else {
                    table.columns[at].choices.push(format!("n{fresh}"));
                }
                for column in &mut table.columns {
                    if column.kind == Kind::Int {
                        column.min = column.min.is_none().then_some(0);
                    }
                }
            }
            _ => {}
        }
    }

    fn add_table(&mut self, fresh: i64, pick: usize) {
        let mut text = column(format!("c{fresh}"), Kind::Text(40));
        (text.null, text.folded) = (false, pick.is_multiple_of(2));
        let mut columns = vec![ColumnState::from(&Column::id()), text];
        if pick % 2 == 1
            && let Some(parent) = self.all.first()
        {
            let mut new = column(format!("r{fresh}"), Kind::Ref);
            new.references = Some((parent.table.name.clone(), OnDelete::SetNull));
            columns.push(new);
        }
        let table = TableState {
            name: format!("t{fresh}"),
            model: "Thing".into(),
            columns,
            key: vec!["id".into()],
            uniques: Vec::new(),
            indexes: Vec::new(),
            searched: Vec::new(),
            counted: pick.is_multiple_of(3),
        };
        self.all.push(Followed { table, origin: None, columns: BTreeMap::new() });
    }

    fn rename_table(&mut self, from: &str, to: &str) {
        for followed in &mut self.all {
            let table = &mut followed.table;
            if table.name == from {
                to.clone_into(&mut table.name);
            }
            for (parent, _) in table.columns.iter_mut().filter_map(|c| c.references.as_mut()) {
                if parent == from {
                    to.clone_into(parent);
                }
            }
        }
        let moved: Vec<_> =
            self.defaults.keys().filter(|(table, _)| table == from).cloned().collect();
        for key in moved {
            if let Some(value) = self.defaults.remove(&key) {
                self.defaults.insert((to.to_owned(), key.1), value);
            }
        }
    }
}

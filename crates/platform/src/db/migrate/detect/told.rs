//! Changes in words: a line for people, and a piece of the migration's name.

use super::Operation;
use super::change::{TableChange, same_column};
use crate::db::state::ColumnState;

impl Operation {
    /// Lines for people, with a piece of a name for each.
    pub(super) fn told(&self) -> Vec<(String, String)> {
        match self {
            Self::Create(table) => {
                vec![(format!("+ Create table {}", table.name), table.name.clone())]
            }
            Self::Rename { old, to } => vec![(
                format!("~ Rename table {} to {to}", old.name),
                format!("rename_{}_{to}", old.name),
            )],
            Self::Alter(change) => change.told(),
            Self::Drop(table) => {
                vec![(format!("- Delete table {}", table.name), format!("delete_{}", table.name))]
            }
        }
    }
}

impl TableChange {
    /// Lines for people, each with a sign as Django's: `+`, `-`, `~`; and pieces of a name.
    fn told(&self) -> Vec<(String, String)> {
        let table = &self.new.name;
        let mut lines = Vec::new();
        for column in &self.new.columns {
            let name = &column.name;
            match self.old_column(name) {
                None => lines
                    .push((format!("+ Add column {name} to {table}"), format!("{table}_{name}"))),
                Some(old) if old.name != *name => {
                    lines.push((
                        format!("~ Rename column {} on {table} to {name}", old.name),
                        format!("rename_{}_{table}_{name}", old.name),
                    ));
                }
                Some(old) if !same_column(old, column) => lines.push((
                    format!("~ Alter column {name} on {table}"),
                    format!("alter_{table}_{name}"),
                )),
                Some(_) => {}
            }
        }
        for column in &self.old.columns {
            let name = &column.name;
            let is_kept =
                |new: &ColumnState| self.old_column(&new.name).is_some_and(|old| old.name == *name);
            if !self.new.columns.iter().any(is_kept) {
                lines.push((
                    format!("- Remove column {name} from {table}"),
                    format!("remove_{table}_{name}"),
                ));
            }
        }
        let (gone, made) = self.key_changes();
        for key in gone.iter().filter(|key| !made.iter().any(|other| other.name == key.name)) {
            lines.push((
                format!("- Remove index {} from {table}", key.name),
                format!("remove_{}", key.name),
            ));
        }
        for key in &made {
            let line = if gone.iter().any(|other| other.name == key.name) {
                format!("~ Alter index {} on {table}", key.name)
            } else {
                format!("+ Create index {} on {table}", key.name)
            };
            lines.push((line, key.name.clone()));
        }
        if self.old.searched != self.new.searched {
            lines.push((format!("~ Alter the word index of {table}"), format!("{table}_words")));
        }
        if self.old.counted != self.new.counted {
            lines.push((format!("~ Alter the row count of {table}"), format!("{table}_count")));
        }
        lines
    }
}

//! What is done with the entries of any catalogue.

use platform::db::{Changes, Tx};
use platform::error::{Error, Refusal, Result};
use platform::types::fold;

use crate::configurations::catalogue::Catalogue;
use crate::configurations::queries::catalogues;

/// An entry that is there now.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// Its id.
    pub id: i64,
    /// Whether it had been deleted and came back.
    pub is_restored: bool,
}

/// Adds an entry; a deleted one of the same name comes back, spelled as it is asked for now.
pub fn create(tx: &mut Tx<'_>, catalogue: &Catalogue, changes: &Changes) -> Result<Made> {
    if catalogue.has_unique_names {
        let folded = fold(changes.text("name").unwrap_or_default());
        if let Some(id) = catalogues::find_deleted(tx, catalogue, &folded)? {
            tx.restore(catalogue.table, id, Changes::new())?;
            tx.update(catalogue.table, id, changes.clone())?;
            return Ok(Made { id, is_restored: true });
        }
    }
    Ok(Made { id: tx.insert(catalogue.table, changes.clone())?, is_restored: false })
}

/// Changes an entry.
pub fn update(tx: &mut Tx<'_>, catalogue: &Catalogue, id: i64, changes: &Changes) -> Result<()> {
    catalogues::find(tx, catalogue, id, |_| Ok(()))?.ok_or_else(|| absent(catalogue))?;
    tx.update(catalogue.table, id, changes.clone())?;
    Ok(())
}

/// Takes an entry off the list; what refers to it keeps it.
pub fn remove(tx: &mut Tx<'_>, catalogue: &Catalogue, id: i64) -> Result<()> {
    if tx.soft_delete(catalogue.table, id, Changes::new())? {
        Ok(())
    } else {
        Err(absent(catalogue))
    }
}

/// There is no such entry.
pub fn absent(catalogue: &Catalogue) -> Error {
    Refusal::not_found(catalogue.absent).into()
}

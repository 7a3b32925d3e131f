//! Entries a fresh installation starts with.

use platform::db::{Changes, Tx};
use platform::error::Result;
use platform::module::Module;

use crate::configurations::catalogue::{Catalogue, DOCUMENT_TYPE, PAYMENT_STATUS, PAYMENT_TYPE};
use crate::configurations::queries::catalogues;

const SEEDS: &[(&Catalogue, &[&str])] = &[
    // Names that the rules for document numbers know.
    (&DOCUMENT_TYPE, &["DNI", "Carné de Extranjería", "RUC", "Pasaporte", "PTP"]),
    (&PAYMENT_TYPE, &["Efectivo", "Yape", "Plin", "Tarjeta", "Transferencia"]),
    (&PAYMENT_STATUS, &["Pendiente", "Pagado", "Cancelado", "Reembolsado"]),
];

/// Fills catalogues that never had an entry; what an administrator changed or deleted stays so.
pub fn after_migrate(tx: &mut Tx<'_>, _modules: &[Module]) -> Result<()> {
    for (catalogue, names) in SEEDS {
        if catalogues::is_untouched(tx, catalogue)? {
            for name in *names {
                tx.insert(catalogue.table, Changes::new().with("name", *name))?;
            }
        }
    }
    Ok(())
}

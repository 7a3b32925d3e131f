//! What the modules say about the former program's tables is about columns that exist.

use std::collections::BTreeSet;

use crate::MODULES;

#[test]
fn each_module_takes_rows_into_its_own_tables_and_known_columns() {
    let mut tables = BTreeSet::new();
    for module in MODULES {
        for taken in module.adoption {
            let name = taken.table.name;
            assert!(tables.insert(name), "{name} is listed twice");
            let is_own = module.tables.iter().any(|table| table.name == name);
            assert!(is_own, "{}: {name} is another module's", module.name);
            for column in taken.columns {
                assert!(taken.table.has(column.name), "{name}.{}", column.name);
                let is_taken = column.names.is_none_or(|names| !names.is_empty());
                assert!(is_taken || column.otherwise.is_some(), "{name}.{}", column.name);
            }
        }
    }
    let new: Vec<&str> = MODULES
        .iter()
        .flat_map(|module| module.tables)
        .map(|table| table.name)
        .filter(|name| !tables.contains(name))
        .collect();
    assert_eq!(new, ["user_has_roles", "token_families", "ticket_series"]);
}

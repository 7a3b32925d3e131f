//! One order out of all modules' migrations; duplicates, unknown dependencies and circles are refused.

use std::collections::{HashMap, HashSet};

use super::Migration;
use crate::error::{Error, Result};

/// Orders the migrations: each module's own in their order, dependencies first.
pub fn order(lists: &[&'static [Migration]]) -> Result<Vec<&'static Migration>> {
    let all: Vec<&'static Migration> = lists.iter().flat_map(|list| list.iter()).collect();
    let mut previous: HashMap<&str, &'static Migration> = HashMap::new();
    let mut needs: HashMap<(&str, &str), Vec<(&str, &str)>> = HashMap::new();
    for migration in &all {
        let key = (migration.module, migration.name);
        let mut before: Vec<(&str, &str)> = migration.depends.to_vec();
        if let Some(earlier) = previous.insert(migration.module, migration) {
            before.push((earlier.module, earlier.name));
        }
        if needs.insert(key, before).is_some() {
            return Err(Error::Failed(format!("migration {}.{} is listed twice", key.0, key.1)));
        }
    }
    for (key, before) in &needs {
        if let Some(unknown) = before.iter().find(|dependency| !needs.contains_key(*dependency)) {
            return Err(Error::Failed(format!(
                "migration {}.{} depends on {}.{}, which does not exist",
                key.0, key.1, unknown.0, unknown.1
            )));
        }
    }
    let mut done: HashSet<(&str, &str)> = HashSet::new();
    let mut ordered = Vec::with_capacity(all.len());
    while ordered.len() < all.len() {
        let ready = all.iter().find(|migration| {
            let key = (migration.module, migration.name);
            !done.contains(&key)
                && needs.get(&key).is_some_and(|before| before.iter().all(|d| done.contains(d)))
        });
        let Some(migration) = ready else {
            let stuck: Vec<String> = all
                .iter()
                .filter(|migration| !done.contains(&(migration.module, migration.name)))
                .map(|migration| format!("{}.{}", migration.module, migration.name))
                .collect();
            return Err(Error::Failed(format!(
                "migrations wait for each other: {}",
                stuck.join(", ")
            )));
        };
        done.insert((migration.module, migration.name));
        ordered.push(*migration);
    }
    Ok(ordered)
}

/// What of `ordered` is needed for a module's schema, up to the migration `name` (whole, or its beginning) or
/// to its newest; in order.
pub fn target(
    ordered: &[&'static Migration],
    module: &str,
    name: Option<&str>,
) -> Result<Vec<&'static Migration>> {
    let last = match name {
        Some(name) => Some(find(ordered, module, name)?),
        None => ordered.iter().copied().rfind(|migration| migration.module == module),
    };
    let mut needed: HashSet<(&str, &str)> =
        last.iter().map(|last| (last.module, last.name)).collect();
    // Each stands behind what it needs: one walk from the end finds everything.
    for (position, migration) in ordered.iter().enumerate().rev() {
        if needed.contains(&(migration.module, migration.name)) {
            needed.extend(migration.depends);
            let before = ordered.iter().take(position).rfind(|m| m.module == migration.module);
            needed.extend(before.map(|before| (before.module, before.name)));
        }
    }
    Ok(ordered
        .iter()
        .copied()
        .filter(|migration| needed.contains(&(migration.module, migration.name)))
        .collect())
}

/// The one migration of a module with that name or beginning.
pub fn find(
    ordered: &[&'static Migration],
    module: &str,
    name: &str,
) -> Result<&'static Migration> {
    let own = ordered.iter().copied().filter(|migration| migration.module == module);
    let found: Vec<_> = own.filter(|migration| migration.name.starts_with(name)).collect();
    let exact = found.iter().find(|migration| migration.name == name);
    match (exact, found.as_slice()) {
        (Some(one), _) | (None, [one]) => Ok(one),
        (None, []) => Err(Error::Failed(format!(
            "cannot find a migration matching '{name}' from module '{module}'; `manage showmigrations {module}` \
             lists them"
        ))),
        (None, several) => {
            let names: Vec<&str> = several.iter().map(|migration| migration.name).collect();
            Err(Error::Failed(format!(
                "more than one migration matches '{name}' in module '{module}': {}; be more specific",
                names.join(", ")
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn step(
        module: &'static str,
        name: &'static str,
        depends: &'static [(&'static str, &'static str)],
    ) -> Migration {
        Migration { module, name, depends, sqlite: "", mysql: "", state: "" }
    }

    fn names(ordered: &[&Migration]) -> Vec<String> {
        ordered.iter().map(|m| format!("{}.{}", m.module, m.name)).collect()
    }

    #[test]
    fn a_circle_of_modules_is_ordered_by_its_steps() {
        static A: &[Migration] = &[step("a", "0001", &[]), step("a", "0002", &[("b", "0001")])];
        static B: &[Migration] = &[step("b", "0001", &[("a", "0001")])];
        assert_eq!(names(&order(&[A, B]).unwrap()), ["a.0001", "b.0001", "a.0002"]);
    }

    #[test]
    fn duplicates_unknown_dependencies_and_circles_are_refused() {
        static TWICE: &[Migration] = &[step("a", "0001", &[]), step("a", "0001", &[])];
        static UNKNOWN: &[Migration] = &[step("a", "0001", &[("b", "0001")])];
        static C: &[Migration] = &[step("c", "0001", &[("d", "0001")])];
        static D: &[Migration] = &[step("d", "0001", &[("c", "0001")])];
        assert!(order(&[TWICE]).unwrap_err().to_string().contains("twice"));
        assert!(order(&[UNKNOWN]).unwrap_err().to_string().contains("b.0001"));
        assert!(order(&[C, D]).unwrap_err().to_string().contains("wait for each other"));
    }

    #[test]
    fn a_module_alone_brings_what_it_depends_on() {
        static A: &[Migration] = &[step("a", "0001", &[]), step("a", "0002", &[("b", "0001")])];
        static B: &[Migration] = &[step("b", "0001", &[("a", "0001")]), step("b", "0002", &[])];
        static C: &[Migration] = &[step("c", "0001_first", &[]), step("c", "0001_other", &[])];
        let ordered = order(&[A, B, C]).unwrap();
        let of = |module, name| names(&target(&ordered, module, name).unwrap());
        assert_eq!(of("a", None), ["a.0001", "b.0001", "a.0002"]);
        assert_eq!(of("a", Some("0001")), ["a.0001"]);
        assert_eq!(of("b", Some("0001")), ["a.0001", "b.0001"]);
        assert_eq!(of("c", Some("0001_o")), ["c.0001_first", "c.0001_other"]);
        let refused = |name| target(&ordered, "c", Some(name)).unwrap_err().to_string();
        assert!(refused("0001").contains("0001_first, 0001_other"), "{}", refused("0001"));
        assert!(refused("0009").contains("cannot find"), "{}", refused("0009"));
    }
}

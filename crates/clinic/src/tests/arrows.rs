//! The arrows between rooms and modules (docs/ARCHITECTURE.md): reads `use` lines and SQL texts, and fails on a
//! forbidden one, naming its number.

use std::fs;
use std::path::{Path, PathBuf};

use crate::MODULES;

fn sources(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    let mut waiting: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

fn is_test(name: &str) -> bool {
    name.contains("tests")
}

/// Lines of code, without comments and without the test module at a file's end.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text.get(..end).unwrap_or(text).lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn n2_platform_names_no_business_word() {
    let words =
        ["patient", "appointment", "therap", "ticket", "diagnos", "paciente", "cita ", "clinical"];
    for (name, text) in sources("../platform/src") {
        for line in code(&text) {
            // Patience is no business word.
            let lower = line.to_lowercase().replace("patiently", "");
            for word in words {
                assert!(
                    !lower.contains(word),
                    "N2: crates/platform/src/{name} names \"{word}\": {line}"
                );
            }
        }
    }
}

#[test]
fn n3_and_n4_modules_use_earlier_ones_by_what_their_mod_offers() {
    let order: Vec<&str> = MODULES.iter().map(|module| module.name).collect();
    for (name, text) in sources("src") {
        let Some(position) =
            order.iter().position(|module| name.starts_with(&format!("{module}/")))
        else {
            continue;
        };
        if is_test(&name) {
            continue;
        }
        for line in code(&text) {
            for (other_position, other) in order.iter().enumerate() {
                let Some(start) = line.find(&format!("crate::{other}::")) else { continue };
                if other_position == position {
                    continue;
                }
                assert!(
                    other_position < position,
                    "N4: {name} uses the later module {other}: {line}"
                );
                let rest = &line[start + "crate::".len() + other.len() + "::".len()..];
                // A table's description may be named by others; what is done with it may not.
                for room in ["queries", "service", "http", "rules", "admin", "jobs"] {
                    assert!(
                        !rest.starts_with(&format!("{room}::")),
                        "N3: {name} reaches into {other}: {line}"
                    );
                }
            }
        }
    }
}

#[test]
fn n5_sql_stands_in_queries_only() {
    let verbs = ["\"SELECT ", "\"INSERT INTO ", "\"UPDATE ", "\"DELETE FROM "];
    for (name, text) in sources("src") {
        if is_test(&name) || name.contains("/queries/") || name.contains("/migrations/") {
            continue;
        }
        for line in code(&text) {
            assert!(!verbs.iter().any(|verb| line.contains(verb)), "N5: SQL in {name}: {line}");
        }
    }
}

#[test]
fn n8_n9_n11_inner_rooms_know_nothing_of_the_outer_ones() {
    for (name, text) in sources("src") {
        if is_test(&name) {
            continue;
        }
        let forbidden: &[&str] = if name.ends_with("/rules.rs") {
            &[
                "axum",
                "platform::http",
                "platform::db::",
                "platform::app",
                "platform::config",
                "async ",
                "Clock",
                "queries::",
                "service::",
            ]
        } else if name.contains("/queries/") {
            &[
                "axum",
                "platform::http",
                "::rules::",
                "::service::",
                "super::service",
                "super::rules",
            ]
        } else if name.contains("/service/") {
            &["axum::", "platform::http", "StatusCode"]
        } else if name.ends_with("/model.rs") {
            &["axum", "platform::http", "platform::app", "queries", "service"]
        } else {
            &[]
        };
        for line in code(&text) {
            for word in forbidden {
                assert!(!line.contains(word), "{name} must not know \"{word}\": {line}");
            }
        }
    }
}

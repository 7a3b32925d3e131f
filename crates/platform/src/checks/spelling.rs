//! Names of variables that nobody reads: misspelt ones, and those of `.env` that look like ours.

use std::collections::BTreeSet;

use super::{Check, Found, Level, Look, Subject, Tag};
use crate::config::{SECTIONS, Setting};

pub(super) const CHECKS: &[Check] = &[
    Check::new("config.W001", Level::Warning, &[Tag::Compatibility], Look::Subject(misspelt)),
    Check::new("config.W002", Level::Warning, &[Tag::Compatibility], Look::Subject(unknown)),
];

fn known() -> impl Iterator<Item = &'static Setting> {
    SECTIONS.iter().flat_map(|(_, settings)| settings.iter())
}

/// The setting that was meant by a name that is none.
fn meant(name: &str) -> Option<&'static str> {
    let upper = name.to_ascii_uppercase();
    if known().any(|setting| setting.name == name) {
        return None;
    }
    // Short names are near to anything.
    let allowed = match name.len() {
        0..5 => 0,
        5..9 => 1,
        _ => 2,
    };
    known()
        .map(|setting| (strsim::osa_distance(&upper, setting.name), setting.name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, name)| name)
}

fn misspelt(subject: &Subject<'_>) -> Vec<Found> {
    let names = subject.source().names();
    names
        .filter_map(|name| meant(name).map(|meant| (name, meant)))
        .map(|(name, meant)| {
            Found::new("Nobody reads this variable.")
                .hint(format!("Did you mean {meant}?"))
                .about(name)
        })
        .collect()
}

/// Words that our settings begin with.
fn beginnings() -> BTreeSet<&'static str> {
    known().filter_map(|setting| setting.name.split_once('_')).map(|(first, _)| first).collect()
}

fn unknown(subject: &Subject<'_>) -> Vec<Found> {
    let beginnings = beginnings();
    let is_ours = |name: &str| {
        name.split_once('_').is_some_and(|(first, _)| beginnings.contains(first))
            && !known().any(|setting| setting.name == name)
    };
    let lines = subject.source().in_file();
    lines
        .filter(|line| is_ours(line.name) && meant(line.name).is_none())
        .map(|line| {
            Found::new("It stands in .env, but this program has no such setting.")
                .hint("docs/CONFIG.md and `manage configreference` list them all.")
                .about(line.name)
        })
        .collect()
}

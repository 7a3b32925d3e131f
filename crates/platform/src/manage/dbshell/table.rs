//! Rows drawn as a table.

use crate::db::Raw;
use crate::types::time;

/// Draws rows below their columns' names.
pub(super) fn draw(names: &[String], rows: &[Vec<String>]) -> Vec<String> {
    let mut widths: Vec<usize> = names.iter().map(|name| name.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: &[String]| {
        let cells: Vec<String> =
            cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let rule = format!("+-{}-+", rule.join("-+-"));
    let mut lines = vec![rule.clone(), line(names), rule.clone()];
    lines.extend(rows.iter().map(|row| line(row)));
    lines.push(rule);
    lines
}

/// A value on one line; control signs cannot reach the terminal.
pub(super) fn cell(raw: Raw<'_>) -> String {
    let text = match raw {
        Raw::Null => return "NULL".to_owned(),
        Raw::Int(number, _) => number.to_string(),
        Raw::Real(number) => number.to_string(),
        Raw::Text(text) => text.to_owned(),
        Raw::Bytes(bytes) => format!("<{} bytes>", bytes.len()),
        Raw::Moment(moment) => time::stored_moment(moment.and_utc()),
        Raw::Time(value) => time::stored_time(value),
    };
    clean(&text)
}

/// The text with what would move the cursor written out.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] })
        .collect()
}

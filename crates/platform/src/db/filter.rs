//! Optional WHERE parts and an ORDER from an allow-list, for lists whose conditions are known only at run time.

use super::{Value, search};
use crate::types::fold;

/// Conditions joined by AND, with their parameters.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    parts: Vec<String>,
    values: Vec<Value>,
}

impl Filter {
    /// No condition.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a condition without parameters.
    #[must_use]
    pub fn and(mut self, condition: &str) -> Self {
        self.parts.push(condition.to_owned());
        self
    }

    /// Adds a condition with its parameters.
    #[must_use]
    pub fn and_with(mut self, condition: &str, values: &[Value]) -> Self {
        self.parts.push(condition.to_owned());
        self.values.extend_from_slice(values);
        self
    }

    /// Adds `column = ?` if there is a value.
    #[must_use]
    pub fn equal(self, column: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.and_with(&format!("{column} = ?"), &[value.into()]),
            None => self,
        }
    }

    /// Adds a word search on `table` (whose id is `id`), if a term was typed. A term without a word finds
    /// nothing.
    #[must_use]
    pub fn search(self, table: &str, id: &str, term: Option<&str>) -> Self {
        let Some(term) = term.map(str::trim).filter(|term| !term.is_empty()) else { return self };
        match search::condition(table, id, term) {
            Some((condition, values)) => self.and_with(&condition, &values),
            None => self.and("1 = 0"),
        }
    }

    /// Adds "one of these folded columns contains the text", for small tables.
    #[must_use]
    pub fn contains(self, folded_columns: &[&str], text: Option<&str>) -> Self {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return self };
        let (condition, values) = contains(folded_columns, text);
        self.and_with(&condition, &values)
    }

    /// Adds the conditions of another filter.
    #[must_use]
    pub fn also(mut self, other: &Self) -> Self {
        self.parts.extend_from_slice(&other.parts);
        self.values.extend_from_slice(&other.values);
        self
    }

    /// ` WHERE …`, or nothing.
    #[must_use]
    pub fn sql(&self) -> String {
        if self.parts.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", self.parts.join(" AND "))
        }
    }

    /// The parameters, in order.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// Whether there is no condition.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

/// `(a LIKE ? OR b LIKE ?)` for a text taken literally, and its parameters.
#[must_use]
pub fn contains(folded_columns: &[&str], text: &str) -> (String, Vec<Value>) {
    let pattern = format!("%{}%", like_literal(&fold(text)));
    let parts: Vec<String> =
        folded_columns.iter().map(|column| format!("{column} LIKE ? ESCAPE '!'")).collect();
    let values = vec![Value::from(pattern); folded_columns.len()];
    (format!("({})", parts.join(" OR ")), values)
}

/// Escapes what LIKE would take for a wildcard; `!` is the escape sign on both engines.
fn like_literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '!' | '%' | '_') {
            literal.push('!');
        }
        literal.push(c);
    }
    literal
}

/// An order a client may ask for: its name and the column behind it.
pub type Orderable = (&'static str, &'static str);

/// ` ORDER BY …` from `-name,other`: unknown names are left out; the id decides among equals.
#[must_use]
pub fn order_by(asked: Option<&str>, allowed: &[Orderable], default: &str, id: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for name in asked.unwrap_or("").split(',').map(str::trim) {
        let (bare, direction) = name.strip_prefix('-').map_or((name, "ASC"), |bare| (bare, "DESC"));
        if let Some((_, column)) = allowed.iter().find(|(known, _)| *known == bare) {
            parts.push(format!("{column} {direction}"));
        }
    }
    if parts.is_empty() {
        return format!(" ORDER BY {default}");
    }
    if !parts.iter().any(|part| part.starts_with(&format!("{id} "))) {
        parts.push(format!("{id} ASC"));
    }
    format!(" ORDER BY {}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_are_literals() {
        assert_eq!(like_literal("50%_a!"), "50!%!_a!!");
    }

    #[test]
    fn order_knows_only_what_is_allowed() {
        let allowed = [("name", "t.name_fold"), ("id", "t.id")];
        assert_eq!(order_by(None, &allowed, "t.id DESC", "t.id"), " ORDER BY t.id DESC");
        assert_eq!(
            order_by(Some("-name;DROP"), &allowed, "t.id DESC", "t.id"),
            " ORDER BY t.id DESC"
        );
        assert_eq!(
            order_by(Some("-name"), &allowed, "t.id", "t.id"),
            " ORDER BY t.name_fold DESC, t.id ASC"
        );
        assert_eq!(order_by(Some("-id"), &allowed, "t.id", "t.id"), " ORDER BY t.id DESC");
    }
}

//! Texts put together from others.

/// The parts with a blank between them; those that are missing or empty leave no gap.
#[must_use]
pub fn joined<const PARTS: usize>(parts: [Option<&str>; PARTS]) -> String {
    let mut text = String::with_capacity(parts.iter().flatten().map(|part| part.len() + 1).sum());
    for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_and_empty_parts_leave_no_gap() {
        assert_eq!(joined([Some("Ana"), None, Some(""), Some("Quispe")]), "Ana Quispe");
        assert_eq!(joined([None, Some("")]), "");
    }
}

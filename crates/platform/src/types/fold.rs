//! The one comparison form of text: case, accents and extra blanks do not matter.
//!
//! Stored beside the text in a `…_fold` column, so that equality, uniqueness, search and order give the
//! same answer on every engine, whatever its collations think of `ñ`, `Á` or an emoji.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds `text` for comparison: lower case, no diacritics, inner blanks collapsed, trimmed.
///
/// Never longer (in characters) than the input, so a column of the same length holds it.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut pending_blank = false;
    let mut push = |c: char| {
        if c.is_whitespace() {
            pending_blank = true;
            return;
        }
        if pending_blank && !folded.is_empty() {
            folded.push(' ');
        }
        pending_blank = false;
        folded.push(c);
    };
    if text.is_ascii() {
        text.chars().for_each(|c| push(c.to_ascii_lowercase()));
    } else {
        text.chars()
            .flat_map(char::to_lowercase)
            .nfd()
            .filter(|c| !is_combining_mark(*c))
            .nfc()
            .for_each(push);
    }
    folded
}

/// The words of a folded text: maximal runs of letters and digits, in order.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_accents_and_blanks_do_not_matter() {
        assert_eq!(fold("  José   PÉREZ "), "jose perez");
        assert_eq!(fold("Ñañez"), fold("nanez"));
        assert_eq!(fold("İstanbul"), "istanbul");
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(words("o'higgins 12-b").collect::<Vec<_>>(), ["o", "higgins", "12", "b"]);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_and_never_grows(text in ".{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert!(once.chars().count() <= text.chars().count());
        }
    }
}

//! What numbers of a kind of document look like.

use platform::types::fold;

/// Why a document number cannot be of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadDocument {
    /// It needs digits only, this many (least, most).
    Digits(usize, usize),
    /// It needs letters and digits only, this many (least, most).
    Alphanumeric(usize, usize),
    /// The check digit does not fit.
    CheckDigit,
}

/// Checks a document number against its kind's name. Kinds nobody knows have no rule.
///
/// DNI: 8 digits, or 9 with its check digit; CE (foreigner's card): 9 to 12; RUC: 11 digits with SUNAT's check digit; PTP:
/// 9 digits; passport and refugee card: 6 to 12 letters or digits.
#[must_use]
pub fn check_document(kind: &str, number: &str) -> Option<BadDocument> {
    let kind = fold(kind);
    let has = |words: &str| kind.contains(words);
    let length = number.chars().count();
    let digits = |least, most| {
        let good = number.bytes().all(|b| b.is_ascii_digit()) && (least..=most).contains(&length);
        (!good).then_some(BadDocument::Digits(least, most))
    };
    let alphanumeric = |least, most| {
        let good =
            number.bytes().all(|b| b.is_ascii_alphanumeric()) && (least..=most).contains(&length);
        (!good).then_some(BadDocument::Alphanumeric(least, most))
    };
    match kind.as_str() {
        "dni" => digits(8, 9),
        "ce" => digits(9, 12),
        "ptp" => digits(9, 9),
        "ruc" => digits(11, 11).or_else(|| (!is_ruc(number)).then_some(BadDocument::CheckDigit)),
        "pas" => alphanumeric(6, 12),
        "cr" => alphanumeric(1, 20),
        _ if has("carne de extranjeria") => digits(9, 12),
        _ if has("carne de refugiado") => alphanumeric(1, 20),
        _ if has("pasaporte") => alphanumeric(6, 12),
        _ => None,
    }
}

/// SUNAT's check digit: weights 5 4 3 2 7 6 5 4 3 2, eleven minus the remainder by eleven, 10 → 0 and 11 → 1.
fn is_ruc(number: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    let Some((check, body)) = digits.split_last() else { return false };
    let sum: u32 =
        body.iter().zip([5, 4, 3, 2, 7, 6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
    let expected = match 11 - sum % 11 {
        10 => 0,
        11 => 1,
        other => other,
    };
    *check == expected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_by_kind() {
        for (kind, number, expected) in [
            ("DNI", "12345678", None),
            ("dni", "1234567", Some(BadDocument::Digits(8, 9))),
            ("DNI", "1234567a", Some(BadDocument::Digits(8, 9))),
            ("CE", "001234567", None),
            ("Carné de Extranjería", "123", Some(BadDocument::Digits(9, 12))),
            // SUNAT's own number.
            ("RUC", "20131312955", None),
            ("RUC", "20131312954", Some(BadDocument::CheckDigit)),
            ("Pasaporte", "AB123456", None),
            ("Pasaporte", "AB 123", Some(BadDocument::Alphanumeric(6, 12))),
            ("PTP", "123456789", None),
            ("Otro", "¿?", None),
        ] {
            assert_eq!(check_document(kind, number), expected, "{kind} {number}");
        }
    }
}

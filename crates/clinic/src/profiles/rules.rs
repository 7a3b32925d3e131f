//! What may stand in a profile, and when it is complete.

use platform::error::FieldError;
use platform::i18n::Text;

/// Where a profile is complete, percent.
const COMPLETE: f64 = 80.0;

/// How far a profile is filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// Percent.
    pub percentage: f64,
    /// Whether that is enough.
    pub is_complete: bool,
    /// What is missing.
    pub missing: Vec<&'static str>,
}

/// Name, e-mail and phone count a third each; a photo is told of but not counted (contract, 4.11).
#[must_use]
pub fn completion(name: &str, email: &str, phone: Option<&str>, photo: Option<&str>) -> Completion {
    let phone = phone.unwrap_or_default();
    let counted = [("name", name), ("email", email), ("phone", phone)];
    let is_empty = |value: &str| value.trim().is_empty();
    let filled = counted.iter().filter(|(_, value)| !is_empty(value)).count();
    let percentage = match filled {
        0 => 0.0,
        1 => 1.0 / 3.0 * 100.0,
        2 => 2.0 / 3.0 * 100.0,
        _ => 100.0,
    };
    let all = counted.into_iter().chain([("photo_url", photo.unwrap_or_default())]);
    let missing = all.filter(|(_, value)| is_empty(value)).map(|(name, _)| name).collect();
    Completion { percentage, is_complete: percentage >= COMPLETE, missing }
}

/// The complaint about a photo's address: browsers run some of the others.
#[must_use]
pub fn photo_complaint(url: &str) -> Option<FieldError> {
    let lower = url.to_ascii_lowercase();
    let is_web = lower.starts_with("https://") || lower.starts_with("http://");
    let is_own = url.starts_with('/') && !url.starts_with("//");
    let is_plain =
        !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>\\".contains(c));
    if (is_web || is_own) && is_plain {
        return None;
    }
    let message = Text::key("profiles.photo_url");
    Some(FieldError { field: "photo_url".into(), code: "invalid", message })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_told_of_but_not_counted() {
        let whole = completion("Ana", "a@b.pe", Some("987654321"), None);
        assert_eq!((whole.percentage, whole.is_complete), (100.0, true));
        assert_eq!(whole.missing, ["photo_url"]);
        let part = completion("Ana", "a@b.pe", None, Some("/x.png"));
        assert_eq!((part.percentage, part.is_complete), (66.666_666_666_666_66, false));
        assert_eq!(part.missing, ["phone"]);
    }

    #[test]
    fn only_addresses_of_pictures_are_photos() {
        for good in ["https://x.pe/a.png", "/media/users/photos/a.webp"] {
            assert!(photo_complaint(good).is_none(), "{good}");
        }
        for bad in
            ["javascript:alert(1)", "//x.pe/a.png", "data:text/html,x", "a.png", "/a\" onload=x"]
        {
            assert!(photo_complaint(bad).is_some(), "{bad}");
        }
    }
}

//! What people are called, what hurts, what is said about it.

/// The word lists, one entry a line.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) female: Vec<&'static str>,
    pub(super) male: Vec<&'static str>,
    pub(super) surnames: Vec<&'static str>,
    pub(super) streets: Vec<&'static str>,
    pub(super) occupations: Vec<&'static str>,
    pub(super) references: Vec<&'static str>,
    pub(super) ailments: Vec<&'static str>,
    pub(super) diagnoses: Vec<&'static str>,
    pub(super) treatments: Vec<&'static str>,
    pub(super) observations: Vec<&'static str>,
}

impl Words {
    pub(super) fn load() -> Self {
        Self {
            female: lines(include_str!("../../fixtures/demo/female_names.txt")),
            male: lines(include_str!("../../fixtures/demo/male_names.txt")),
            surnames: lines(include_str!("../../fixtures/demo/surnames.txt")),
            streets: lines(include_str!("../../fixtures/demo/streets.txt")),
            occupations: lines(include_str!("../../fixtures/demo/occupations.txt")),
            references: lines(include_str!("../../fixtures/demo/references.txt")),
            ailments: lines(include_str!("../../fixtures/demo/ailments.txt")),
            diagnoses: lines(include_str!("../../fixtures/demo/diagnoses.txt"))
                .into_iter()
                .map(|line| line.split_once(';').map_or(line, |(_code, name)| name))
                .collect(),
            treatments: lines(include_str!("../../fixtures/demo/treatments.txt")),
            observations: lines(include_str!("../../fixtures/demo/observations.txt")),
        }
    }
}

fn lines(text: &'static str) -> Vec<&'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// Whether an occupation may be a man's or a woman's, going by its ending: `Abogada`, `Carpintero`, `Taxista`.
pub(super) fn suits(occupation: &str, is_woman: bool) -> bool {
    let first = occupation.split(' ').next().unwrap_or_default();
    let is_female = occupation == "Ama de casa"
        || first.ends_with('a')
            && !first.ends_with("ista")
            && first != "Guía"
            && first != "Policía";
    let is_male = first.ends_with('o') || first.ends_with("or");
    if is_woman { !is_male } else { !is_female }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occupations_suit_whom_they_name() {
        assert!(suits("Abogada", true) && !suits("Abogada", false));
        assert!(suits("Pintor", false) && !suits("Pintor", true));
        assert!(suits("Periodista", true) && suits("Periodista", false));
    }

    #[test]
    fn no_list_is_empty() {
        let words = Words::load();
        for list in
            [&words.female, &words.male, &words.surnames, &words.streets, &words.occupations]
        {
            assert!(!list.is_empty());
        }
        for list in [
            &words.references,
            &words.ailments,
            &words.diagnoses,
            &words.treatments,
            &words.observations,
        ] {
            assert!(!list.is_empty());
        }
        assert!(words.diagnoses.iter().all(|name| !name.contains(';')));
    }
}

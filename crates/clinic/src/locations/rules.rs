//! Do region, province and district belong together?

use platform::i18n::Text;

/// What the geography says of the places given.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    /// The region given.
    pub region: Option<i64>,
    /// The province given.
    pub province: Option<i64>,
    /// The region that the province belongs to.
    pub region_of_province: Option<i64>,
    /// The province that the district belongs to.
    pub province_of_district: Option<i64>,
}

/// Which of the two joints is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// The province is not in the region.
    Province,
    /// The district is not in the province.
    District,
}

impl Mismatch {
    /// The field to blame, and the sentence.
    #[must_use]
    pub fn complaint(self) -> (&'static str, Text) {
        match self {
            Self::Province => ("province", Text::key("locations.province_mismatch")),
            Self::District => ("district", Text::key("locations.district_mismatch")),
        }
    }
}

/// The province must lie in the region, the district in the province; what is not given breaks nothing.
#[must_use]
pub fn mismatch(place: &Place) -> Option<Mismatch> {
    let differs = |given: Option<i64>, actual: Option<i64>| matches!((given, actual), (Some(given), Some(actual)) if given != actual);
    if differs(place.region, place.region_of_province) {
        Some(Mismatch::Province)
    } else if differs(place.province, place.province_of_district) {
        Some(Mismatch::District)
    } else {
        None
    }
}

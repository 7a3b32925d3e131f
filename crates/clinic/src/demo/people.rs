//! Therapists, patients and their histories.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use platform::db::Changes;
use platform::types::fold;
use platform::types::time::{Moment, midnight};
use rust_decimal::Decimal;

use super::random::Random;
use super::words::{Words, suits};
use crate::locations::DistrictPlace;

/// Districts by how many patients live there.
#[derive(Debug, Default)]
pub(super) struct Places {
    near: Vec<DistrictPlace>,
    all: Vec<DistrictPlace>,
}

impl Places {
    pub(super) fn new(all: Vec<DistrictPlace>) -> Self {
        // Provinces of Lima and Callao.
        let is_near = |place: &&DistrictPlace| {
            place
                .ubigeo
                .as_deref()
                .is_some_and(|code| code.starts_with("1501") || code.starts_with("0701"))
        };
        Self { near: all.iter().filter(is_near).cloned().collect(), all }
    }

    fn pick(&self, random: &mut Random, near: u64) -> Option<&DistrictPlace> {
        let is_near = random.percent(near) && !self.near.is_empty();
        random.pick(if is_near { &self.near } else { &self.all })
    }
}

/// Makes people up.
#[derive(Debug)]
pub(super) struct People<'a> {
    pub(super) words: &'a Words,
    pub(super) places: &'a Places,
    /// Kind of document of all of them: DNI.
    pub(super) dni: i64,
    /// Numbers that are somebody's.
    pub(super) taken: HashSet<u32>,
    pub(super) today: NaiveDate,
}

/// A name.
struct Named {
    is_woman: bool,
    given: String,
    paternal: &'static str,
    maternal: &'static str,
}

impl People<'_> {
    fn name(&self, random: &mut Random, women: u64) -> Named {
        let is_woman = random.percent(women);
        let list = if is_woman { &self.words.female } else { &self.words.male };
        let mut given = pick_common(random, list).to_owned();
        let second = pick_common(random, list);
        if random.percent(55) && !given.contains(second) && !second.contains(&given) {
            given = format!("{given} {second}");
        }
        let paternal = pick_common(random, &self.words.surnames);
        Named { is_woman, given, paternal, maternal: pick_common(random, &self.words.surnames) }
    }

    fn document(&mut self, random: &mut Random) -> String {
        loop {
            // Those of adults today begin with 0 to 4, those of children with 6 to 9.
            let number = u32::try_from(random.between(1_000_000, 79_999_999)).unwrap_or(0);
            if self.taken.insert(number) {
                return format!("{number:08}");
            }
        }
    }

    fn birth(&self, random: &mut Random, age: i64) -> NaiveDate {
        // Up to eleven months after the birthday, so that the age is completed.
        let days = u64::try_from(age * 1_461 / 4 + random.between(1, 330)).unwrap_or(0);
        self.today.checked_sub_days(Days::new(days)).unwrap_or(self.today)
    }

    fn address(&self, random: &mut Random) -> String {
        let street = pick(random, &self.words.streets);
        format!("{street} {}", random.between(100, 1_999))
    }

    fn occupation(&self, random: &mut Random, is_woman: bool) -> &'static str {
        (0..8)
            .map(|_| pick(random, &self.words.occupations))
            .find(|occupation| suits(occupation, is_woman))
            .unwrap_or("Comerciante")
    }

    pub(super) fn therapist(
        &mut self,
        random: &mut Random,
        since: Moment,
        user: Option<i64>,
    ) -> Changes {
        let name = self.name(random, 65);
        let age = random.between(23, 62);
        let place = self.places.pick(random, 95);
        let specialty =
            if name.is_woman { "Terapeuta reflexóloga" } else { "Terapeuta reflexólogo" };
        Changes::new()
            .with("document_type_id", self.dni)
            .with("document_number", self.document(random))
            .with("email", email(random, &name))
            .with("first_name", name.given)
            .with("last_name_paternal", name.paternal)
            .with("last_name_maternal", name.maternal)
            .with("birth_date", midnight(self.birth(random, age)))
            .with("gender", sex(name.is_woman))
            .with("is_active", true)
            .with("phone", phone(random))
            .with("region_id", place.map(|place| place.region))
            .with("province_id", place.map(|place| place.province))
            .with("district_id", place.map(|place| place.district))
            .with("address", self.address(random))
            .with("license_number", format!("CTR-{:05}", random.below(100_000)))
            .with("ocupation", specialty)
            .with("user_id", user)
            .with("created_at", since)
            .with("updated_at", since)
    }

    pub(super) fn patient(&mut self, random: &mut Random, since: Moment) -> Changes {
        let name = self.name(random, 62);
        let age = if random.percent(12) { random.between(3, 17) } else { age_of_adult(random) };
        let place = self.places.pick(random, 82);
        let occupation = match age {
            ..=17 => "Estudiante",
            70.. if name.is_woman => "Jubilada",
            70.. => "Jubilado",
            _ => self.occupation(random, name.is_woman),
        };
        let second_phone = phone(random);
        let has_second = random.percent(15);
        let address = email(random, &name);
        let has_address = random.percent(60);
        let ailment = pick(random, &self.words.ailments);
        Changes::new()
            .with("document_number", self.document(random))
            .with("last_name_paternal", name.paternal)
            .with("last_name_maternal", name.maternal)
            .with("name", name.given)
            .with("personal_reference", pick(random, &self.words.references))
            .with("birth_date", midnight(self.birth(random, age)))
            .with("gender", sex(name.is_woman))
            .with("phone1", phone(random))
            .with("phone2", Some(second_phone).filter(|_| has_second))
            .with("email", Some(address).filter(|_| has_address))
            .with("ocupation", occupation)
            .with("health_condition", Some(ailment).filter(|_| random.percent(40)))
            .with("address", self.address(random))
            .with("region_id", place.map(|place| place.region))
            .with("province_id", place.map(|place| place.province))
            .with("district_id", place.map(|place| place.district))
            .with("document_type_id", self.dni)
            .with("document_type_key", self.dni)
            .with("created_at", since)
            .with("updated_at", since)
    }

    /// The history of a patient; `None` for the few who have none yet.
    pub(super) fn history(
        &self,
        random: &mut Random,
        patient: i64,
        since: Moment,
    ) -> Option<Changes> {
        let height = random.between(145, 185);
        let weight = random.between(480, 980);
        let last = weight + random.between(-40, 40);
        let row = Changes::new()
            .with("patient_id", patient)
            .with("testimony", random.percent(8))
            .with("observation", pick(random, &self.words.observations))
            .with("height", decimal(height, 2))
            .with("weight", decimal(weight, 1))
            .with("last_weight", decimal(last, 1))
            .with("menstruation", false)
            .with("gestation", false)
            .with("created_at", since)
            .with("updated_at", since);
        random.percent(85).then_some(row)
    }
}

/// A decimal of a column with three places.
fn decimal(mantissa: i64, places: u32) -> platform::db::Value {
    platform::db::Value::Decimal(Decimal::new(mantissa, places), 3)
}

/// Most who come are in the middle of life.
fn age_of_adult(random: &mut Random) -> i64 {
    let middle = i64::midpoint(random.between(18, 90), random.between(18, 74));
    middle + if random.percent(30) { random.between(0, 8) } else { 0 }
}

fn sex(is_woman: bool) -> &'static str {
    if is_woman { "F" } else { "M" }
}

fn phone(random: &mut Random) -> String {
    format!("9{:08}", random.below(100_000_000))
}

/// An address that leads nowhere: the domain is reserved for examples.
fn email(random: &mut Random, name: &Named) -> String {
    let plain =
        |text: &str| fold(text).chars().filter(char::is_ascii_alphabetic).collect::<String>();
    let given = name.given.split(' ').next().unwrap_or_default();
    format!("{}.{}{}@example.com", plain(given), plain(name.paternal), random.between(1, 999))
}

pub(super) fn pick(random: &mut Random, from: &[&'static str]) -> &'static str {
    random.pick(from).copied().unwrap_or_default()
}

fn pick_common(random: &mut Random, from: &[&'static str]) -> &'static str {
    random.pick_common(from).copied().unwrap_or_default()
}

//! JSON of patients.

use chrono::NaiveDate;
use platform::db::{DbResult, Row};
use platform::http::Field;
use platform::types::text::joined;
use platform::types::time::{WireMoment, age};
use serde::Serialize;
use utoipa::ToSchema;

use crate::configurations::DocumentTypeView;
use crate::locations::{DistrictView, PlaceViews, ProvinceView, RegionView};

/// Fields a client may send.
pub const FIELDS: &[Field] = &[
    Field::new("document_number").required(),
    Field::new("paternal_lastname")
        .column("last_name_paternal")
        .aliases(&["last_name_paternal"])
        .required(),
    Field::new("maternal_lastname").column("last_name_maternal").aliases(&["last_name_maternal"]),
    Field::new("name").aliases(&["first_name"]).required(),
    Field::new("email").email(),
    Field::new("ocupation"),
    Field::new("health_condition"),
    Field::new("region_id").aliases(&["region"]),
    Field::new("province_id").aliases(&["province"]),
    Field::new("district_id").aliases(&["district"]),
    Field::new("document_type_id").aliases(&["document_type"]),
    Field::new("birth_date"),
    Field::new("sex").column("gender").aliases(&["gender"]),
    Field::new("phone1").aliases(&["primary_phone"]).min_length(6),
    Field::new("phone2").aliases(&["secondary_phone"]),
    Field::new("address"),
    Field::new("personal_reference"),
];

/// What a reader of patients may see, and which day it is.
#[derive(Clone, Copy, Debug)]
pub struct Eyes {
    /// Whether clinical content is shown.
    pub clinical: bool,
    /// The clinic's day.
    pub today: NaiveDate,
}

/// A patient.
#[derive(Debug, Serialize, ToSchema)]
pub struct PatientView<'r> {
    /// Id.
    pub id: i64,
    /// Document number.
    pub document_number: &'r str,
    /// Paternal surname.
    pub paternal_lastname: Option<&'r str>,
    /// Maternal surname.
    pub maternal_lastname: Option<&'r str>,
    /// Given names.
    pub name: &'r str,
    /// Name and surnames.
    pub full_name: String,
    /// Personal reference.
    pub personal_reference: Option<&'r str>,
    /// Birth date, midnight UTC.
    pub birth_date: Option<WireMoment>,
    /// Completed years.
    pub age: Option<i32>,
    /// Sex.
    pub sex: Option<&'r str>,
    /// Phone.
    pub phone1: Option<&'r str>,
    /// Other phone.
    pub phone2: Option<&'r str>,
    /// The same as `phone1`.
    pub primary_phone: Option<&'r str>,
    /// The same as `phone2`.
    pub secondary_phone: Option<&'r str>,
    /// E-mail.
    pub email: Option<&'r str>,
    /// Occupation.
    pub ocupation: Option<&'r str>,
    /// State of health; null for those who may not see clinical content.
    pub health_condition: Option<&'r str>,
    /// Address.
    pub address: Option<&'r str>,
    /// Region.
    pub region: Option<RegionView<'r>>,
    /// Province.
    pub province: Option<ProvinceView<'r>>,
    /// District.
    pub district: Option<DistrictView<'r>>,
    /// Kind of identity document.
    pub document_type: Option<DocumentTypeView<'r>>,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
    /// What the one who registers should know: the e-mail is another patient's too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

impl<'r> PatientView<'r> {
    /// Reads a row of `queries::patients`.
    pub fn read(row: &Row<'r>, eyes: Eyes) -> DbResult<Self> {
        let (id, document_number) = (row.get("id")?, row.get("document_number")?);
        let paternal_lastname: Option<&str> = row.get("last_name_paternal")?;
        let maternal_lastname: Option<&str> = row.get("last_name_maternal")?;
        let name: &str = row.get("name")?;
        let full_name = full_name(name, paternal_lastname, maternal_lastname);
        let personal_reference = row.get("personal_reference")?;
        let birth_date: Option<WireMoment> = row.get("birth_date")?;
        let sex = row.get("gender")?;
        let (phone1, phone2) = (row.get("phone1")?, row.get("phone2")?);
        let (email, ocupation) = (row.get("email")?, row.get("ocupation")?);
        let health_condition: Option<&str> = row.get("health_condition")?;
        let address = row.get("address")?;
        let (created_at, updated_at, deleted_at) =
            (row.get("created_at")?, row.get("updated_at")?, row.get("deleted_at")?);
        let document_type = DocumentTypeView::read_joined(row)?;
        let place = PlaceViews::read(row)?;
        Ok(Self {
            id,
            document_number,
            paternal_lastname,
            maternal_lastname,
            name,
            full_name,
            personal_reference,
            age: years(birth_date, eyes.today),
            birth_date,
            sex,
            primary_phone: phone1,
            secondary_phone: phone2,
            phone1,
            phone2,
            email,
            ocupation,
            health_condition: health_condition.filter(|_| eyes.clinical),
            address,
            region: place.region,
            province: place.province,
            district: place.district,
            document_type,
            created_at,
            updated_at,
            deleted_at,
            warnings: Vec::new(),
        })
    }
}

/// A patient in a bare list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PatientRow {
    /// Id.
    pub id: i64,
    /// Document number.
    pub document_number: String,
    /// Name and surnames.
    pub full_name: String,
    /// Given names.
    pub name: String,
    /// Paternal surname.
    pub paternal_lastname: Option<String>,
    /// Maternal surname.
    pub maternal_lastname: Option<String>,
    /// Completed years.
    pub age: Option<i32>,
    /// Sex.
    pub sex: Option<String>,
    /// Phone.
    pub phone1: Option<String>,
    /// Other phone.
    pub phone2: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// The region's name.
    pub region_name: Option<String>,
    /// The document type's name.
    pub document_type_name: Option<String>,
    /// When it was made.
    pub created_at: WireMoment,
}

impl PatientRow {
    /// Reads a row in short form.
    pub fn read(row: &Row<'_>, today: NaiveDate) -> DbResult<Self> {
        let (id, document_number) = (row.get("id")?, row.get("document_number")?);
        let paternal_lastname: Option<String> = row.get("last_name_paternal")?;
        let maternal_lastname: Option<String> = row.get("last_name_maternal")?;
        let name: String = row.get("name")?;
        Ok(Self {
            id,
            document_number,
            full_name: full_name(&name, paternal_lastname.as_deref(), maternal_lastname.as_deref()),
            name,
            paternal_lastname,
            maternal_lastname,
            age: years(row.get("birth_date")?, today),
            sex: row.get("gender")?,
            phone1: row.get("phone1")?,
            phone2: row.get("phone2")?,
            email: row.get("email")?,
            region_name: row.get("region_name")?,
            document_type_name: row.get("document_type_name")?,
            created_at: row.get("created_at")?,
        })
    }
}

pub(super) fn full_name(name: &str, paternal: Option<&str>, maternal: Option<&str>) -> String {
    joined([Some(name), paternal, maternal])
}

fn years(birth: Option<WireMoment>, today: NaiveDate) -> Option<i32> {
    birth.map(|birth| age(birth.0.date_naive(), today))
}

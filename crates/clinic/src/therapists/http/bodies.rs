//! JSON of therapists.

use platform::db::{DbResult, Row};
use platform::http::Field;
use platform::types::time::WireMoment;
use serde::Serialize;
use utoipa::ToSchema;

use crate::configurations::DocumentTypeView;
use crate::locations::{DistrictView, PlaceViews, ProvinceView, RegionView};

/// Fields a client may send.
pub const FIELDS: &[Field] = &[
    Field::new("document_type_id").aliases(&["document_type"]).required(),
    Field::new("document_number").required(),
    Field::new("first_name").aliases(&["name"]).required(),
    Field::new("last_name_paternal").aliases(&["paternal_lastname"]).required(),
    Field::new("last_name_maternal").aliases(&["maternal_lastname"]).required(),
    Field::new("email").required().email(),
    Field::new("region_id").aliases(&["region"]).required(),
    Field::new("province_id").aliases(&["province"]).required(),
    Field::new("district_id").aliases(&["district"]).required(),
    Field::new("birth_date"),
    Field::new("gender").aliases(&["sex"]),
    Field::new("personal_reference"),
    Field::new("phone").digits(),
    Field::new("address"),
    Field::new("profile_picture"),
    Field::new("license_number"),
    Field::new("ocupation").aliases(&["specialty"]),
    Field::new("is_active"),
];

/// A therapist.
#[derive(Debug, Serialize, ToSchema)]
pub struct TherapistView<'r> {
    /// Id.
    pub id: i64,
    /// Kind of identity document.
    pub document_type: Option<DocumentTypeView<'r>>,
    /// Document number.
    pub document_number: &'r str,
    /// Paternal surname.
    pub last_name_paternal: &'r str,
    /// Maternal surname.
    pub last_name_maternal: &'r str,
    /// Given names.
    pub first_name: &'r str,
    /// Birth date, midnight UTC.
    pub birth_date: Option<WireMoment>,
    /// Sex.
    pub gender: Option<&'r str>,
    /// Personal reference.
    pub personal_reference: Option<&'r str>,
    /// Whether the therapist works here now.
    pub is_active: bool,
    /// Phone.
    pub phone: Option<&'r str>,
    /// E-mail.
    pub email: &'r str,
    /// Region.
    pub region: Option<RegionView<'r>>,
    /// Province.
    pub province: Option<ProvinceView<'r>>,
    /// District.
    pub district: Option<DistrictView<'r>>,
    /// Address.
    pub address: Option<&'r str>,
    /// Address of a picture.
    pub profile_picture: Option<&'r str>,
    /// Licence number.
    pub license_number: Option<&'r str>,
    /// Specialty.
    pub ocupation: Option<&'r str>,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

impl<'r> TherapistView<'r> {
    /// Reads a row of `queries`.
    pub fn read(row: &Row<'r>) -> DbResult<Self> {
        // In the order of the SELECT, which makes look-ups by name cheap.
        let mut view = Self {
            id: row.get("id")?,
            document_type: None,
            document_number: row.get("document_number")?,
            last_name_paternal: row.get("last_name_paternal")?,
            last_name_maternal: row.get("last_name_maternal")?,
            first_name: row.get("first_name")?,
            birth_date: row.get("birth_date")?,
            gender: row.get("gender")?,
            personal_reference: row.get("personal_reference")?,
            is_active: row.get("is_active")?,
            phone: row.get("phone")?,
            email: row.get("email")?,
            region: None,
            province: None,
            district: None,
            address: row.get("address")?,
            profile_picture: row.get("profile_picture")?,
            license_number: row.get("license_number")?,
            ocupation: row.get("ocupation")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
            deleted_at: row.get("deleted_at")?,
        };
        view.document_type = DocumentTypeView::read_joined(row)?;
        let place = PlaceViews::read(row)?;
        (view.region, view.province, view.district) =
            (place.region, place.province, place.district);
        Ok(view)
    }
}

//! The clinic's own data.

use platform::db::{Column, Table, Unique};
use platform::id_types;

id_types! {
    /// A company.
    CompanyId,
}

/// Company name and logo.
pub static COMPANIES: Table = Table::new(
    "table_company_data",
    "CompanyData",
    &[
        Column::id(),
        Column::text("company_name", 266, "Nombre de la empresa", "Company name").folded(),
        Column::text("company_logo", 100, "Logotipo", "Logo").null(),
        Column::created_at(),
        Column::updated_at(),
    ],
)
.label(["Datos de la Empresa", "Datos de las Empresas"], ["Company data", "Company data"])
.uniques(&[Unique::new("uq_company_name", &["company_name_fold"], "company_name")]);

//! Routes below `/api/company`.

mod bodies;
mod companies;
mod logos;

use platform::http::{Access, BodyDoc, MessageView, Route, Shape};

use super::model::COMPANIES;
use bodies::{CompanyView, DeletedView, FIELDS};

/// Whose house it is may be seen by whoever is in it.
const VIEW: Access = Access::Authenticated;
const MANAGE: Access = Access::Permission("configurations.manage");

const BODY: BodyDoc = BodyDoc::Files(&COMPANIES, FIELDS, &["company_logo"]);
const LOGO: BodyDoc = BodyDoc::Files(&COMPANIES, &[], &logos::NAMES);

/// The route table.
pub fn routes() -> Vec<Route> {
    let mut routes = company_routes();
    routes.extend(logo_routes());
    routes
}

fn company_routes() -> Vec<Route> {
    use companies as handle;
    vec![
        Route::get("/", VIEW, handle::root).summary("What this module offers"),
        Route::get("/company/", VIEW, handle::list)
            .summary("Company data by name")
            .query(&[("ordering", "id, company_name, created_at, updated_at; - for descending")])
            .answers::<CompanyView>(200, Shape::KeyedList("data")),
        Route::post("/company/", MANAGE, handle::create)
            .summary("Add company data; in multipart with the logo as the file company_logo")
            .body(BODY)
            .answers::<CompanyView>(201, Shape::One),
        Route::post("/company/store/", MANAGE, handle::store)
            .summary("Add company data, or change those of the id in the body")
            .body(BODY)
            .answers::<CompanyView>(200, Shape::One),
        Route::get("/company/{id}/", VIEW, handle::show)
            .summary("Company data")
            .answers::<CompanyView>(200, Shape::One),
        Route::get("/company/{id}/show/", VIEW, handle::show_wrapped)
            .summary("Company data under a key")
            .answers::<CompanyView>(200, Shape::Keyed("data")),
        Route::put("/company/{id}/", MANAGE, handle::change)
            .summary(
                "Change company data; a logo that is no picture leaves the old one, with a warning",
            )
            .body(BODY)
            .answers::<CompanyView>(200, Shape::One),
        Route::patch("/company/{id}/", MANAGE, handle::change)
            .summary(
                "Change company data; a logo that is no picture leaves the old one, with a warning",
            )
            .body(BODY)
            .answers::<CompanyView>(200, Shape::One),
        Route::delete("/company/{id}/", MANAGE, handle::destroy)
            .summary("Delete company data with their logo for good")
            .answers::<DeletedView>(200, Shape::One),
    ]
}

fn logo_routes() -> Vec<Route> {
    use logos as handle;
    vec![
        Route::post("/company/{id}/upload_logo/", MANAGE, handle::add)
            .summary("Give a company its first logo: JPG, PNG or WebP, at most 2 MB, as the file company_logo or logo")
            .body(LOGO)
            .answers::<MessageView>(200, Shape::One),
        Route::put("/company/{id}/upload_logo/", MANAGE, handle::replace)
            .summary("Replace a company's logo")
            .body(LOGO)
            .answers::<MessageView>(200, Shape::One),
        Route::delete("/company/{id}/delete_logo/", MANAGE, handle::destroy)
            .summary("Take a company's logo away")
            .answers::<MessageView>(200, Shape::One),
        Route::get("/company/{id}/show_logo/", VIEW, handle::show)
            .summary("The logo itself, a picture"),
    ]
}

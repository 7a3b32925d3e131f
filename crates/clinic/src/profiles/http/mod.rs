//! Routes below `/api/profiles`.

mod bodies;
mod codes;
mod me;
mod password;
mod people;
mod photos;
mod reset;
mod typed;

use platform::http::{Access, BodyDoc, MessageView, Route, Shape};

use super::model::USERS;
use bodies::{
    CodeSentView, CompletionView, EmailChangedView, ME_FIELDS, MeChangedView, MeView,
    PROFILE_FIELDS, PasswordHistoryView, PolicyView, ProfileChangedView, ProfileView,
    PublicProfileView, SETTINGS_FIELDS, SettingsChangedView, SettingsView, StatusView,
    StrengthView,
};

/// One's own account is everybody's who is logged in.
const OWN: Access = Access::Authenticated;

const ME: BodyDoc = BodyDoc::Fields(&USERS, ME_FIELDS);
const PROFILE: BodyDoc = BodyDoc::Fields(&USERS, PROFILE_FIELDS);
const SETTINGS: BodyDoc = BodyDoc::Fields(&USERS, SETTINGS_FIELDS);

const PAGES: [(&str, &str); 2] =
    [("page", "Page, from 1"), ("page_size", "Rows on a page, at most 500")];
const USER_SEARCH: &[(&str, &str)] =
    &[("q", "Words in user name, name or paternal surname"), PAGES[0], PAGES[1]];
const PROFILE_SEARCH: &[(&str, &str)] = &[
    ("name", "Words in user name, name or paternal surname"),
    ("sex", "M, F or O"),
    ("country", "Part of the country's name"),
    PAGES[0],
    PAGES[1],
];

/// The route table.
pub fn routes() -> Vec<Route> {
    let mut routes = own_routes();
    routes.extend(profile_routes());
    routes.extend(password_routes());
    routes.extend(photos::routes());
    routes.extend(code_routes());
    routes
}

fn code_routes() -> Vec<Route> {
    const WANTED: BodyDoc = BodyDoc::Texts(&[("verification_type", true), ("target_email", false)]);
    const CODE: BodyDoc = BodyDoc::Texts(&[("code", true)]);
    vec![
        Route::post("/password/reset/", Access::Public, reset::ask)
            .summary("Send a code to set a new password with, if the address is an account's")
            .body(BodyDoc::Texts(&[("email", true)]))
            .answers::<CodeSentView>(200, Shape::One),
        Route::post("/password/reset/confirm/", Access::Public, reset::confirm)
            .summary("Set a new password with the code; all log-ins end")
            .body(BodyDoc::Texts(&[
                ("code", true),
                ("email", false),
                ("new_password", true),
                ("new_password_confirm", true),
            ]))
            .answers::<MessageView>(200, Shape::One),
        Route::post("/verification/code/", OWN, codes::send)
            .summary("Send a code that proves one's own address, or a new one")
            .body(WANTED)
            .answers::<CodeSentView>(200, Shape::One),
        Route::post("/verification/code/resend/", OWN, codes::send)
            .summary("Send another code; the one before is void")
            .body(WANTED)
            .answers::<CodeSentView>(200, Shape::One),
        Route::get("/verification/status/", OWN, codes::status)
            .summary("Whether one's own address is proved, and which codes wait")
            .answers::<StatusView>(200, Shape::One),
        Route::post("/verification/email/change/", OWN, codes::change_email)
            .summary("Send a code to the address that shall be one's own")
            .body(BodyDoc::Texts(&[("new_email", true)]))
            .answers::<CodeSentView>(200, Shape::One),
        Route::post("/verification/email/change/confirm/", OWN, codes::confirm_change)
            .summary("Change one's own address with the code sent there")
            .body(CODE)
            .answers::<EmailChangedView>(200, Shape::One),
        Route::post("/verification/email/", Access::Public, codes::send_verification)
            .summary("Send a code that proves an address, if it is an account's and not proved yet")
            .body(BodyDoc::Texts(&[("target_email", true), ("verification_type", false)]))
            .answers::<CodeSentView>(200, Shape::One),
        Route::post("/verification/email/confirm/", Access::Public, codes::confirm_verification)
            .summary("Prove an address with the code sent there")
            .body(BodyDoc::Texts(&[("code", true), ("email", false)]))
            .answers::<MessageView>(200, Shape::One),
    ]
}

fn own_routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/users/me/", OWN, me::show)
            .summary("Oneself")
            .answers::<MeView>(200, Shape::One),
        Route::get("/users/profile/", OWN, me::show)
            .summary("Oneself")
            .answers::<MeView>(200, Shape::One),
        Route::delete("/users/me/", OWN, me::destroy)
            .summary("Delete one's own account")
            .answers::<MessageView>(200, Shape::One),
        Route::delete("/users/me/delete/", OWN, me::destroy)
            .summary("Delete one's own account")
            .answers::<MessageView>(200, Shape::One),
        Route::get("/users/search/", Access::Permission("users.manage"), people::users)
            .summary("Active users with their data")
            .query(USER_SEARCH)
            .answers::<MeView>(200, Shape::Page),
    ];
    for path in ["/users/me/", "/users/me/update/"] {
        routes.push(
            Route::put(path, OWN, me::replace)
                .summary("Replace one's own data")
                .body(ME)
                .answers::<MeChangedView>(200, Shape::One),
        );
        routes.push(
            Route::patch(path, OWN, me::patch)
                .summary("Change one's own data")
                .body(ME)
                .answers::<MeChangedView>(200, Shape::One),
        );
    }
    routes
}

fn profile_routes() -> Vec<Route> {
    vec![
        Route::get("/profiles/me/", OWN, me::profile)
            .summary("One's own profile")
            .answers::<ProfileView>(200, Shape::One),
        Route::put("/profiles/me/", OWN, me::replace_profile)
            .summary("Replace one's own profile")
            .body(PROFILE)
            .answers::<ProfileChangedView>(200, Shape::One),
        Route::patch("/profiles/me/", OWN, me::patch_profile)
            .summary("Change one's own profile")
            .body(PROFILE)
            .answers::<ProfileChangedView>(200, Shape::One),
        Route::post("/profiles/create/", OWN, me::create_profile)
            .summary("Fill in one's own profile")
            .body(PROFILE)
            .answers::<ProfileChangedView>(201, Shape::One),
        Route::get("/profiles/settings/", OWN, me::settings)
            .summary("One's own settings")
            .answers::<SettingsView>(200, Shape::One),
        Route::put("/profiles/settings/", OWN, me::replace_settings)
            .summary("Replace one's own settings")
            .body(SETTINGS)
            .answers::<SettingsChangedView>(200, Shape::One),
        Route::patch("/profiles/settings/", OWN, me::patch_settings)
            .summary("Change one's own settings")
            .body(SETTINGS)
            .answers::<SettingsChangedView>(200, Shape::One),
        Route::get("/profiles/completion/", OWN, me::completion)
            .summary("How far one's own profile is filled in")
            .answers::<CompletionView>(200, Shape::One),
        Route::get("/profiles/search/", OWN, people::profiles)
            .summary("What everybody may see of the others")
            .query(PROFILE_SEARCH)
            .answers::<PublicProfileView<'_>>(200, Shape::Page),
        Route::get("/profiles/public/{user_name}/", OWN, people::public)
            .summary("What everybody may see of one user")
            .answers::<PublicProfileView<'_>>(200, Shape::One),
    ]
}

fn password_routes() -> Vec<Route> {
    vec![
        Route::post("/password/change/", OWN, password::change)
            .summary("Change one's own password; other log-ins end")
            .body(BodyDoc::Texts(&[
                ("current_password", true),
                ("new_password", true),
                ("new_password_confirm", true),
            ]))
            .answers::<MessageView>(200, Shape::One),
        Route::post("/password/strength/", Access::Public, password::strength)
            .summary("Whether a password is strong enough; 400 with the reasons if not")
            .body(BodyDoc::Texts(&[("password", true)]))
            .answers::<StrengthView>(200, Shape::One),
        Route::get("/password/history/", OWN, password::history)
            .summary("When one's own password was changed")
            .answers::<PasswordHistoryView>(200, Shape::One),
        Route::get("/password/policy/", Access::Public, password::policy)
            .summary("What a new password must be")
            .answers::<PolicyView>(200, Shape::One),
    ]
}

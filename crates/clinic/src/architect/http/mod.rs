//! Routes below `/api/architect`.

mod auth;
mod bodies;

use platform::http::{Access, BodyDoc, MessageView, Route, Shape};

use bodies::{LoginView, PairView, VerifyView};

/// The route table.
pub fn routes() -> Vec<Route> {
    vec![
        Route::post("/auth/login/", Access::Public, auth::login)
            .summary("Log in with e-mail (or user name) and password")
            .body(BodyDoc::Texts(&[("email", true), ("password", true)]))
            .answers::<LoginView>(200, Shape::One),
        Route::post("/auth/token/refresh/", Access::Public, auth::refresh)
            .summary("Exchange a refresh token for a new pair; each is good once")
            .body(BodyDoc::Texts(&[("refresh", true)]))
            .answers::<PairView>(200, Shape::One),
        Route::post("/auth/token/verify/", Access::Public, auth::verify)
            .summary("Whether a token is good")
            .body(BodyDoc::Texts(&[("token", true)]))
            .answers::<VerifyView>(200, Shape::One),
        Route::post("/auth/logout/", Access::Authenticated, auth::logout)
            .summary("End this log-in with all its tokens")
            .answers::<MessageView>(200, Shape::One),
        Route::delete("/auth/logout/", Access::Authenticated, auth::logout)
            .summary("End this log-in with all its tokens")
            .answers::<MessageView>(200, Shape::One),
        Route::post("/auth/register/", Access::Public, auth::register)
            .summary("Register an account, without any role (when ALLOW_REGISTRATION is on)")
            .body(BodyDoc::Texts(bodies::REGISTER))
            .answers::<MessageView>(201, Shape::One),
    ]
}

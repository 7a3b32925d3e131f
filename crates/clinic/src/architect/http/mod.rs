//! Routes below `/api/architect`.

mod auth;
mod bodies;
mod roles;
mod users;
mod views;
mod wanted;

use platform::http::{Access, BodyDoc, MessageView, Route, Shape};

use bodies::{LoginView, PairView, VerifyView};
pub(super) use views::AdminUserView;
use views::{HeldRole, PermissionView, RoleView};
use wanted::{PERMISSIONS_BODY, ROLE_BODY, ROLES_BODY, USER_BODY};

const USERS: Access = Access::Permission("users.manage");
const ROLES: Access = Access::Permission("roles.manage");

const LIST: &[(&str, &str)] = &[
    ("search", "Words in names, e-mail or user name, or the document number"),
    ("is_active", "true: who may log in; false: who may not"),
    ("is_staff", "true: who may enter the panel; false: who may not"),
    ("is_superuser", "true: who may everything; false: the others"),
    ("role", "Role id"),
    ("deleted", "true: the deleted ones; all: those too"),
    (
        "ordering",
        "id, user_name, email, name, paternal_lastname, created_at, updated_at, last_login; - reverses",
    ),
    ("page", "Page, from 1; without page and page_size the answer is a bare list of at most 1,000"),
    ("page_size", "Rows on a page, at most 500"),
];

/// The route table.
pub fn routes() -> Vec<Route> {
    let mut routes = auth_routes();
    routes.extend(user_routes());
    routes.extend(role_routes());
    routes
}

fn user_routes() -> Vec<Route> {
    let without_id = "Refused: say which user, as users/{id}/";
    let mut routes = vec![
        Route::get("/users/", USERS, users::list)
            .summary("Users, a bare list or in pages")
            .query(LIST)
            .answers::<AdminUserView>(200, Shape::List),
        Route::post("/users/", USERS, users::create)
            .summary("Make a user, with a password and roles if they are given")
            .body(USER_BODY)
            .answers::<AdminUserView>(201, Shape::One),
        Route::put("/users/", USERS, users::without_id).summary(without_id),
        Route::patch("/users/", USERS, users::without_id).summary(without_id),
        Route::delete("/users/", USERS, users::without_id).summary(without_id),
        Route::get("/users/{id}/", USERS, users::show)
            .summary("One user")
            .query(&[("deleted", "Anything: also a deleted one")])
            .answers::<AdminUserView>(200, Shape::One),
        Route::put("/users/{id}/", USERS, users::replace)
            .summary("Replace a user's data")
            .body(USER_BODY)
            .answers::<AdminUserView>(200, Shape::One),
        Route::patch("/users/{id}/", USERS, users::patch)
            .summary("Change a user's data")
            .body(USER_BODY)
            .answers::<AdminUserView>(200, Shape::One),
        Route::delete("/users/{id}/", USERS, users::destroy)
            .summary("Delete a user, who is out at once; restore brings him back")
            .answers::<MessageView>(200, Shape::One),
        Route::get("/users/{id}/roles/", USERS, users::roles)
            .summary("A user's roles")
            .answers::<HeldRole>(200, Shape::List),
        Route::put("/users/{id}/roles/", USERS, users::set_roles)
            .summary("Make these the user's roles")
            .body(ROLES_BODY)
            .answers::<AdminUserView>(200, Shape::One),
        Route::patch("/users/{id}/roles/", USERS, users::set_roles)
            .summary("Make these the user's roles")
            .body(ROLES_BODY)
            .answers::<AdminUserView>(200, Shape::One),
        Route::post("/users/{id}/roles/", USERS, users::give_roles)
            .summary("Give the user roles beside those he has")
            .body(ROLES_BODY)
            .answers::<AdminUserView>(200, Shape::One),
    ];
    for make in [Route::post, Route::patch] {
        routes.push(
            make("/users/{id}/restore/", USERS, users::restore)
                .summary("Bring a deleted user back")
                .answers::<AdminUserView>(200, Shape::One),
        );
    }
    for make in [Route::post, Route::patch] {
        routes.push(
            make("/users/{id}/activate/", USERS, users::activate)
                .summary("Let a user log in again")
                .answers::<AdminUserView>(200, Shape::One),
        );
    }
    for make in [Route::post, Route::patch] {
        routes.push(
            make("/users/{id}/deactivate/", USERS, users::deactivate)
                .summary("Let a user log in no more; he is out at once")
                .answers::<AdminUserView>(200, Shape::One),
        );
    }
    routes
}

fn role_routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/permissions/", Access::Authenticated, roles::permissions)
            .summary("What roles can permit, by name")
            .answers::<PermissionView>(200, Shape::List),
        Route::get("/permissions/{id}/", Access::Authenticated, roles::permission)
            .summary("One permission")
            .answers::<PermissionView>(200, Shape::One),
        Route::get("/roles/{id}/permissions/", ROLES, roles::permissions_of)
            .summary("What a role permits")
            .answers::<PermissionView>(200, Shape::List),
        Route::put("/roles/{id}/permissions/", ROLES, roles::set_permissions)
            .summary("Make a role permit exactly this")
            .body(PERMISSIONS_BODY)
            .answers::<PermissionView>(200, Shape::List),
        Route::patch("/roles/{id}/permissions/", ROLES, roles::set_permissions)
            .summary("Make a role permit exactly this")
            .body(PERMISSIONS_BODY)
            .answers::<PermissionView>(200, Shape::List),
        Route::post("/roles/{id}/permissions/", ROLES, roles::add_permissions)
            .summary("Make a role permit this too")
            .body(PERMISSIONS_BODY)
            .answers::<PermissionView>(200, Shape::List),
    ];
    // quirk: one view answered all of these, and clients use each for its word only.
    for path in ["/roles/", "/roles/create/"] {
        routes.push(
            Route::get(path, Access::Authenticated, roles::list)
                .summary("Roles by id")
                .answers::<RoleView>(200, Shape::List),
        );
        routes.push(
            Route::post(path, ROLES, roles::create)
                .summary("Make a role")
                .body(ROLE_BODY)
                .answers::<RoleView>(201, Shape::One),
        );
    }
    for path in ["/roles/{id}/", "/roles/{id}/edit/", "/roles/{id}/delete/"] {
        routes.push(
            Route::get(path, Access::Authenticated, roles::show)
                .summary("One role")
                .answers::<RoleView>(200, Shape::One),
        );
        routes.push(
            Route::put(path, ROLES, roles::replace)
                .summary("Replace a role's data")
                .body(ROLE_BODY)
                .answers::<RoleView>(200, Shape::One),
        );
        routes.push(
            Route::patch(path, ROLES, roles::patch)
                .summary("Change a role's data")
                .body(ROLE_BODY)
                .answers::<RoleView>(200, Shape::One),
        );
        routes.push(
            Route::delete(path, ROLES, roles::destroy)
                .summary("Remove a role; the built-in ones stay")
                .answers_nothing(204),
        );
    }
    routes
}

fn auth_routes() -> Vec<Route> {
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

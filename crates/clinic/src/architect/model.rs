//! Roles, what they permit, who holds them; and the log-ins that tokens descend from.

use platform::db::{Column, Index, OnDelete, Table, Unique};
use platform::id_types;

id_types! {
    /// A role.
    RoleId,
    /// A permission.
    PermissionId,
}

/// Permissions, kept in step with what the modules declare.
pub static PERMISSIONS: Table = Table::new(
    "permissions",
    "Permission",
    &[
        Column::id(),
        Column::text("name", 255, "Nombre", "Name"),
        Column::text("detail", 255, "Detalle", "Detail").null(),
        Column::text("guard_name", 255, "Guarda", "Guard"),
        Column::created_at(),
        Column::updated_at(),
    ],
)
.label(["Permiso", "Permisos"], ["Permission", "Permissions"])
.uniques(&[Unique::new("uq_permissions_name", &["name"], "name")]);

/// Roles.
pub static ROLES: Table = Table::new(
    "roles",
    "Role",
    &[
        Column::id(),
        Column::text("name", 255, "Nombre", "Name").folded(),
        Column::text("guard_name", 255, "Guarda", "Guard").null(),
        Column::created_at(),
        Column::updated_at(),
    ],
)
.label(["Rol", "Roles"], ["Role", "Roles"])
.uniques(&[Unique::new("uq_roles_name", &["name_fold"], "name")]);

/// Which role permits what.
pub static ROLE_PERMISSIONS: Table = Table::new(
    "role_has_permissions",
    "RoleHasPermission",
    &[
        Column::id(),
        Column::reference("permission_id", "permissions", "Permiso", "Permission")
            .on_delete(OnDelete::Cascade),
        Column::reference("role_id", "roles", "Rol", "Role").on_delete(OnDelete::Cascade),
    ],
)
.label(["Permiso del rol", "Permisos de los roles"], ["Role permission", "Role permissions"])
.uniques(&[Unique::new("uq_role_permissions", &["permission_id", "role_id"], "permission")]);

/// Who holds which role.
pub static USER_ROLES: Table = Table::new(
    "user_has_roles",
    "UserHasRole",
    &[
        Column::id(),
        Column::reference("user_id", "users", "Usuario", "User").on_delete(OnDelete::Cascade),
        Column::reference("role_id", "roles", "Rol", "Role").on_delete(OnDelete::Cascade),
    ],
)
.label(["Rol del usuario", "Roles de los usuarios"], ["User role", "User roles"])
.uniques(&[Unique::new("uq_user_roles", &["user_id", "role_id"], "role")]);

/// Log-ins over the API: each refresh token may be used once, and an ended log-in ends all its tokens.
pub static TOKEN_FAMILIES: Table = Table::new(
    "token_families",
    "TokenFamily",
    &[
        Column::id(),
        Column::text("family", 32, "Familia", "Family"),
        Column::reference("user_id", "users", "Usuario", "User").on_delete(OnDelete::Cascade),
        Column::text("refresh_jti", 32, "Token vigente", "Current token").secret(),
        Column::moment("expires_at", "Vence", "Expires"),
        Column::moment("ended_at", "Terminado", "Ended").null(),
        Column::created_at(),
    ],
)
.label(["Ingreso por API", "Ingresos por API"], ["API log-in", "API log-ins"])
.uniques(&[Unique::new("uq_token_families", &["family"], "family")])
.indexes(&[
    Index::new("ix_token_families_user", &["user_id", "expires_at"]),
    Index::new("ix_token_families_expires", &["expires_at"]),
])
.unaudited();

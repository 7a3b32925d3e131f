//! Users and the codes that verify their addresses.

use platform::db::{Column, Index, OnDelete, Table, Unique};
use platform::id_types;

id_types! {
    /// A user.
    UserId,
}

/// Users: who logs in.
pub static USERS: Table = Table::new(
    "users",
    "User",
    &[
        Column::id(),
        Column::text("password", 128, "Contraseña", "Password").secret(),
        Column::moment("last_login", "Último ingreso", "Last log-in").null(),
        Column::bool("is_superuser", "Es superusuario", "Is superuser"),
        Column::bool("is_staff", "Entra al panel", "Is staff"),
        Column::bool("is_active", "Activo", "Active"),
        Column::moment("date_joined", "Registrado", "Joined"),
        Column::text("email", 254, "Correo", "E-mail").folded(),
        Column::text("document_number", 20, "Número de documento", "Document number").null(),
        Column::text("user_name", 50, "Nombre de usuario", "User name").folded(),
        Column::text("name", 100, "Nombres", "Given names").folded(),
        Column::text("paternal_lastname", 100, "Apellido paterno", "Paternal surname").folded(),
        Column::text("maternal_lastname", 100, "Apellido materno", "Maternal surname").folded(),
        Column::text("phone", 15, "Teléfono", "Phone").null(),
        Column::text("sex", 1, "Sexo", "Sex").null().choices(&["M", "F", "O"]),
        Column::text("photo_url", 255, "Foto", "Photo").null(),
        Column::text("account_statement", 1, "Estado de la cuenta", "Account state")
            .choices(&["A", "I"]),
        Column::reference(
            "document_type_id",
            "document_types",
            "Tipo de documento",
            "Document type",
        )
        .null()
        .on_delete(OnDelete::SetNull),
        Column::reference("country_id", "countries", "País", "Country")
            .null()
            .on_delete(OnDelete::SetNull),
        Column::moment("email_verified_at", "Correo verificado", "E-mail verified").null(),
        Column::bool("password_change", "Debe cambiar la contraseña", "Must change password"),
        Column::moment("password_changed_at", "Contraseña cambiada", "Password changed").null(),
        Column::int("auth_epoch", "Época de acceso", "Access epoch"),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Usuario", "Usuarios"], ["User", "Users"])
.uniques(&[
    Unique::new("uq_users_email", &["email_fold"], "email"),
    Unique::new("uq_users_document_number", &["document_number"], "document_number"),
    Unique::new("uq_users_user_name", &["user_name_fold"], "user_name"),
])
.indexes(&[Index::new("ix_users_updated", &["updated_at"])]);

/// Codes sent to prove an address or a wish; stored hashed.
pub static VERIFICATION_CODES: Table = Table::new(
    "users_verification_code",
    "UserVerificationCode",
    &[
        Column::id(),
        Column::reference("user_id", "users", "Usuario", "User").on_delete(OnDelete::Cascade),
        Column::text("code", 255, "Código", "Code").null().secret(),
        Column::text("verification_type", 50, "Tipo", "Type").choices(&[
            "email_verification",
            "email_change",
            "password_change",
        ]),
        Column::text("target_email", 254, "Correo de destino", "Target e-mail").null(),
        Column::moment("expires_at", "Vence", "Expires"),
        Column::int("failed_attempts", "Intentos fallidos", "Failed attempts").min(0),
        Column::int("max_attempts", "Intentos permitidos", "Attempts allowed").min(1),
        Column::moment("locked_until", "Bloqueado hasta", "Locked until").null(),
        Column::bool("is_used", "Usado", "Used"),
        Column::created_at(),
        Column::updated_at(),
    ],
)
.label(
    ["Código de verificación", "Códigos de verificación de usuarios"],
    ["Verification code", "Verification codes"],
)
.indexes(&[
    Index::new("ix_verification_user_type", &["user_id", "verification_type"]),
    Index::new("ix_verification_expires", &["expires_at"]),
]);

//! What users take from the Django program's tables. Older versions had more columns, the newest has fewer.

use platform::db::migrate::adopt::{Taken, TakenColumn, blank_is_null};
use platform::db::{Changes, Value};
use platform::types::fold;

use super::model::{USERS, VERIFICATION_CODES};

pub(super) const ADOPTION: &[Taken] = &[
    Taken::new(&USERS).columns(&[
        // It was kept in another column once.
        TakenColumn::of("last_login").known_as(&["last_login", "last_session"]),
        TakenColumn::of("date_joined")
            .otherwise(|row| row.get("created_at").cloned().unwrap_or(Value::Null)),
        // Nobody's number was '', which only one user could have.
        TakenColumn::of("document_number").form(blank_is_null),
        TakenColumn::of("name").otherwise(empty),
        TakenColumn::of("paternal_lastname").otherwise(empty),
        TakenColumn::of("maternal_lastname").otherwise(empty),
        TakenColumn::of("phone").form(blank_is_null),
        TakenColumn::of("sex").form(blank_is_null).mend(sex, "is a word instead of its letter"),
        TakenColumn::of("photo_url").known_as(&["photo_url", "photo"]),
        TakenColumn::of("account_statement").otherwise(|_| Value::from("A")),
        TakenColumn::of("password_change").otherwise(|_| Value::Bool(false)),
        TakenColumn::of("auth_epoch").otherwise(|_| Value::Int(0)),
    ]),
    Taken::new(&VERIFICATION_CODES).columns(&[
        TakenColumn::of("verification_type")
            .otherwise(|_| Value::from("email_verification"))
            .form(verification_type),
        TakenColumn::of("failed_attempts")
            .known_as(&["failed_attempts", "attempts"])
            .otherwise(|_| Value::Int(0)),
        TakenColumn::of("max_attempts").otherwise(|_| Value::Int(3)),
        // They were kept in clear and live for minutes: none is good any more.
        TakenColumn::made("is_used", |_| Value::Bool(true)),
    ]),
];

fn empty(_row: &Changes) -> Value {
    Value::from("")
}

fn sex(value: &Value) -> Option<Value> {
    let Value::Text(text) = value else { return None };
    let letter = match fold(text).as_str() {
        "masculino" | "hombre" | "male" => "M",
        "femenino" | "mujer" | "female" => "F",
        "otro" | "other" => "O",
        _ => return None,
    };
    Some(Value::from(letter))
}

/// Kinds that exist no more are told as the nearest one; the codes are used up anyway.
fn verification_type(value: Value) -> Value {
    match &value {
        Value::Text(text) if text == "password_reset" => Value::from("password_change"),
        Value::Text(text) if text == "phone_verification" => Value::from("email_verification"),
        _ => value,
    }
}

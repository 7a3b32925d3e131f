//! What therapists take from the Django program's table, of which there are two forms.

use platform::db::migrate::adopt::{Taken, TakenColumn};
use platform::db::{Changes, Value};

use super::model::THERAPISTS;

pub(super) const ADOPTION: &[Taken] = &[Taken::new(&THERAPISTS).columns(&[
    TakenColumn::of("last_name_paternal").otherwise(empty),
    TakenColumn::of("last_name_maternal").otherwise(empty),
    TakenColumn::of("email").otherwise(empty),
    TakenColumn::of("is_active")
        .otherwise(|row| Value::Bool(row.get("deleted_at").is_none_or(Value::is_null))),
    TakenColumn::of("ocupation").known_as(&["ocupation", "specialty", "specialization"]),
])];

fn empty(_row: &Changes) -> Value {
    Value::from("")
}

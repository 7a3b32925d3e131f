//! What catalogues and histories take from the Django program's tables.

use platform::db::Value;
use platform::db::migrate::adopt::{Taken, TakenColumn};

use super::model::{
    DOCUMENT_TYPES, HISTORIES, PAYMENT_STATUSES, PAYMENT_TYPES, PREDETERMINED_PRICES,
};

pub(super) const ADOPTION: &[Taken] = &[
    Taken::new(&DOCUMENT_TYPES),
    Taken::new(&PAYMENT_TYPES),
    // The shipped migrations made the second, the running program used the first.
    Taken::new(&PAYMENT_STATUSES).known_as(&["payment_status", "payment_statuses"]),
    Taken::new(&PREDETERMINED_PRICES),
    Taken::new(&HISTORIES).columns(&[
        TakenColumn::of("testimony").otherwise(|_| Value::Bool(true)),
        TakenColumn::of("menstruation").otherwise(|_| Value::Bool(true)),
        TakenColumn::of("gestation").otherwise(|_| Value::Bool(true)),
    ]),
];

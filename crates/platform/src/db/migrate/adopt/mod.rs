//! Takes over tables that are there already.
//!
//! Two cases. Tables that are equal to what the migrations would make are only recorded (`equal`). The database of the
//! program that this one replaces has other tables: its rows are taken over into new ones. Modules say which of its
//! tables and columns are which of theirs (`mapping`); everything else here knows no table by name.
//!
//! The former tables are put aside under other names first, in one statement; nobody can write to them any more, and
//! nothing here ever does. Then the ordinary migrations make this program's tables, and rows are copied through the
//! code of the write path. Only when all rows have been counted again are they the database. What fails before is undone
//! by giving the former tables their names back; a killed run is continued by the next (`progress`).

mod carry;
mod columns;
mod convert;
mod equal;
mod examine;
mod mapping;
mod progress;
mod standing;
mod undo;

pub use carry::{Step, carry_out};
pub use equal::{Adopted, initial};
pub use examine::{Report, Reported, examine};
pub use mapping::{Form, Mend, Numbers, Otherwise, Predecessor, Taken, TakenColumn, blank_is_null};
pub use progress::{Counted, finish, refuse_unfinished};
pub use standing::{Former, Standing, standing};
pub use undo::{kept_tables, remove_kept, undo};

/// What the names of the former tables begin with once they are put aside.
pub const KEPT: &str = "django_backup_";

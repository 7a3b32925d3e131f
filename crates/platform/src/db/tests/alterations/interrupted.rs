//! A MySQL migration that was killed between any two statements goes on at the right one.

use super::*;
use crate::db::migrate::ledger;
use crate::db::migrate::statement::{Action, actions};

//! Tests about the whole program, and the builders that the modules' tests share.

pub(crate) mod builders;

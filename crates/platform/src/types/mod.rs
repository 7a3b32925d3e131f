//! Words every module speaks: ids, money, times, folded text. Values only; no IO.

pub mod fold;
pub mod id;
pub mod money;
pub mod text;
pub mod time;
mod wire;

pub use fold::fold;
pub use money::Money;

//! Newtype ids: a patient's id cannot be passed where a therapist's is meant.

/// Declares id newtypes over `i64` that bind, read and serialize like the number they are.
#[macro_export]
macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl From<$name> for $crate::db::Value {
            fn from(id: $name) -> Self {
                $crate::db::Value::Int(id.0)
            }
        }

        impl $crate::db::FromValue<'_> for $name {
            fn from_raw(raw: $crate::db::Raw<'_>) -> Result<Self, $crate::db::Mismatch> {
                <i64 as $crate::db::FromValue>::from_raw(raw).map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

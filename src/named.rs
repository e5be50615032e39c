//! Names in messages, as enums: English is their `Display`, and who says them in another language matches on
//! the variant, so that the compiler finds a name that was forgotten.

/// Enums of names, each with `Display` and the list `ALL`.
macro_rules! named {
    ($($(#[$doc:meta])+ $name:ident { $($variant:ident = $english:literal,)+ })+) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $(#[doc = concat!("`", $english, "`")] $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self { $($name::$variant => $english,)+ })
            }
        }
    )+};
}

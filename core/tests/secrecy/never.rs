//! What must not compile.

use std::{fmt::Display, ops::Deref};

use square_oauth::{Pending, Secret, Tokens};

/// Does not compile if the type has any of the traits: then the compiler cannot tell which of two
/// implementations is meant.
macro_rules! never {
    ($type:ty: $($trait:path),+) => {
        const _: fn() = || {
            trait Ambiguous<A> {
                fn item() {}
            }
            impl<T: ?Sized> Ambiguous<()> for T {}
            $({
                #[allow(dead_code, reason = "only its implementation counts")]
                struct Has;
                impl<T: ?Sized + $trait> Ambiguous<Has> for T {}
            })+
            let _ = <$type as Ambiguous<_>>::item;
        };
    };
}

never!(Secret: Display, serde::Serialize, Deref, AsRef<str>, AsRef<[u8]>, std::borrow::Borrow<str>);
never!(Secret: Into<String>, std::hash::Hash, PartialOrd);
never!(Pending: Display, serde::Serialize, Deref);
never!(Tokens: Display, serde::Serialize);
never!(square_oauth::Application: Display, serde::Serialize);
never!(square_oauth::Callback: Display, serde::Serialize);
never!(square_oauth::ObtainToken: Display, serde::Serialize);
never!(square_oauth::host::HttpRequest: Display, serde::Serialize);
never!(square_oauth::host::HttpResponse: Display, serde::Serialize);

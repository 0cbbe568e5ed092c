//! Plain values that every language has a type of its own for.

/// A moment, as milliseconds since 1970-01-01T00:00:00Z.
pub use square_oauth::Timestamp;

/// A permission's name.
pub use square_oauth::Scope;

uniffi::custom_type!(Timestamp, i64, {
    remote,
    lower: |moment| moment.unix_ms(),
    try_lift: |ms| Ok(Timestamp::from_unix_ms(ms)),
});

uniffi::custom_type!(Scope, String, {
    remote,
    lower: |scope| scope.as_str().to_owned(),
    try_lift: |name| Ok(Scope::from(name)),
});

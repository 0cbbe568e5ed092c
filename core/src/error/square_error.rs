//! Square's own words about a failure, cleaned for logs.

use core::fmt;

/// One error as Square reported it. Any of the parts may be absent.
///
/// All texts are safe to log: control characters are gone, every secret of the request and of the
/// answer is replaced by `[redacted]`, and no text is longer than 500 characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SquareError {
    /// Square's category, e.g. `AUTHENTICATION_ERROR`; an open set.
    pub category: Option<String>,
    /// Square's code, e.g. `UNAUTHORIZED`, or the type of an older answer, e.g.
    /// `service.not_authorized`; an open set.
    pub code: Option<String>,
    /// Square's sentence for developers.
    pub detail: Option<String>,
    /// The request's field that Square complains about.
    pub field: Option<String>,
}

impl SquareError {
    pub(crate) fn message(&self) -> String {
        match (&self.code, &self.detail) {
            (Some(code), Some(detail)) => [code, ": ", detail].concat(),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => "no code and no detail".to_owned(),
        }
    }
}

impl fmt::Display for SquareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

//! A step that was not as expected.

use core::fmt::{self, Debug, Display};

use square_oauth::OAuthError;

/// What was expected, and what came instead. Holds no secret: errors and records have none.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) expected: String,
    pub(crate) found: String,
}

impl Failed {
    /// A failure that is a sentence rather than a difference.
    pub(crate) fn sentence(text: impl Into<String>) -> Self {
        Self {
            expected: String::new(),
            found: text.into(),
        }
    }
}

impl Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.expected.is_empty() {
            return f.write_str(&self.found);
        }
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

/// An error where success was expected.
impl From<OAuthError> for Failed {
    fn from(error: OAuthError) -> Self {
        Self {
            expected: "success".to_owned(),
            found: format!("{}: {error}", error.code()),
        }
    }
}

impl From<String> for Failed {
    fn from(text: String) -> Self {
        Self::sentence(text)
    }
}

/// Asserts that two values are the same; neither may be a secret.
pub(crate) fn same<T: PartialEq + Debug>(expected: T, found: T) -> Result<(), Failed> {
    if expected == found {
        return Ok(());
    }
    Err(Failed {
        expected: format!("{expected:?}"),
        found: format!("{found:?}"),
    })
}

/// Asserts something that can be said in words.
pub(crate) fn holds(what: &str, holds: bool) -> Result<(), Failed> {
    if holds {
        return Ok(());
    }
    Err(Failed {
        expected: what.to_owned(),
        found: "that it is not so".to_owned(),
    })
}

/// Asserts that a call fails with this code; yields the error.
pub(crate) fn fails<T>(code: &str, result: Result<T, OAuthError>) -> Result<OAuthError, Failed> {
    let found = match result {
        Ok(_) => "success".to_owned(),
        Err(error) if error.code() == code => return Ok(error),
        Err(error) => format!("{}: {error}", error.code()),
    };
    Err(Failed {
        expected: format!("the error {code}"),
        found,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_as_expected_says_both() {
        assert!(same(1, 1).is_ok() && holds("it rains", true).is_ok());
        assert_eq!(
            same(200, 401).unwrap_err().to_string(),
            "expected 200, found 401"
        );
        let failed = fails("denied", Ok(())).unwrap_err();
        assert_eq!(
            failed.to_string(),
            "expected the error denied, found success"
        );
        assert_eq!(Failed::sentence("demo: failed").to_string(), "demo: failed");
    }
}

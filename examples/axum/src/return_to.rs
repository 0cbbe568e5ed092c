//! Where a seller goes once they are connected: a page of this server and nothing else, or anybody
//! could use our address to send sellers to theirs.

/// A path on this server, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReturnTo(String);

impl ReturnTo {
    /// Takes a relative path; anything else becomes the status page.
    pub(crate) fn read(text: &str) -> Self {
        let is_path = text.starts_with('/') && !text.starts_with("//");
        // Browsers read a backslash as a slash, and leave out tabs and line breaks.
        let is_plain = text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if is_path && is_plain && text.len() <= LONGEST {
            Self(text.to_owned())
        } else {
            Self::default()
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for ReturnTo {
    fn default() -> Self {
        Self("/status".to_owned())
    }
}

/// It is kept in a cookie, beside `pending`.
const LONGEST: usize = 512;

#[cfg(test)]
mod tests {
    use super::ReturnTo;

    #[test]
    fn a_path_on_this_server_is_kept() {
        for path in [
            "/",
            "/settings",
            "/settings?tab=square&x=%2F%2F#there",
            "/a//b",
        ] {
            assert_eq!(ReturnTo::read(path).as_str(), path);
        }
    }

    #[test]
    fn whatever_could_leave_this_server_is_not() {
        let long = format!("/{}", "a".repeat(600));
        for text in [
            "",
            "settings",
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "\t//evil.example",
            " /x",
            "/x y",
            "javascript:alert(1)",
            "/\u{e9}",
            &long,
        ] {
            assert_eq!(ReturnTo::read(text).as_str(), "/status", "{text:?}");
        }
    }
}

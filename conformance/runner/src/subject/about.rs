//! What a subject says of itself.

use serde::Deserialize;

/// The first line of a subject's output.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Its origin.
    pub base_url: String,
    /// The word that the library puts into its user agent.
    pub language: String,
    /// The runtime's name and version, as the runtime says them.
    pub runtime: String,
    /// How the library came to be there.
    pub loaded: String,
    /// Its web handlers, if it has any.
    #[serde(default)]
    pub web: Web,
    /// Whether it sends by a `fetch`, whose connections and repetitions are not its own.
    #[serde(default)]
    pub fetch: bool,
}

/// Whether a subject serves the web handlers, and where.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum Web {
    /// At the usual paths, or not at all.
    Usual(bool),
    /// At paths of its own.
    At(Paths),
}

/// Where web handlers are.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Paths {
    /// The path behind "Connect Square".
    pub connect: String,
    /// The path that Square sends sellers back to.
    pub callback: String,
    /// The path of webhook deliveries.
    pub webhook: String,
}

impl About {
    /// Reads the line.
    ///
    /// # Errors
    /// A text that shows it and says what is wrong with it.
    pub fn read(line: &str) -> Result<Self, String> {
        let line = line.trim();
        let mut about: Self = serde_json::from_str(line)
            .map_err(|why| format!("the subject says of itself {line:?}: {why}"))?;
        if [&about.language, &about.runtime, &about.loaded]
            .iter()
            .any(|text| text.is_empty())
        {
            return Err(format!("the subject keeps something to itself: {line}"));
        }
        about
            .base_url
            .truncate(about.base_url.trim_end_matches('/').len());
        Ok(about)
    }
}

impl Web {
    /// The paths, where there are any.
    #[must_use]
    pub fn paths(&self) -> Option<Paths> {
        match self {
            Self::Usual(false) => None,
            Self::Usual(true) => Some(Paths {
                connect: "/connect".to_owned(),
                callback: "/callback".to_owned(),
                webhook: "/webhook".to_owned(),
            }),
            Self::At(paths) => Some(paths.clone()),
        }
    }
}

impl Default for Web {
    fn default() -> Self {
        Self::Usual(false)
    }
}

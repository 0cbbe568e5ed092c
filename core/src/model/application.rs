//! Who is asking: the application's credentials.

use core::fmt;

use super::Secret;

/// An application's credentials. They decide the flow; there is no flag beside them.
///
/// Nothing is checked here; the client's constructor does that, with the environment at hand.
#[derive(Clone)]
pub struct Application {
    pub(crate) id: String,
    pub(crate) credentials: Credentials,
}

#[derive(Clone)]
pub(crate) enum Credentials {
    Confidential {
        secret: Secret,
        previous: Option<Secret>,
    },
    Public,
}

impl Application {
    /// An application with a secret: the code flow, right for every server.
    pub fn confidential(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        let credentials = Credentials::Confidential {
            secret: secret.into(),
            previous: None,
        };
        Self {
            id: id.into(),
            credentials,
        }
    }

    /// The same while its secret is being rotated: sellers who left for Square under the previous
    /// secret still come back to the new one. The previous secret is only ever used to read their
    /// pending values; nothing is sent under it.
    pub fn confidential_rotating(
        id: impl Into<String>,
        secret: impl Into<Secret>,
        previous_secret: impl Into<Secret>,
    ) -> Self {
        let previous = Some(previous_secret.into());
        let credentials = Credentials::Confidential {
            secret: secret.into(),
            previous,
        };
        Self {
            id: id.into(),
            credentials,
        }
    }

    /// An application without a secret: the PKCE flow. Its refresh tokens are good for one use and
    /// 90 days, it cannot revoke, and its pending values must stay on the server.
    pub fn public(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            credentials: Credentials::Public,
        }
    }
}

impl Credentials {
    pub(crate) fn secret(&self) -> Option<&Secret> {
        match self {
            Self::Confidential { secret, .. } => Some(secret),
            Self::Public => None,
        }
    }

    pub(crate) fn previous(&self) -> Option<&Secret> {
        match self {
            Self::Confidential { previous, .. } => previous.as_ref(),
            Self::Public => None,
        }
    }
}

/// The ID is left out: it is not checked yet, and people do put the secret in its place.
impl fmt::Debug for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.credentials {
            Credentials::Confidential { .. } => "Application::confidential([redacted])",
            Credentials::Public => "Application::public([redacted])",
        })
    }
}

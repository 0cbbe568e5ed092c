//! Who is asking: the application's credentials.

use core::fmt;

use crate::{live::Live, secret::Secret};

/// An application's credentials. They decide the flow; there is no flag beside them.
#[derive(uniffi::Object)]
#[uniffi::export(Debug, Display)]
pub struct Application {
    pub(crate) inner: square_oauth::Application,
    _live: Live,
}

#[uniffi::export]
impl Application {
    /// Name an application that has a secret: the code flow, right for every server.
    #[uniffi::constructor]
    #[must_use]
    pub fn confidential(id: String, secret: &Secret) -> Self {
        square_oauth::Application::confidential(id, &secret.inner).into()
    }

    /// Name one whose secret is being rotated: sellers who left under the previous secret still
    /// come back to the new one. Nothing is sent under the previous secret.
    #[uniffi::constructor]
    #[must_use]
    pub fn confidential_rotating(id: String, secret: &Secret, previous_secret: &Secret) -> Self {
        square_oauth::Application::confidential_rotating(id, &secret.inner, &previous_secret.inner)
            .into()
    }

    /// Name an application that has no secret: the PKCE flow. Its refresh tokens are good for one
    /// use and 90 days, it cannot revoke, and its pending values must stay on the server.
    #[uniffi::constructor]
    #[must_use]
    pub fn public(id: String) -> Self {
        square_oauth::Application::public(id).into()
    }
}

impl From<square_oauth::Application> for Application {
    fn from(inner: square_oauth::Application) -> Self {
        Self {
            inner,
            _live: Live::new(),
        }
    }
}

impl fmt::Debug for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

impl fmt::Display for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

//! What has become of a seller's return.

use core::fmt;
use std::sync::Arc;

use square_oauth::web;

use super::{WebAnswer, WebResponse};
use crate::{live::Live, tokens::Tokens};

/// What has become of a seller's return.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum Returned {
    /// Nobody was connected: this is the answer.
    Answer {
        /// What to send.
        answer: WebAnswer,
    },
    /// A seller is connected: store the tokens, then answer.
    Connected {
        /// Their tokens, and both answers.
        connected: Arc<Connected>,
    },
}

/// A seller is connected. The answer depends on whether their tokens could be stored.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct Connected {
    inner: web::Connected,
    _live: Live,
}

#[uniffi::export]
impl Connected {
    /// Give the seller's tokens. The same seller may come twice, by a second click or in two tabs: put
    /// the new ones in place of the old, and start nothing a second time.
    #[must_use]
    pub fn tokens(&self) -> Arc<Tokens> {
        Arc::new(self.inner.tokens().clone().into())
    }

    /// Answer when the tokens are stored: send the seller on.
    #[must_use]
    pub fn stored(&self) -> Arc<WebResponse> {
        WebResponse::shared(self.inner.clone().stored())
    }

    /// Answer when the tokens could not be stored: the seller reads that it is yours to repair. Keep the
    /// tokens by other means, or revoke them: Square holds the seller for connected.
    #[must_use]
    pub fn failed(&self) -> Arc<WebResponse> {
        WebResponse::shared(self.inner.clone().failed())
    }
}

impl From<web::Returned> for Returned {
    fn from(returned: web::Returned) -> Self {
        match returned {
            web::Returned::Answer(answer) => Self::Answer {
                answer: answer.into(),
            },
            web::Returned::Connected(inner) => Self::Connected {
                connected: Arc::new(Connected {
                    inner,
                    _live: Live::new(),
                }),
            },
        }
    }
}

impl fmt::Debug for Connected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

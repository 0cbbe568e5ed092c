//! The bytes of an answer.

use core::{fmt, ops::Deref};

use zeroize::Zeroizing;

use super::MAX_BODY;

/// The body of an answer: at most [`MAX_BODY`]` + 1` bytes, zeroed when dropped.
#[derive(Clone, Default)]
pub struct Body(Zeroizing<Vec<u8>>);

impl Body {
    /// An empty body with room for what the answer announced, if it did.
    #[must_use]
    pub fn for_length(announced: Option<u64>) -> Self {
        let announced = announced.and_then(|length| usize::try_from(length).ok());
        let room = announced.unwrap_or(4096).min(MAX_BODY + 1);
        Self(Zeroizing::new(Vec::with_capacity(room)))
    }

    /// Takes what has come, and says whether more is wanted: beyond [`MAX_BODY`] nothing is read.
    pub fn append(&mut self, chunk: &[u8]) -> bool {
        let room = (MAX_BODY + 1).saturating_sub(self.0.len());
        let chunk = chunk.get(..room).unwrap_or(chunk);
        if self.0.capacity() - self.0.len() < chunk.len() {
            // Growing by hand: `Vec` would leave the smaller block behind with its content.
            let mut larger = Zeroizing::new(Vec::with_capacity((self.0.len() + chunk.len()) * 2));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(chunk);
        self.0.len() <= MAX_BODY
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl Deref for Body {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}

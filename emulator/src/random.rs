//! Seeded randomness: the same seed and the same calls give the same codes, tokens and ids.
//!
//! Nothing here is secret from whoever runs the emulator, and nothing here may be used outside it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use sha2::{Digest, Sha256};

pub(crate) struct Random(ChaCha8Rng);

impl Random {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// Randomness that depends on `label` alone: for what must stay the same from start to start,
    /// such as an application's secret.
    pub(crate) fn of_label(label: &str) -> Self {
        Self(ChaCha8Rng::from_seed(
            Sha256::digest(label.as_bytes()).into(),
        ))
    }

    /// `prefix` and then `length` characters of base64url.
    pub(crate) fn credential(&mut self, prefix: &str, length: usize) -> String {
        let mut bytes = vec![0; length.saturating_mul(3).div_ceil(4)];
        self.0.fill_bytes(&mut bytes);
        let tail = URL_SAFE_NO_PAD.encode(&bytes);
        prefix.chars().chain(tail.chars().take(length)).collect()
    }

    /// `prefix` and then `length` capital letters and digits.
    pub(crate) fn capitals(&mut self, prefix: &str, length: usize) -> String {
        const ALPHABET: &[u8; 32] = b"ABCDEFGHJKMNPQRSTVWXYZ0123456789";
        let mut text = prefix.to_owned();
        for _ in 0..length {
            let at = usize::try_from(self.0.next_u32() % 32).unwrap_or(0);
            text.push(char::from(ALPHABET.get(at).copied().unwrap_or(b'A')));
        }
        text
    }

    /// A random (version 4) UUID.
    pub(crate) fn uuid(&mut self) -> String {
        let mut bytes = [0; 16];
        self.0.fill_bytes(&mut bytes);
        let value =
            u128::from_be_bytes(bytes) & !(0xf << 76) & !(0x3 << 62) | (4 << 76) | (2 << 62);
        let hex = format!("{value:032x}");
        let mut text = String::with_capacity(36);
        for (at, digit) in hex.chars().enumerate() {
            if matches!(at, 8 | 12 | 16 | 20) {
                text.push('-');
            }
            text.push(digit);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_same_seed_gives_the_same_ids_and_another_seed_others() {
        let draw = |seed| Random::seeded(seed).credential("EAAA", 60);
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        assert_eq!(draw(7).len(), 64);
    }

    #[test]
    fn a_uuid_has_version_four_and_the_rfc_variant() {
        let uuid = Random::seeded(1).uuid();
        assert_eq!(uuid.len(), 36);
        assert_eq!(uuid.as_bytes()[14], b'4');
        assert!(b"89ab".contains(&uuid.as_bytes()[19]));
    }
}

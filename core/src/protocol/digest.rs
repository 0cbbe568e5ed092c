//! The two digests that everything here is made of, each in one place: inlined where they are used
//! they would be a tenth of the WebAssembly build.

use hmac::{KeyInit, Mac, SimpleHmac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// 32 bytes that nobody else may learn as long as they are not compared; zeroed when dropped.
pub(crate) type Hash = Zeroizing<[u8; 32]>;

/// SHA-256 of the parts, one after the other.
#[inline(never)]
pub(crate) fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    Zeroizing::new(hash.finalize().into())
}

/// HMAC-SHA-256 of the parts, one after the other.
#[inline(never)]
pub(super) fn hmac(key: &[u8], parts: &[&[u8]]) -> Hash {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    let mut mac =
        SimpleHmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

/// Whether two are the same, in constant time.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// RFC 4231 section 4.3, and FIPS 180-2 appendix B.1; in one part and in several.
    #[test]
    fn they_are_those_of_the_standards() {
        let text = b"what do ya want for nothing?";
        let (head, tail) = text.split_at(9);
        let wanted = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hex(&*hmac(b"Jefe", &[text])), wanted);
        assert_eq!(hex(&*hmac(b"Jefe", &[head, tail])), wanted);
        let wanted = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex(&*sha256(&[b"abc"])), wanted);
        assert_eq!(hex(&*sha256(&[b"a", b"", b"bc"])), wanted);
    }

    #[test]
    fn only_the_same_bytes_are_the_same() {
        assert!(same(b"ab", b"ab"));
        assert!(!same(b"ab", b"ac") && !same(b"ab", b"abc"));
    }
}

//! Base64url without padding, RFC 4648 section 5. By hand, since the usual crate is half a kilobyte of the
//! WebAssembly build: it takes the same time whatever it reads and writes. Here 64 digits are one line of a
//! processor's cache, so that looking one up to write it tells nothing; and what is read has been where it could be
//! read as it is, in a browser or in a session of the server's.

use zeroize::Zeroizing;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes bytes, in one block.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let mut bits = 0;
        for byte in group {
            bits = bits << 8 | u32::from(*byte);
        }
        bits <<= 24 - 8 * group.len();
        // Of one byte two digits, of two three, of three four.
        for place in 0..=group.len() {
            let digit = DIGITS.get((bits >> (18 - 6 * place) & 63) as usize);
            text.push(char::from(digit.copied().unwrap_or_default()));
        }
    }
    text
}

/// Reads what can have been written so, in one block; anything else is none.
pub(crate) fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    for group in text.as_bytes().chunks(4) {
        let mut bits = 0;
        for digit in group {
            bits = bits << 6 | value(*digit)?;
        }
        let [_, read @ ..] = (bits << (24 - 6 * group.len())).to_be_bytes();
        // A digit more than there are bytes, and no bits beyond them.
        let (whole, beyond) = read.split_at(group.len() - 1);
        if whole.is_empty() || beyond.iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend_from_slice(whole);
    }
    Some(bytes)
}

/// The digit of base64 that stands for the same: RFC 4648 sections 4 and 5 differ in two.
pub(crate) const fn standard(digit: char) -> char {
    match digit {
        '-' => '+',
        '_' => '/',
        same => same,
    }
}

fn value(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64UrlUnpadded, Encoding};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_vectors_of_rfc_4648_section_10_without_their_padding() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(*decode(text).unwrap(), bytes.as_bytes());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn bytes_are_written_as_by_the_usual_crate(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let text = encode(&bytes);
            prop_assert_eq!(&text, &Base64UrlUnpadded::encode_string(&bytes));
            prop_assert_eq!(&*decode(&text).unwrap(), &bytes);
        }

        #[test]
        fn a_text_is_read_as_by_the_usual_crate(text in "[A-Za-z0-9_-]{0,12}[=+/A-Z\u{e9} -]{0,2}") {
            let usual = Base64UrlUnpadded::decode_vec(&text).ok();
            prop_assert_eq!(decode(&text).map(|bytes| bytes.to_vec()), usual, "{}", text);
        }
    }
}

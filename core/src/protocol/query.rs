//! The parameters of a query, as the URL standard's form decoding reads them, each in one block
//! that is zeroed: codes and states are among them, and a general decoder leaves copies behind.

use core::char::REPLACEMENT_CHARACTER;

use zeroize::Zeroizing;

/// Names and values, in their order.
pub(crate) fn pairs(
    query: &str,
) -> impl Iterator<Item = (Zeroizing<String>, Zeroizing<String>)> + '_ {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts.map(|part| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (decode(name), decode(value))
    })
}

/// One name or value.
pub(crate) fn decode(text: &str) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, after) = match (first, after) {
            (b'+', _) => (b' ', after),
            (b'%', [high, low, later @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, later),
                _ => (b'%', after),
            },
            _ => (*first, after),
        };
        bytes.push(byte);
        rest = after;
    }
    // What is no text becomes a replacement character, which is three bytes long.
    let mut decoded = Zeroizing::new(String::with_capacity(bytes.len() * 3));
    for chunk in bytes.utf8_chunks() {
        decoded.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            decoded.push(REPLACEMENT_CHARACTER);
        }
    }
    decoded
}

/// Appends a text as the URL standard's form encoding writes it.
pub(crate) fn encode(text: &str, into: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        match byte {
            b' ' => into.push('+'),
            b'*' | b'-' | b'.' | b'_' => into.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => into.push(char::from(byte)),
            _ => {
                into.push('%');
                for half in [byte >> 4, byte & 15] {
                    let digit = DIGITS.get(usize::from(half)).copied();
                    into.push(digit.map_or('0', char::from));
                }
            }
        }
    }
}

fn digit(byte: u8) -> Option<u8> {
    let value = char::from(byte).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_query_is_read_as_by_the_usual_decoder(
            query in "([a-c&=+%?]|%[0-9a-fA-F]{2}|%[89ef][0-9a-f]|\u{e9}|\u{20ac}){0,24}",
        ) {
            let usual: Vec<_> = form_urlencoded::parse(query.as_bytes())
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect();
            let ours: Vec<_> = super::pairs(&query)
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect();
            prop_assert_eq!(ours, usual);
        }

        #[test]
        fn a_text_is_written_as_by_the_usual_encoder(text in any::<String>()) {
            let mut ours = String::new();
            super::encode(&text, &mut ours);
            let usual: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
            prop_assert_eq!(ours, usual);
        }
    }
}

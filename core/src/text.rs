//! Numbers into texts and out of them, by hand: the machinery that `format!` and `parse` bring is
//! 3 KiB of the WebAssembly build, so nothing on the way of a call uses it.

/// A number in decimal.
pub(crate) fn decimal(number: u64) -> String {
    let mut text = String::new();
    push_decimal(&mut text, number);
    text
}

fn push_decimal(text: &mut String, number: u64) {
    if number >= 10 {
        push_decimal(text, number / 10);
    }
    text.push(char::from(
        b'0' + u8::try_from(number % 10).unwrap_or_default(),
    ));
}

/// A number of decimal digits alone.
pub(crate) fn number(text: &str) -> Option<i64> {
    digits(text, 10)
}

/// A number of hexadecimal digits alone.
pub(crate) fn hexadecimal(text: &str) -> Option<u32> {
    u32::try_from(digits(text, 16)?).ok()
}

fn digits(text: &str, radix: u32) -> Option<i64> {
    let start = (!text.is_empty()).then_some(0_i64);
    text.chars().fold(start, |number, c| {
        let number = number?.checked_mul(radix.into())?;
        number.checked_add(c.to_digit(radix)?.into())
    })
}

/// Whether a text holds a piece. `str::contains` is quicker on long texts, and 3 KiB of WebAssembly.
pub(crate) fn has(text: &str, piece: &str) -> bool {
    let mut windows = text.as_bytes().windows(piece.len().max(1));
    windows.any(|window| window == piece.as_bytes())
}

/// How many letters have to be put in, left out or exchanged to make one text of the other, both of
/// them ASCII: Levenshtein's distance.
pub(crate) fn distance(one: &str, other: &str) -> usize {
    // Of the table of all beginnings the row of the last one.
    let mut row: Vec<_> = (1..=other.len()).collect();
    for (at, letter) in one.bytes().enumerate() {
        let (mut diagonal, mut left) = (at, at + 1);
        for (above, other) in row.iter_mut().zip(other.bytes()) {
            let exchanged = diagonal + usize::from(letter != other);
            diagonal = *above;
            left = exchanged.min(left + 1).min(*above + 1);
            *above = left;
        }
    }
    row.last().copied().unwrap_or(one.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn distances_are_those_of_the_usual_crate(one in "[a-c]{0,6}", other in "[a-c]{0,6}") {
            prop_assert_eq!(distance(&one, &other), strsim::levenshtein(&one, &other));
        }
    }

    #[test]
    fn a_number_is_written_as_everybody_does() {
        for number in [0, 7, 10, 99, 100, 1_234_567_890, u64::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }

    #[test]
    fn a_number_is_read_from_digits_alone() {
        assert_eq!(number("0012"), Some(12));
        assert_eq!(number("9223372036854775807"), Some(i64::MAX));
        assert_eq!(hexadecimal("fFfF"), Some(0xffff));
        for text in [
            "",
            "+1",
            "-1",
            " 1",
            "1 ",
            "a",
            "\u{661}",
            "9223372036854775808",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
        for text in ["", "+f", "g", "100000000"] {
            assert_eq!(hexadecimal(text), None, "{text}");
        }
    }
}

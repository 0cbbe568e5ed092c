//! What the standard library and wasm-bindgen would say in a panic. Once the panics are snipped nobody
//! says it any more, but it still lies in the module: a hundredth of the download.

use walrus::Module;

const SAID: [&str; 30] = [
    "slice index starts at ",
    " but ends at ",
    "index out of bounds: the len is ",
    " but the index is ",
    "range start index ",
    "range end index ",
    " out of range for slice of length ",
    "copy_from_slice: source slice length (",
    ") does not match destination slice length (",
    "mid > len",
    "capacity overflow",
    "attempt to join into collection with len > usize::MAX",
    "Tried to shrink to a larger capacity",
    "overflow in Duration::new",
    "overflow when multiplying duration by scalar",
    "to_digit: invalid radix -- radix must be in the range 2 to 36 inclusive",
    "a Display implementation returned an error unexpectedly",
    "a formatting trait implementation returned an error when the underlying stream did not",
    "called `Option::unwrap()` on a `None` value",
    "called `Result::unwrap_throw()` on an `Err` value",
    "`async fn` resumed after completion",
    "RefCell already mutably borrowed",
    "RefCell already borrowed",
    "internal error: entered unreachable code",
    "cannot access a Thread Local Storage value during or after destruction: ",
    "AccessError",
    "invalid enum value passed",
    "null pointer passed to rust",
    "attempted to take ownership of Rust value while it was borrowed",
    "recursive use of an object detected which would lead to unsafe aliasing in rust",
];

/// The digits of the numbers in those texts, two at a time.
fn digits() -> String {
    (0..100).map(|number| format!("{number:02}")).collect()
}

/// Blanks them; says how many there were.
pub(crate) fn blank(module: &mut Module) -> usize {
    let digits = digits();
    let said = SAID.iter().copied().chain([digits.as_str()]);
    let said: Vec<&[u8]> = said.map(str::as_bytes).collect();
    let mut blanked = 0;
    let segments: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for id in segments {
        for text in &said {
            blanked += blank_in(&mut module.data.get_mut(id).value, text);
        }
    }
    blanked
}

fn blank_in(bytes: &mut [u8], text: &[u8]) -> usize {
    let mut blanked = 0;
    let mut from = 0;
    while let Some(rest) = bytes.get_mut(from..) {
        let Some(at) = rest.windows(text.len()).position(|window| window == text) else {
            break;
        };
        if let Some(found) = rest.get_mut(at..at + text.len()) {
            found.fill(0);
        }
        blanked += 1;
        from += at + text.len();
    }
    blanked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_blanked_wherever_it_is_and_nothing_else() {
        let mut bytes = b"a mid > len, mid > le mid > len".to_vec();
        assert_eq!(blank_in(&mut bytes, b"mid > len"), 2);
        assert_eq!(bytes, b"a \0\0\0\0\0\0\0\0\0, mid > le \0\0\0\0\0\0\0\0\0");
    }
}

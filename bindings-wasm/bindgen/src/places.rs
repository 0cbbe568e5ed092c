//! Where a panic would have happened: file, line and column, of which nobody can read any more once the panics
//! themselves are snipped. A twentieth of the download.

use walrus::{ConstExpr, DataKind, Module, ir::Value};

/// What the compiler stores for a place: the address and the length of the file's name, line and column.
const SIZE: usize = 16;

/// Blanks the places and the names of their files; says how many places there were.
pub(crate) fn blank(module: &mut Module) -> usize {
    let mut blanked = 0;
    let segments: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for id in segments {
        let data = module.data.get_mut(id);
        if let DataKind::Active {
            offset: ConstExpr::Value(Value::I32(start)),
            ..
        } = data.kind
        {
            blanked += in_segment(usize::try_from(start).unwrap_or_default(), &mut data.value);
        }
    }
    blanked
}

fn in_segment(start: usize, bytes: &mut [u8]) -> usize {
    let mut names = Vec::new();
    let mut places = Vec::new();
    let first = start.next_multiple_of(4) - start;
    for at in (first..bytes.len()).step_by(4) {
        let Some(name) = place(start, bytes, at) else {
            continue;
        };
        names.push(name);
        places.push(at);
    }
    let ranges = places.iter().map(|at| *at..*at + SIZE).chain(names);
    for range in ranges {
        if let Some(range) = bytes.get_mut(range) {
            range.fill(0);
        }
    }
    places.len()
}

/// The file's name, as a range of the segment, if a place stands here.
fn place(start: usize, bytes: &[u8], at: usize) -> Option<core::ops::Range<usize>> {
    let word = |index: usize| {
        let word = bytes.get(at + index * 4..at + index * 4 + 4)?;
        let word = u32::from_le_bytes(word.try_into().ok()?);
        usize::try_from(word).ok()
    };
    let (address, length, line, column) = (word(0)?, word(1)?, word(2)?, word(3)?);
    let from = address.checked_sub(start)?;
    let name = bytes.get(from..from.checked_add(length)?)?;
    let is_place = name.ends_with(b".rs")
        && name.iter().all(u8::is_ascii_graphic)
        && (1..200).contains(&length)
        && (1..100_000).contains(&line)
        && (1..10_000).contains(&column);
    is_place.then_some(from..from + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_and_its_file_are_blanked_and_nothing_else() {
        let mut bytes = b"before src/lib.rs after ".to_vec();
        for word in [1024 + 7, 10, 12, 5] {
            bytes.extend(u32::to_le_bytes(word));
        }
        bytes.extend(b"rest");
        let mut wanted = bytes.clone();
        wanted[7..17].fill(0);
        wanted[24..40].fill(0);
        assert_eq!(in_segment(1024, &mut bytes), 1);
        assert_eq!(bytes, wanted);
    }

    #[test]
    fn what_only_looks_like_one_stays() {
        for words in [
            [1024, 6, 12, 5],
            [1024, 10, 0, 5],
            [9, 10, 12, 5],
            [1024, 1000, 12, 5],
        ] {
            let mut bytes = b"src/lib.rs  ".to_vec();
            bytes.extend(words.into_iter().flat_map(u32::to_le_bytes));
            let before = bytes.clone();
            assert_eq!(in_segment(1024, &mut bytes), 0, "{words:?}");
            assert_eq!(bytes, before);
        }
    }
}

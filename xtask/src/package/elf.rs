//! What a library for Linux says of itself: for which machine it is, and which other libraries it asks for.

use std::{fs, path::Path};

/// Numbers of the format's own, as its specification has them.
const MAGIC: &[u8] = b"\x7fELF\x02\x01";
const SYMBOLS: u64 = 2;
const DYNAMIC: u64 = 6;
const NEEDED: u64 = 1;

/// A library of 64 bits, lowest byte first, as all are that we build.
#[derive(Debug)]
pub(crate) struct Elf {
    bytes: Vec<u8>,
}

/// The part of a section's header that is of use here.
#[derive(Clone, Copy, Debug)]
struct Section {
    kind: u64,
    offset: usize,
    size: usize,
    /// The section that has its texts.
    link: usize,
}

impl Elf {
    pub(crate) fn read(file: &Path) -> Result<Self, String> {
        let bytes = fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
        match bytes.starts_with(MAGIC) {
            true => Ok(Self { bytes }),
            false => Err(format!("{} is no library of 64 bits", file.display())),
        }
    }

    /// The number of the processor: 62 is x86_64, 183 is aarch64.
    pub(crate) fn machine(&self) -> Option<u64> {
        self.number(18, 2)
    }

    /// Whether it has names for what nobody outside can call.
    pub(crate) fn has_symbols(&self) -> bool {
        self.sections().iter().any(|one| one.kind == SYMBOLS)
    }

    /// The libraries that must be there for it to be loaded.
    pub(crate) fn needs(&self) -> Vec<String> {
        let sections = self.sections();
        let dynamic = sections.iter().find(|one| one.kind == DYNAMIC);
        let Some((dynamic, names)) = dynamic.and_then(|d| Some((d, sections.get(d.link)?))) else {
            return Vec::new();
        };
        let entries = (dynamic.offset..dynamic.offset + dynamic.size).step_by(16);
        let needed = entries.filter(|at| self.number(*at, 8) == Some(NEEDED));
        let names = needed.filter_map(|at| self.text(names.offset + self.size(at + 8, 8)?));
        names.collect()
    }

    fn sections(&self) -> Vec<Section> {
        let table = (self.size(40, 8), self.size(58, 2), self.size(60, 2));
        let (Some(start), Some(size), Some(count)) = table else {
            return Vec::new();
        };
        let headers = (0..count).map(|number| start + number * size);
        let read = |at: usize| {
            Some(Section {
                kind: self.number(at + 4, 4)?,
                offset: self.size(at + 24, 8)?,
                size: self.size(at + 32, 8)?,
                link: self.size(at + 40, 4)?,
            })
        };
        headers.filter_map(read).collect()
    }

    fn text(&self, at: usize) -> Option<String> {
        let rest = self.bytes.get(at..)?;
        let text = rest.split(|byte| *byte == 0).next()?;
        Some(String::from_utf8_lossy(text).into_owned())
    }

    fn size(&self, at: usize, length: usize) -> Option<usize> {
        usize::try_from(self.number(at, length)?).ok()
    }

    fn number(&self, at: usize, length: usize) -> Option<u64> {
        let bytes = self.bytes.get(at..at + length)?.iter().rev();
        Some(bytes.fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
    }
}

#[cfg(all(test, target_os = "linux", target_pointer_width = "64"))]
mod tests {
    use super::Elf;

    #[test]
    fn this_very_program_is_read() {
        let program = Elf::read(&std::env::current_exe().unwrap()).unwrap();
        let machine = if cfg!(target_arch = "x86_64") {
            62
        } else {
            183
        };
        assert_eq!(program.machine(), Some(machine));
        let needs = program.needs();
        assert!(
            needs.iter().any(|name| name.starts_with("libc.")),
            "{needs:?}"
        );
        assert!(program.has_symbols());
    }

    #[test]
    fn a_file_that_ends_too_early_has_nothing() {
        let bytes = super::MAGIC.to_vec();
        let cut = Elf { bytes };
        assert_eq!((cut.machine(), cut.needs().len()), (None, 0));
    }
}

//! What an edge worker downloads, and which crate it comes from.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use super::package;
use crate::context::Context;

/// What a worker downloads: module and entry, packed as they are sent, and the most of both together.
/// That of the client is 52 KiB.
const DOWNLOADS: [(&str, &str, usize); 2] = [
    ("square_oauth.wasm", "workerd.js", 53_248),
    ("square_oauth_web.wasm", "workerd-web.js", 67_600),
];

pub(super) fn judge(context: &Context, package: &Path) -> Result<(), String> {
    table(context)?;
    for (module, entry, most) in DOWNLOADS {
        let (of_module, of_entry) = (
            packed(&package.join(module))?,
            packed(&package.join(entry))?,
        );
        let sum = of_module + of_entry;
        println!(
            "  an edge worker's download: {module} {of_module} + {entry} {of_entry} = {sum} bytes, of {most}"
        );
        if sum > most {
            return Err(format!(
                "{module} and {entry}: {sum} bytes, but {most} are the most"
            ));
        }
    }
    Ok(())
}

/// `gzip -9`, which everything on the way understands.
fn packed(file: &Path) -> Result<usize, String> {
    let bytes = fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let mut gzip = Command::new("gzip");
    gzip.args(["-9", "-n", "-c"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = gzip.spawn().map_err(|e| format!("gzip: {e}"))?;
    let input = child.stdin.take();
    let writer = std::thread::spawn(move || input.map(|mut input| input.write_all(&bytes)));
    let output = child.wait_with_output().map_err(|e| format!("gzip: {e}"))?;
    let _ = writer.join();
    Ok(output.stdout.len())
}

/// The module before it is optimized, by the names that its functions still have there.
fn table(context: &Context) -> Result<(), String> {
    let folder = context.target().join("npm/names");
    package::module(context, &folder, "", package::DOWNLOADED, &["--names"])?;
    let bytes = fs::read(folder.join("square_oauth_bg.wasm")).map_err(|e| e.to_string())?;
    let functions = functions(&bytes).ok_or("the module cannot be read")?;
    let mut crates: BTreeMap<String, usize> = BTreeMap::new();
    for (name, size) in &functions {
        *crates.entry(of_crate(name).to_owned()).or_default() += size;
    }
    let mut rows: Vec<_> = crates.into_iter().collect();
    rows.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    println!("  code before it is optimized and packed, in bytes:");
    for (name, size) in rows.iter().take(16) {
        println!("  {size:>8}  {name}");
    }
    let rest: usize = rows.iter().skip(16).map(|(_, size)| size).sum();
    println!("  {rest:>8}  {} more", rows.len().saturating_sub(16));
    Ok(())
}

/// The crate that a function's demangled name begins with.
fn of_crate(name: &str) -> &str {
    let name = name.trim_start_matches(['<', '&', '(', '*']);
    let name = name.trim_start_matches("mut ").trim_start_matches("dyn ");
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_');
    let (word, rest) = name.split_at(end.unwrap_or(name.len()));
    match rest.starts_with("::") || rest.starts_with('[') {
        true => word,
        false => "exports and what has no crate",
    }
}

/// The names and sizes of a module's own functions.
fn functions(module: &[u8]) -> Option<Vec<(String, usize)>> {
    let mut sections = Reader(module.get(8..)?);
    let (mut imported, mut sizes, mut names) = (0, Vec::new(), BTreeMap::new());
    while !sections.0.is_empty() {
        let (id, length) = (sections.byte()?, sections.number()?);
        let mut section = Reader(sections.bytes(length)?);
        match id {
            0 if section.text()? == "name" => names = function_names(section)?,
            2 => imported = imported_functions(section)?,
            10 => {
                for _ in 0..section.number()? {
                    let size = section.number()?;
                    section.bytes(size)?;
                    sizes.push(size);
                }
            }
            _ => {}
        }
    }
    let named = sizes.into_iter().enumerate().map(|(at, size)| {
        let name = names.get(&(at + imported)).cloned();
        (name.unwrap_or_default(), size)
    });
    Some(named.collect())
}

fn function_names(mut section: Reader<'_>) -> Option<BTreeMap<usize, String>> {
    let mut names = BTreeMap::new();
    while !section.0.is_empty() {
        let (id, length) = (section.byte()?, section.number()?);
        let mut part = Reader(section.bytes(length)?);
        if id == 1 {
            for _ in 0..part.number()? {
                names.insert(part.number()?, part.text()?);
            }
        }
    }
    Some(names)
}

fn imported_functions(mut section: Reader<'_>) -> Option<usize> {
    let mut count = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        match section.byte()? {
            0 => {
                section.number()?;
                count += 1;
            }
            // The glue brings functions and tables, and nothing else.
            1 => {
                section.byte()?;
                let has_most = section.byte()? & 1 == 1;
                section.number()?;
                if has_most {
                    section.number()?;
                }
            }
            _ => return None,
        }
    }
    Some(count)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()?;
        String::from_utf8(self.bytes(length)?.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_the_crate_that_its_name_begins_with() {
        for (name, owner) in [
            (
                "square_oauth::protocol::pending::open::h12ab",
                "square_oauth",
            ),
            (
                "<&str as core[c5930c85]::fmt::Debug>::fmt",
                "exports and what has no crate",
            ),
            (
                "<alloc::string::String as core::fmt::Write>::write_str",
                "alloc",
            ),
            ("core[c5930c85]::fmt::write", "core"),
            ("client_check", "exports and what has no crate"),
        ] {
            assert_eq!(of_crate(name), owner, "{name}");
        }
    }

    #[test]
    fn the_functions_of_a_module_are_found_with_their_names() {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        // One imported function, one own of three bytes, and the names of both.
        module.extend([2, 6, 1, 1, b'a', 1, b'b', 0]);
        module.push(0);
        module.extend([10, 5, 1, 3, 1, 2, 3]);
        let names = [1, 9, 2, 0, 2, b'i', b'm', 1, 2, b'm', b'e'];
        module.extend([0, 5 + 11, 4]);
        module.extend(b"name");
        module.extend(names);
        // The import's length counts its type.
        if let Some(length) = module.get_mut(9) {
            *length = 7;
        }
        assert_eq!(functions(&module), Some(vec![("me".to_owned(), 3)]));
    }
}

//! Makes every Rust snippet of the README and of this folder's pages a doc test.
//!
//! A new page is added by a line below; a test fails when one is missing. Blocks in other
//! languages are parsed where there is a grammar to parse them by; programs in Python and
//! JavaScript are run by `cargo xtask test emulator-packages npm-examples python-web`, on the pages
//! that these parts read.
#![forbid(unsafe_code)]

#[cfg(doctest)]
macro_rules! pages {
    ($($page:ident: $path:literal,)*) => {
        $(#[doc = include_str!($path)] pub mod $page {})*
    };
}

#[cfg(doctest)]
pages! {
    readme: "../README.md",
    errors: "errors.md",
    javascript: "javascript.md",
    logging: "logging.md",
    python: "python.md",
    testing_with_the_emulator: "testing-with-the-emulator.md",
    web_handlers: "web-handlers.md",
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    /// One fenced block: the line it starts at, its language, its text.
    type Block = (usize, String, String);

    /// The pages whose programs are run, from the installed packages.
    const RUN: [(&str, &str); 6] = [
        ("../README.md", "javascript"),
        ("../README.md", "python"),
        ("javascript.md", "javascript"),
        ("python.md", "python"),
        ("testing-with-the-emulator.md", "javascript"),
        ("testing-with-the-emulator.md", "python"),
    ];

    #[test]
    fn every_page_is_included() {
        let source = include_str!("lib.rs");
        for page in pages() {
            assert!(
                source.contains(&format!("{page:?},")),
                "{page} is not in docs/lib.rs"
            );
        }
    }

    #[test]
    fn every_block_is_in_a_language_that_is_checked() {
        for page in pages() {
            for (line, language, text) in blocks(&read(&page)) {
                let is_run = RUN.contains(&(page.as_str(), language.as_str()));
                if let Err(problem) =
                    check(&language, &text).or_else(|e| is_run.then_some(()).ok_or(e))
                {
                    panic!("{page}, block at line {line}: {problem}");
                }
            }
        }
    }

    #[test]
    fn a_block_that_cannot_be_checked_is_refused() {
        assert!(check("rust,no_run", "fn a() {}").is_ok());
        assert!(check("json", "{\"a\": 1}").is_ok() && check("toml", "a = 1").is_ok());
        assert!(check("json", "{").is_err() && check("toml", "a =").is_err());
        assert!(check("", "a").is_err() && check("rust,ignore", "fn a() {}").is_err());
    }

    #[test]
    fn blocks_are_found_wherever_they_stand() {
        let page = "a\n```rust\nx\n```\n- b\n  ~~~~json\n  1\n  ~~~~\n````text\n```\n````\n";
        let block = |at, name: &str, text: &str| (at, name.to_owned(), text.to_owned());
        assert_eq!(
            blocks(page),
            [
                block(2, "rust", "x\n"),
                block(6, "json", "  1\n"),
                block(9, "text", "```\n")
            ]
        );
    }

    /// Relative to this folder.
    fn pages() -> Vec<String> {
        let folder = fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap();
        let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut pages: Vec<_> = names.filter(|name| name.ends_with(".md")).collect();
        pages.push("../README.md".to_owned());
        pages
    }

    fn read(page: &str) -> String {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap()
    }

    fn blocks(page: &str) -> Vec<Block> {
        let mut found = Vec::new();
        let mut open: Option<(String, Block)> = None;
        for (number, line) in page.lines().enumerate() {
            let fence: String = line
                .trim_start()
                .chars()
                .take_while(|c| matches!(c, '`' | '~'))
                .collect();
            match &mut open {
                Some((opened, _)) if line.trim() == opened => {
                    found.extend(open.take().map(|o| o.1))
                }
                Some((_, (_, _, text))) => *text += &format!("{line}\n"),
                None if fence.len() >= 3 => {
                    let language = line
                        .trim_start()
                        .trim_start_matches(['`', '~'])
                        .trim()
                        .to_owned();
                    open = Some((fence, (number + 1, language, String::new())));
                }
                None => {}
            }
        }
        assert!(open.is_none(), "a block is not closed");
        found
    }

    /// Rust blocks are compiled as doc tests; here it is made sure that none is left out.
    fn check(language: &str, text: &str) -> Result<(), String> {
        let mut words = language.split(',').map(str::trim);
        match words.next() {
            Some("rust") if words.any(|word| word.starts_with("ignore")) => {
                Err("is ignored, so nothing compiles it".to_owned())
            }
            Some("rust" | "console" | "sh" | "text") => Ok(()),
            Some("json") => serde_json::from_str::<serde_json::Value>(text)
                .map(drop)
                .map_err(|e| e.to_string()),
            Some("toml") => toml::from_str::<toml::Table>(text)
                .map(drop)
                .map_err(|e| e.to_string()),
            _ => Err(format!("`{language}` is not a language that is checked")),
        }
    }
}

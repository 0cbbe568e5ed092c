//! What both packages hold beside the binary: the page, the licences, the notice.

use std::path::Path;

use super::{PROGRAM, TARGET, copy, write};
use crate::{context::Context, emulator::snippets, package::third_party};

const SOURCE: &str = "emulator/packages";

/// What differs between the two pages.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) language: &'static str,
    /// The language's name in the documentation's code blocks.
    pub(super) fence: &'static str,
    pub(super) install: &'static str,
    pub(super) command: &'static str,
    /// What becomes of it on another platform.
    pub(super) elsewhere: &'static str,
}

pub(super) fn stage(context: &Context, folder: &Path, words: &Words) -> Result<(), String> {
    let program = snippets::of(context, words.fence)?;
    let program = program.first().map_or("", String::as_str);
    let snippet = format!("```{}\n{program}```", words.fence);
    let page = fill(
        &context.read(&format!("{SOURCE}/README.md"))?,
        &[
            ("language", words.language),
            ("install", words.install),
            ("command", words.command),
            ("elsewhere", words.elsewhere),
            ("snippet", &snippet),
        ],
    )?;
    write(&folder.join("README.md"), &page)?;
    write(
        &folder.join("THIRD-PARTY.txt"),
        &third_party::text(context, PROGRAM, &[TARGET])?,
    )?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        copy(&context.root.join(licence), &folder.join(licence))?;
    }
    let notice = context.root.join(SOURCE).join("NOTICE");
    copy(&notice, &folder.join("NOTICE"))
}

/// One of the files that the packages are made from.
pub(super) fn source(context: &Context, name: &str) -> Result<String, String> {
    context.read(&format!("{SOURCE}/{name}"))
}

/// Puts each value in place of its name in double braces; all of them must be there, and no other.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> Result<String, String> {
    let mut text = template.to_owned();
    for (name, value) in values {
        let place = format!("{{{{{name}}}}}");
        if !text.contains(&place) {
            return Err(format!("the template has no {place}"));
        }
        text = text.replace(&place, value);
    }
    match template.matches("{{").count() == values.len() {
        true => Ok(text),
        false => Err("the template has a place that nothing fills".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_template_is_filled_completely_or_not_at_all() {
        let values = [("a", "1"), ("b", "{{c}}")];
        assert_eq!(fill("x {{a}} {{b}}", &values).unwrap(), "x 1 {{c}}");
        assert!(fill("x {{a}}", &values).is_err());
        assert!(fill("x {{a}} {{b}} {{c}}", &values).is_err());
    }
}

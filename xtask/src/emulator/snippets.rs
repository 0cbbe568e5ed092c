//! The programs of the documentation's page, which the packages' own pages repeat.

use crate::context::Context;

const PAGE: &str = "docs/testing-with-the-emulator.md";

/// All blocks of one language, each a whole program.
pub(super) fn of(context: &Context, language: &str) -> Result<Vec<String>, String> {
    let found = blocks(&context.read(PAGE)?, language);
    match found.is_empty() {
        true => Err(format!("{PAGE} has no program in {language}")),
        false => Ok(found),
    }
}

fn blocks(page: &str, language: &str) -> Vec<String> {
    let opening = format!("\n```{language}\n");
    let blocks = page.split(&opening).skip(1);
    blocks
        .filter_map(|rest| rest.split_once("\n```"))
        .map(|(block, _)| format!("{block}\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn the_blocks_of_a_language_are_found_and_no_others() {
        let page = "a\n```python\nx\n\ny\n```\n```sh\nz\n```\n\n```python\nw\n```\n";
        assert_eq!(blocks(page, "python"), ["x\n\ny\n", "w\n"]);
        assert!(blocks(page, "javascript").is_empty());
    }
}

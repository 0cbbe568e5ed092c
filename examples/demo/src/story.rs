//! The transcript: chapters, steps, and what Square gets people wrong-footed with.

use std::io::{Write, stdout};

use crate::{failed::Failed, paint::Paint, world::parts};

/// Prints the story, and knows the step it is at.
#[derive(Debug, Default)]
pub(crate) struct Story {
    paint: Paint,
    chapter: usize,
    steps: usize,
    step: String,
}

/// How wide the names of steps are.
const COLUMN: usize = 34;
/// How wide the text beside them gets.
const WIDTH: usize = 76;

impl Story {
    pub(crate) fn title(&self, text: &str) {
        say(&self.paint.bold(text));
    }

    pub(crate) fn line(&self, name: &str, text: &str) {
        say(&format!("    {name:COLUMN$}{text}"));
    }

    pub(crate) fn chapter(&mut self, title: &str) {
        self.chapter += 1;
        let title = format!("{}. {title}", self.chapter);
        say(&format!("\n{}", self.paint.bold(&title)));
    }

    /// Says what comes next, so that a failure knows where it is.
    pub(crate) fn step(&mut self, name: &str) {
        name.clone_into(&mut self.step);
    }

    /// The step is as expected, and shows this.
    pub(crate) fn shows(&mut self, text: &str) {
        self.steps += 1;
        let mark = self.paint.green("✓");
        say(&format!("  {mark} {:COLUMN$}{text}", self.step));
    }

    /// The step is as expected, and shows an address, without its secrets.
    pub(crate) fn shows_address(&mut self, url: &str) {
        let (address, parameters) = parts(url);
        self.shows(address);
        for (name, value) in parameters {
            self.line(name, value);
        }
    }

    /// What Square gets people wrong-footed with here, and what the library makes of it.
    pub(crate) fn beware(&self, text: &str) {
        for line in wrap(text, WIDTH) {
            say(&format!("      {}", self.paint.faint(&line)));
        }
    }

    pub(crate) fn failed(&self, failed: &Failed) {
        say(&format!("  {} {}", self.paint.red("✗"), self.step));
        if !failed.expected.is_empty() {
            say(&format!("      expected {}", failed.expected));
        }
        say(&format!("      found    {}", failed.found));
    }

    pub(crate) fn steps(&self) -> usize {
        self.steps
    }
}

/// Somebody who reads only the beginning (`| head`) is no reason to fail.
pub(crate) fn say(line: &str) {
    drop(writeln!(stdout(), "{line}"));
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn long_texts_are_wrapped_between_words() {
        assert_eq!(wrap("a bc  def g", 4), ["a bc", "def", "g"]);
        assert_eq!(wrap("", 4), [""]);
    }
}

//! Reading TOML, and saying precisely what is wrong with it.

use super::{Config, ConfigError, nearest};

pub(super) fn read(text: &str) -> Result<Config, ConfigError> {
    let config: Config = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| line_at(text, span.start));
        let field = line.map(|line| key_in_line(text, line)).unwrap_or_default();
        ConfigError::new(field, explain(error.message())).at_line(line)
    })?;
    config.validate().map_err(|error| {
        let line = line_of_field(text, error.field());
        error.at_line(line)
    })?;
    Ok(config)
}

/// Shorten serde's list of everything possible to the one name that was probably meant.
pub(crate) fn explain(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let Some(wrong) = names.next() else {
        return message.to_owned();
    };
    if !message.starts_with("unknown ") {
        return message.to_owned();
    }
    let known: Vec<&str> = names.collect();
    let what = message.split('`').next().unwrap_or_default().trim_end();
    match nearest(wrong, known.iter().copied()) {
        Some(meant) => format!("{what} `{wrong}`, did you mean `{meant}`?"),
        None => format!("{what} `{wrong}`, known are {}", known.join(", ")),
    }
}

fn line_at(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().iter().take(offset);
    1 + before.filter(|byte| **byte == b'\n').count()
}

/// `key` in `key = value`; nothing where the line is of another kind.
fn key_in_line(text: &str, line: usize) -> String {
    let content = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    content
        .split_once('=')
        .map(|(key, _)| key.trim().to_owned())
        .unwrap_or_default()
}

/// The line that sets a field named like `applications[1].client_id`: the last part, in the table
/// that is so many-th of its name; the table's own line where the field is not set.
fn line_of_field(text: &str, field: &str) -> Option<usize> {
    let (table, key) = field.rsplit_once('.').unwrap_or(("", field));
    let (table, index) = match table.trim_end_matches(']').split_once('[') {
        Some((table, index)) => (table, index.parse().unwrap_or(0)),
        None => (table, 0),
    };
    let mut current = String::new();
    let mut seen = 0;
    let mut of_table = None;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            current = line.trim_matches(['[', ']', ' ']).to_owned();
            if current == table {
                seen += 1;
                if seen == index + 1 {
                    of_table = Some(number + 1);
                }
            }
        } else if current == table
            && (table.is_empty() || seen == index + 1)
            && line
                .split_once('=')
                .is_some_and(|(name, _)| name.trim() == key)
        {
            return Some(number + 1);
        }
    }
    of_table
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn error(text: &str) -> String {
        Config::from_toml(text).unwrap_err().to_string()
    }

    #[test]
    fn the_readmes_example_is_a_configuration() {
        let readme = include_str!("../../README.md");
        let example = readme
            .split("```toml\n")
            .nth(1)
            .unwrap()
            .split("```")
            .next()
            .unwrap();
        let config = Config::from_toml(example).unwrap();
        assert_eq!(config.applications.len(), 2);
        assert_eq!(config.sellers[0].locations[0].name, "Main Street");
    }

    #[test]
    fn an_empty_file_is_the_default_configuration() {
        let config = Config::from_toml("").unwrap();
        assert_eq!(config.applications.len(), 2);
        assert!(config.listen.ip().is_loopback());
    }

    #[test]
    fn an_unknown_field_is_named_with_its_line_and_the_nearest_real_one() {
        let text =
            "seed = 1\n\n[[applications]]\nname = \"A\"\nredirect_url = \"http://localhost/\"\n";
        assert_eq!(
            error(text),
            "line 5: redirect_url: unknown field `redirect_url`, did you mean `redirect_uri`?"
        );
    }

    #[test]
    fn an_unknown_position_of_a_switch_gets_the_nearest_real_one() {
        assert_eq!(
            error("[switches]\ncode_errors = \"mesage\"\n"),
            "line 2: code_errors: unknown variant `mesage`, did you mean `message`?"
        );
    }

    #[test]
    fn a_value_of_the_wrong_type_is_named_with_its_line_and_field() {
        let text = error("[switches]\n\nauto_approve = \"yes\"\n");
        assert!(
            text.starts_with("line 3: auto_approve: invalid type"),
            "{text}"
        );
    }

    #[test]
    fn a_value_that_contradicts_another_is_named_with_its_line() {
        let text = "[[applications]]\nname = \"A\"\n\n[[applications]]\nname = \"A\"\n";
        assert_eq!(
            error(text),
            "line 4: applications[1].client_id: another application has this application ID; \
             applications of the same name need client_id set"
        );
    }

    #[test]
    fn a_production_id_is_refused() {
        let text = error("[[applications]]\nclient_id = \"sq0idp-abc\"\n");
        assert!(
            text.starts_with("line 2: applications[0].client_id: "),
            "{text}"
        );
    }
}

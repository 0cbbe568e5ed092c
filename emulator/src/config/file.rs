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

/// The line that sets a field named like `applications[1].webhook.url`: the key, in the table that is
/// so many-th of its name or in one below it; else the line where that table begins.
fn line_of_field(text: &str, field: &str) -> Option<usize> {
    let (root, rest) = field.split_once('[').unwrap_or(("", field));
    let (index, path) = rest.split_once("].").unwrap_or(("", rest));
    let index: usize = index.parse().unwrap_or(0);
    let wanted = if root.is_empty() {
        path.to_owned()
    } else {
        format!("{root}.{path}")
    };
    let mut table = String::new();
    let mut seen = 0;
    let mut nearest = None;
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        let is_header = line.starts_with('[');
        let named = if is_header {
            let name = line.trim_start_matches('[').split(']').next();
            table = name.unwrap_or_default().trim().to_owned();
            seen += usize::from(table == root);
            table.clone()
        } else {
            match line.split_once('=') {
                Some((key, _)) if table.is_empty() => key.trim().to_owned(),
                Some((key, _)) => format!("{table}.{}", key.trim()),
                None => continue,
            }
        };
        if !root.is_empty() && seen != index + 1 {
            continue;
        }
        if named == wanted {
            return Some(number);
        }
        // A table that holds the field, or a key that holds it in braces.
        if wanted
            .strip_prefix(&named)
            .is_some_and(|rest| rest.starts_with('.'))
        {
            nearest = Some(number);
        }
    }
    nearest
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
    fn what_is_wrong_in_a_table_below_another_is_named_with_its_own_line() {
        let first =
            "[[applications]] # one\nname = \"A\"\n[applications.webhook]\nurl = \"http://a/\"\n";
        for (second, line, field) in [
            (
                "[applications.webhook]\nkey = \"k1\"\nurl = \"https://a/\"\n",
                9,
                "url",
            ),
            (
                "[applications.webhook]\nurl = \"http://a/\"\nkey = \"\"\n",
                9,
                "key",
            ),
            ("webhook = { url = \"ftp://a/\" }\n", 7, "url"),
            ("webhook.url = \"/\"\n", 7, "url"),
        ] {
            let text = format!("{first}[[applications]]\nname = \"B\"\n{second}");
            let text = error(&text);
            let expected = format!("line {line}: applications[1].webhook.{field}: ");
            assert!(text.starts_with(&expected), "{text}");
        }
    }

    #[test]
    fn a_seller_is_refused_with_the_line_of_what_is_wrong() {
        let first =
            "[[sellers]]\nname = \"A\"\npersonal_token = \"EAAA-a\"\n[[sellers]]\nname = \"B\"\n";
        for (second, expected) in [
            (
                "personal_token = \"EAAA-a\"\n",
                "line 6: sellers[1].personal_token: ",
            ),
            (
                "migration_token = \"EAAA-a\"\n",
                "line 6: sellers[1].migration_token: ",
            ),
            (
                "migration_token = \"\"\n",
                "line 6: sellers[1].migration_token: ",
            ),
            (
                "merchant_id = \"ML\\r\\nX: 1234\"\n",
                "line 6: sellers[1].merchant_id: ",
            ),
            (
                "[[sellers.locations]]\nid = \"%\"\n",
                "line 6: sellers[1].locations: ",
            ),
        ] {
            let second = second.replace('%', &"x".repeat(256));
            let text = error(&format!("{first}{second}"));
            assert!(text.starts_with(expected), "{text}");
        }
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

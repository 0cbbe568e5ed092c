//! The manifests of the repository, without what is needed to test it and not to build it.

/// Sections that the source goes without: what only tests have, and what is demanded of our own code, which a newer
/// compiler may see otherwise.
const LEFT_OUT: [&str; 6] = [
    "[dev-dependencies]",
    "[[test]]",
    "[lints]",
    "[workspace.lints.",
    "[tool.ruff]",
    "[tool.ruff.",
];

/// Leaves those sections out.
pub(super) fn for_users(manifest: &str) -> String {
    let mut text = String::new();
    let mut kept = true;
    for line in manifest.split_inclusive('\n') {
        if line.starts_with('[') {
            kept = !LEFT_OUT.iter().any(|section| line.starts_with(section));
        }
        if kept {
            text.push_str(line);
        }
    }
    text
}

/// The workspace's, of these members alone.
pub(super) fn workspace(manifest: &str, members: &[&str]) -> Result<String, String> {
    let quoted: Vec<_> = members.iter().map(|name| format!("{name:?}")).collect();
    let members = format!("members = [{}]", quoted.join(", "));
    let mut found = 0;
    let kept = for_users(manifest);
    let lines = kept.lines().filter_map(|line| match line {
        _ if line.starts_with("members = ") => {
            found += 1;
            Some(members.as_str())
        }
        // Where another member is, or what is built apart.
        _ if line.starts_with("square-oauth-") || line.starts_with("exclude = ") => None,
        _ => Some(line),
    });
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    match found {
        1 => Ok(text),
        _ => Err("the workspace's manifest has no line with its members".to_owned()),
    }
}

/// Puts one thing in place of another, which must be there.
pub(super) fn replace(text: &str, from: &str, to: &str) -> Result<String, String> {
    match text.matches(from).count() {
        1 => Ok(text.replace(from, to)),
        count => Err(format!("`{from}` is there {count} times")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_tests_need_is_left_out_with_all_of_its_lines() {
        let manifest = "[package]\na = 1\n\n[dev-dependencies]\nb = 2\n# c\n\n[[test]]\nname = \"d\"\n\n[features]\ne = []\n\n[lints]\nworkspace = true\n";
        assert_eq!(
            for_users(manifest),
            "[package]\na = 1\n\n[features]\ne = []\n\n"
        );
    }

    #[test]
    fn a_workspace_keeps_its_profiles_and_loses_its_other_members() {
        let manifest = "[workspace]\nmembers = [\"a\", \"b\"]\nexclude = [\"c\"]\n\n[workspace.dependencies]\nsquare-oauth = 1\nsquare-oauth-emulator = 2\n\n[workspace.lints.rust]\nx = 1\n\n[profile.wheel]\ny = 1\n";
        assert_eq!(
            workspace(manifest, &["b", "d"]).unwrap(),
            "[workspace]\nmembers = [\"b\", \"d\"]\n\n[workspace.dependencies]\nsquare-oauth = 1\n\n[profile.wheel]\ny = 1\n"
        );
        assert!(workspace("[workspace]\n", &[]).is_err());
    }
}

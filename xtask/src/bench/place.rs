//! Where a caller and its server run. The kernel moves the two among processors as it likes, also in the
//! middle of a round, and what that costs is as much as a call. So it is asked to keep both on one.

use std::{fs, process::Command, sync::LazyLock};

/// The last processor that this process may use, where Linux says so and has the program that keeps
/// another on it.
static ONE: LazyLock<Option<String>> = LazyLock::new(|| {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let one = last_allowed(&status)?;
    let kept = Command::new("taskset").args(["-c", &one, "true"]).status();
    kept.ok()?.success().then_some(one)
});

/// For a table's title.
pub(super) fn note() -> &'static str {
    match *ONE {
        Some(_) => "on one processor with their server",
        None => "on whatever processors the kernel chose",
    }
}

/// The same command, kept on the one processor if that can be had.
pub(super) fn on_one_processor(command: Command) -> Command {
    let Some(one) = &*ONE else { return command };
    let mut kept = Command::new("taskset");
    kept.args(["-c", one])
        .arg(command.get_program())
        .args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        kept.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => kept.env(name, value),
            None => kept.env_remove(name),
        };
    }
    kept
}

fn last_allowed(status: &str) -> Option<String> {
    let mut lines = status.lines();
    let list = lines.find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    let last = list.trim().rsplit([',', '-']).next()?;
    last.parse::<u32>().ok().map(|number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_all_allowed_processors_is_taken() {
        let last = |list: &str| last_allowed(&format!("Name:\tx\nCpus_allowed_list:\t{list}\n"));
        assert_eq!(last("0-1").as_deref(), Some("1"));
        assert_eq!(last("3").as_deref(), Some("3"));
        assert_eq!(last("0,2-5,7").as_deref(), Some("7"));
        assert_eq!(last(""), None);
        assert_eq!(last_allowed("Name:\tx\n"), None);
    }

    #[test]
    fn nothing_of_the_command_is_lost() {
        let mut command = Command::new("sh");
        command
            .args(["-c", "pwd; echo \"$GIVEN ${PATH-none}\""])
            .current_dir("/")
            .env("GIVEN", "a b")
            .env_remove("PATH");
        let output = on_one_processor(command).output();
        // Without PATH the shell has a default of its own to find programs by.
        let said = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
        assert!(said.is_ok_and(|said| said.starts_with("/\na b ")));
    }
}

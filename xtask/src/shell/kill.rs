//! Ends a command together with what it started: cargo leaves compilers and tests behind
//! otherwise.

use std::process::{Child, Command};

pub(super) fn with_descendants(child: &mut Child) {
    for process in descendants(child.id()) {
        // It may have ended by itself meanwhile.
        let _ = Command::new("kill")
            .args(["-9", &process.to_string()])
            .status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Empty where there is no `ps`: then only the command itself is ended.
fn descendants(of: u32) -> Vec<u32> {
    let Ok(output) = Command::new("ps").args(["-A", "-o", "pid=,ppid="]).output() else {
        return Vec::new();
    };
    family(of, &String::from_utf8_lossy(&output.stdout))
}

fn family(of: u32, table: &str) -> Vec<u32> {
    let pairs: Vec<(u32, u32)> = table
        .lines()
        .filter_map(|line| {
            let mut numbers = line.split_whitespace().map(str::parse);
            Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
        })
        .collect();
    let mut found = Vec::new();
    let mut parents = vec![of];
    while let Some(parent) = parents.pop() {
        let children = pairs
            .iter()
            .filter(|(_, of)| *of == parent)
            .map(|(process, _)| *process);
        for process in children {
            found.push(process);
            parents.push(process);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::family;

    #[test]
    fn a_family_is_all_generations_and_nobody_else() {
        let table = "1 0\n10 1\n11 10\n12 11\n13 10\n99 1\n";
        let mut found = family(10, table);
        found.sort_unstable();
        assert_eq!(found, [11, 12, 13]);
    }
}

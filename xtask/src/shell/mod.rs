//! Runs a command: quiet while it goes well, with a sign of life, a time limit, and its output
//! when it fails.

mod kill;

use std::{
    io::{BufRead as _, BufReader, Read},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use crate::clock::Stopwatch;

const LIMIT: Duration = Duration::from_secs(20 * 60);
const FIRST_SIGN: Duration = Duration::from_secs(4);
const NEXT_SIGN: Duration = Duration::from_secs(10);
const TICK: Duration = Duration::from_millis(100);
/// A child of the child may hold the pipes open; so long is waited for the rest of the output.
const AFTERMATH: Duration = Duration::from_secs(2);

/// A command that is about to run.
#[derive(Debug)]
pub(crate) struct Step {
    label: String,
    command: Command,
    limit: Duration,
}

/// What became of it.
#[derive(Debug)]
pub(crate) struct Finished {
    label: String,
    lines: Vec<(Pipe, String)>,
    trouble: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pipe {
    Out,
    Err,
}

impl Step {
    pub(crate) fn new(label: impl Into<String>, command: Command) -> Self {
        Self {
            label: label.into(),
            command,
            limit: LIMIT,
        }
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Ends the command after this time; 20 minutes if not set.
    pub(crate) fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    pub(crate) fn run(mut self) -> Finished {
        self.command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let (lines, trouble) = match self.command.spawn() {
            Ok(child) => watch(child, &self.label, self.limit),
            Err(e) => (Vec::new(), Some(format!("could not be started: {e}"))),
        };
        Finished {
            label: self.label,
            lines,
            trouble,
        }
    }
}

impl Finished {
    pub(crate) fn succeeded(&self) -> bool {
        self.trouble.is_none()
    }

    /// Both of its outputs, in the order in which they came.
    pub(crate) fn lines(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.lines.iter().map(|(_, line)| line.as_str())
    }

    pub(crate) fn stdout(&self) -> String {
        let lines = self.lines.iter().filter(|(pipe, _)| *pipe == Pipe::Out);
        lines.map(|(_, line)| format!("{line}\n")).collect()
    }

    /// An error with its output, but for cargo's progress, unless it went well.
    pub(crate) fn verdict(&self) -> Result<(), String> {
        let Some(trouble) = &self.trouble else {
            return Ok(());
        };
        let telling = self.lines().filter(|line| !is_progress(line));
        let output: String = telling.map(|line| format!("{line}\n")).collect();
        Err(format!("{output}`{}` {trouble}", self.label))
    }
}

fn is_progress(line: &str) -> bool {
    let verb = line.trim_start().split(' ').next();
    verb.is_some_and(|verb| matches!(verb, "Compiling" | "Checking" | "Downloaded"))
}

fn watch(mut child: Child, label: &str, limit: Duration) -> (Vec<(Pipe, String)>, Option<String>) {
    let watch = Stopwatch::start();
    let (sender, receiver) = mpsc::channel();
    forward(child.stdout.take(), Pipe::Out, sender.clone());
    forward(child.stderr.take(), Pipe::Err, sender);

    let mut lines: Vec<(Pipe, String)> = Vec::new();
    let mut next_sign = FIRST_SIGN;
    let mut over: Option<Stopwatch> = None;
    loop {
        match receiver.recv_timeout(TICK) {
            Ok(line) => lines.push(line),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if over.is_none() && !matches!(child.try_wait(), Ok(None)) {
            over = Some(Stopwatch::start());
        }
        if over.is_some_and(|since| since.elapsed() > AFTERMATH) {
            break;
        }
        if watch.elapsed() > limit {
            kill::with_descendants(&mut child);
            let trouble = format!("was ended after {} s", limit.as_secs());
            return (lines, Some(trouble));
        }
        if watch.elapsed() > next_sign {
            sign_of_life(label, watch.elapsed(), lines.last());
            next_sign = watch.elapsed() + NEXT_SIGN;
        }
    }
    let trouble = match child.wait() {
        Ok(status) if status.success() => None,
        Ok(status) => Some(format!("failed ({status})")),
        Err(e) => Some(format!("was lost: {e}")),
    };
    (lines, trouble)
}

fn forward(pipe: Option<impl Read + Send + 'static>, name: Pipe, to: Sender<(Pipe, String)>) {
    let Some(pipe) = pipe else { return };
    thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut line = Vec::new();
        while pipe
            .read_until(b'\n', &mut line)
            .is_ok_and(|length| length > 0)
        {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            if to.send((name, text)).is_err() {
                return;
            }
            line.clear();
        }
    });
}

fn sign_of_life(label: &str, elapsed: Duration, last: Option<&(Pipe, String)>) {
    let last: String = last
        .map_or("", |(_, line)| line.trim())
        .chars()
        .take(60)
        .collect();
    println!("  ... {:>3} s  {label}: {last}", elapsed.as_secs());
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Step {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Step::new("script", command)
    }

    #[test]
    fn a_failure_carries_the_whole_output_and_the_exit_code() {
        let finished = shell("echo one; echo two >&2; exit 3").run();
        let error = finished.verdict().unwrap_err();
        assert!(
            error.contains("one\n") && error.contains("two\n"),
            "{error}"
        );
        assert!(error.contains("exit status: 3"), "{error}");
        assert_eq!(finished.stdout(), "one\n");
    }

    #[test]
    fn a_failure_is_told_without_cargos_progress() {
        let error = shell("echo '   Compiling a v1'; echo 'error: b'; exit 1")
            .run()
            .verdict();
        assert!(error.unwrap_err().starts_with("error: b\n"));
    }

    #[test]
    fn a_command_that_takes_too_long_is_ended_with_its_children() {
        let watch = Stopwatch::start();
        let finished = shell("sleep 60 & sleep 60")
            .limit(Duration::from_millis(300))
            .run();
        assert!(finished.verdict().unwrap_err().contains("was ended"));
        assert!(watch.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn a_command_that_does_not_exist_is_an_error() {
        let finished = Step::new("nothing", Command::new("no-such-program-anywhere")).run();
        assert!(
            finished
                .verdict()
                .unwrap_err()
                .contains("could not be started")
        );
    }

    #[test]
    fn a_grandchild_that_keeps_the_pipe_does_not_keep_the_runner() {
        let finished = shell("sleep 8 & exit 0").run();
        assert!(finished.succeeded());
    }
}

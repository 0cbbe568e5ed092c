//! A contender in a process of its own, which answers each question with a line of numbers.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

/// No measurement takes anywhere near as long.
const LIMIT: Duration = Duration::from_secs(300);

#[derive(Debug)]
pub(super) struct Worker {
    label: String,
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Worker {
    pub(super) fn start(label: &str, mut command: Command) -> Result<Self, String> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("{label}: {e}"))?;
        let output = child.stdout.take().ok_or("no output")?;
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self {
            label: label.to_owned(),
            input: child.stdin.take(),
            child,
            lines,
        })
    }

    /// The next line that it writes.
    pub(super) fn line(&self) -> Result<String, String> {
        let line = self.lines.recv_timeout(LIMIT);
        line.map_err(|e| format!("{}: no answer: {e}", self.label))
    }

    pub(super) fn numbers(&self) -> Result<Vec<f64>, String> {
        let line = self.line()?;
        let numbers: Result<Vec<f64>, _> = line.split_whitespace().map(str::parse).collect();
        numbers.map_err(|e| format!("{}: {line:?}: {e}", self.label))
    }

    pub(super) fn ask(&mut self, question: &str) -> Result<Vec<f64>, String> {
        let input = self.input.as_mut().ok_or("no input")?;
        writeln!(input, "{question}").map_err(|e| format!("{}: {e}", self.label))?;
        self.numbers()
    }
}

impl Drop for Worker {
    /// Those that hold processes of their own end them when their input ends.
    fn drop(&mut self) {
        self.input.take();
        while self.lines.recv_timeout(Duration::from_secs(5)).is_ok() {}
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

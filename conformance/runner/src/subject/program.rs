//! A subject as a program: started, heard out, and ended.

use std::{ffi::OsString, process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

use super::About;

/// Some runtimes compile for a while before they say anything.
const TO_START: Duration = Duration::from_secs(120);
const TO_END: Duration = Duration::from_secs(10);

/// A subject that runs as long as this value lives.
#[derive(Debug)]
pub struct Program {
    child: Child,
}

impl Program {
    /// Starts a command, and reads its first line.
    ///
    /// # Errors
    /// A text, where it does not start or says nothing that can be understood.
    pub async fn start(command: &[OsString]) -> Result<(Self, About), String> {
        let (program, arguments) = command.split_first().ok_or("no command is given")?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|why| format!("{}: {why}", program.display()))?;
        let output = child.stdout.take().ok_or("it has no output")?;
        let mut lines = BufReader::new(output).lines();
        let first = timeout(TO_START, lines.next_line()).await;
        let first =
            first.map_err(|_| format!("no first line came within {} s", TO_START.as_secs()))?;
        let first = first.map_err(|why| why.to_string())?;
        let first = first.ok_or("it ended without a word")?;
        let about = About::read(&first)?;
        drop(tokio::spawn(read_on(lines)));
        Ok((Self { child }, about))
    }

    /// Closes its input, which ends it; one that has no input is stopped.
    ///
    /// # Errors
    /// A text, where it ended badly, now or long before.
    pub async fn end(mut self) -> Result<(), String> {
        drop(self.child.stdin.take());
        match timeout(TO_END, self.child.wait()).await {
            Ok(Ok(status)) if status.success() => Ok(()),
            Ok(Ok(status)) => Err(format!("the subject ended badly: {status}")),
            Ok(Err(why)) => Err(why.to_string()),
            Err(_) => self.child.kill().await.map_err(|why| why.to_string()),
        }
    }
}

/// Nobody listens to the rest, but a full pipe would stop whoever writes.
async fn read_on(mut lines: Lines<BufReader<ChildStdout>>) {
    while let Ok(Some(_)) = lines.next_line().await {}
}

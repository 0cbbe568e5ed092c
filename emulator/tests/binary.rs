//! The emulator as a program: its first line, its warnings, its refusals.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests, where what is not as expected must fail"
)]

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;

/// A running emulator; killed at the end of its test.
struct Running(Child);

impl Running {
    fn start(options: &[&str]) -> Self {
        Self(
            command(options)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap(),
        )
    }

    fn first_line(&mut self) -> Value {
        let mut line = String::new();
        BufReader::new(self.0.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        serde_json::from_str(&line).unwrap()
    }

    fn stop_and_read_stderr(mut self) -> String {
        self.0.kill().unwrap();
        let mut text = String::new();
        self.0
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn command(options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_square-oauth-emulator"));
    command.args(options);
    command
}

fn refused(options: &[&str]) -> Output {
    let output = command(options).output().unwrap();
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    output
}

#[test]
fn the_first_line_is_a_json_object_with_all_that_a_program_needs() {
    let mut emulator = Running::start(&["--redirect-uri", "http://localhost:3000/callback"]);
    let line = emulator.first_line();
    let mut names: Vec<&String> = line.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(
        names,
        [
            "base_url",
            "client_id",
            "client_secret",
            "control_url",
            "public_url",
            "redirect_uri",
            "webhook_signature_key"
        ]
    );
    assert_eq!(line["redirect_uri"], "http://localhost:3000/callback");
    assert!(
        line["base_url"]
            .as_str()
            .unwrap()
            .starts_with("http://127.0.0.1:")
    );
    let secret = line["client_secret"].as_str().unwrap().to_owned();
    let stderr = emulator.stop_and_read_stderr();
    assert!(
        !stderr.contains(&secret) && !stderr.contains("WARNING"),
        "{stderr}"
    );
}

#[test]
fn listening_beyond_loopback_is_said_loudly() {
    let mut emulator = Running::start(&["--listen", "0.0.0.0:0"]);
    let line = emulator.first_line();
    assert!(
        line["base_url"]
            .as_str()
            .unwrap()
            .starts_with("http://127.0.0.1:")
    );
    assert!(
        emulator
            .stop_and_read_stderr()
            .starts_with("WARNING: listening on 0.0.0.0:")
    );
}

#[test]
fn a_configuration_that_is_wrong_or_missing_is_named() {
    let missing = refused(&["--config", "no-such-file.toml"]);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("no-such-file.toml"));

    let folder = std::env::temp_dir().join(format!("square-oauth-emulator-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("wrong.toml");
    std::fs::write(&file, "seed = 1\nauto_aprove = true\n").unwrap();
    let wrong = refused(&["--config", file.to_str().unwrap()]);
    std::fs::remove_dir_all(&folder).unwrap();
    let text = String::from_utf8_lossy(&wrong.stderr);
    assert!(
        text.contains("wrong.toml: line 2: auto_aprove: unknown field"),
        "{text}"
    );
}

#[test]
fn an_address_that_is_taken_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = refused(&["--listen", &address]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot listen on"));
}

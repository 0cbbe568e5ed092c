//! The program as a person uses it: a child process, its pipes, and a seller at the emulator.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests, where what is not as expected must fail"
)]

use std::{process::Stdio, time::Duration};

use square_oauth_emulator::{Config, Emulator};
use square_oauth_example_browser::{Browser, Decision, Seller};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

struct Program {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Program {
    fn start(environment: &str, id: &str, secret: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_square-oauth-example-quickstart"))
            .env("SQUARE_ENVIRONMENT", environment)
            .env("SQUARE_APPLICATION_ID", id)
            .env("SQUARE_APPLICATION_SECRET", secret)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    async fn line(&mut self) -> String {
        let line = timeout(Duration::from_secs(30), self.lines.next_line());
        line.await.unwrap().unwrap().unwrap()
    }

    async fn line_that_starts_with(&mut self, start: &str) -> String {
        loop {
            let line = self.line().await;
            if line.starts_with(start) {
                return line;
            }
        }
    }

    async fn paste(&mut self, callback: &str) {
        let mut stdin = self.child.stdin.take().unwrap();
        stdin
            .write_all(format!("{callback}\n").as_bytes())
            .await
            .unwrap();
    }

    /// Whether it went well, and what it complained about.
    async fn end(mut self) -> (bool, String) {
        let mut complaint = String::new();
        let mut stderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut complaint).await.unwrap();
        let status = self.child.wait().await.unwrap();
        (status.success(), complaint)
    }
}

async fn start() -> (Emulator, Program) {
    let emulator = Emulator::start(Config::default()).await.unwrap();
    let (id, secret) = (emulator.client_id(), emulator.client_secret());
    let program = Program::start(emulator.base_url(), &id, &secret);
    (emulator, program)
}

#[tokio::test]
async fn a_seller_is_connected_checked_refreshed_and_disconnected() {
    let (_emulator, mut program) = start().await;
    let url = program.line_that_starts_with("http").await;
    let mut browser = Browser::default();
    let decided = Seller::default().decide(&mut browser, &url, Decision::Allow);
    let callback = decided.await.unwrap();
    program.paste(&callback).await;

    let connected = program.line_that_starts_with("Connected ").await;
    let merchant = connected.split(' ').nth(1).unwrap().to_owned();
    assert_eq!(
        program.line().await,
        "It may MERCHANT_PROFILE_READ, PAYMENTS_READ"
    );
    assert!(program.line().await.starts_with("Refreshed until 20"));
    assert_eq!(program.line().await, format!("Disconnected {merchant}"));
    assert_eq!(program.end().await, (true, String::new()));
}

#[tokio::test]
async fn a_seller_who_says_no_is_told_so() {
    let (_emulator, mut program) = start().await;
    let url = program.line_that_starts_with("http").await;
    let mut browser = Browser::default();
    let decided = Seller::default().decide(&mut browser, &url, Decision::Deny);
    let callback = decided.await.unwrap();
    program.paste(&callback).await;
    let complaint = "The seller chose not to connect.\n".to_owned();
    assert_eq!(program.end().await, (false, complaint));
}

#[tokio::test]
async fn what_is_not_set_is_named() {
    let (succeeded, complaint) = Program::start("sandbox", "sandbox-sq0idb-x", "")
        .end()
        .await;
    assert!(!succeeded);
    assert!(
        complaint.starts_with("value_missing: application_secret: "),
        "{complaint}"
    );
}

#[tokio::test]
async fn a_wrong_secret_is_found_before_any_seller_is_asked() {
    let emulator = Emulator::start(Config::default()).await.unwrap();
    let wrong = "sandbox-sq0csb-not-this-one";
    let program = Program::start(emulator.base_url(), &emulator.client_id(), wrong);
    let (succeeded, complaint) = program.end().await;
    assert!(!succeeded);
    assert!(
        complaint.starts_with("application_rejected: "),
        "{complaint}"
    );
    assert!(!complaint.contains(wrong));
}

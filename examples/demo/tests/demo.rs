//! The program as a person runs it.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests, where what is not as expected must fail"
)]

use std::{process::Stdio, time::Duration};

use square_oauth_example_browser::{Browser, Decision, Seller};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
    time::timeout,
};

fn demo(options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_square-oauth-demo"));
    command
        .args(options)
        .stdin(Stdio::null())
        .kill_on_drop(true);
    command
}

async fn output(options: &[&str]) -> (bool, String) {
    let output = timeout(Duration::from_secs(60), demo(options).output());
    let output = output.await.unwrap().unwrap();
    (
        output.status.success(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[tokio::test]
async fn the_story_is_told_to_its_end_and_gives_no_secret_away() {
    let (succeeded, text) = output(&[]).await;
    assert!(succeeded, "{text}");
    assert_eq!(text.lines().last(), Some("demo: ok"));
    for secret in ["EAAA", "EQAA", "sq0cgb-", "sq0csb-"] {
        assert!(!text.contains(secret), "{secret}\n{text}");
    }
    assert!(!text.contains('\x1b'), "colours are for terminals");
}

#[tokio::test]
async fn a_program_in_another_language_tells_it_once_more() {
    let (succeeded, text) = output(&["--also", "printf", "Else 1.0\\na step\\tshown\\n"]).await;
    assert!(succeeded, "{text}");
    assert!(
        text.contains(". The same by Else 1.0\n  ✓ a step "),
        "{text}"
    );
    let (succeeded, _) = output(&["--also", "printf", "Else 1.0\\n"]).await;
    assert!(!succeeded, "it told nothing");
    let (succeeded, _) = output(&["--also", "ls", "no-such-script"]).await;
    assert!(!succeeded, "it ended badly");
}

#[tokio::test]
async fn help_explains_each_option_with_its_default() {
    let (succeeded, text) = output(&["--help"]).await;
    assert!(succeeded);
    for option in ["--serve", "--listen", "--emulator-listen", "--also"] {
        assert!(text.contains(option), "{text}");
    }
    assert_eq!(text.matches("[default: ").count(), 4, "{text}");
}

#[tokio::test]
async fn served_it_can_be_clicked_through() {
    let mut child = demo(&["--serve"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut address = async || {
        let line = timeout(Duration::from_secs(60), lines.next_line()).await;
        let line = line.unwrap().unwrap().unwrap();
        line.split_whitespace()
            .last()
            .unwrap()
            .trim_end_matches('/')
            .to_owned()
    };
    let (page, control) = (address().await, address().await);
    assert!(control.ends_with("/_emulator"));

    let mut browser = Browser::default();
    let click = browser.get(&format!("{page}/connect"), &[]).await.unwrap();
    let seller = Seller { number: 1 };
    let decided = seller.decide(&mut browser, click.location(), Decision::Allow);
    let callback = decided.await.unwrap();
    let back = browser.get(&callback, &[]).await.unwrap();
    assert_eq!((back.status, back.location()), (303, "/status"));
    let status = browser.get(&format!("{page}/status"), &[]).await.unwrap();
    assert!(status.text().contains("Connected. Permissions:"));
    child.kill().await.unwrap();
}

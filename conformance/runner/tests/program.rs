//! Subjects that do not start or end as they should: the judge says so, and waits for none of them forever.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::ffi::OsString;

use square_oauth_conformance::subject::Program;

const ABOUT: &str = r#"{"base_url": "http://127.0.0.1:9/", "language": "sh", "runtime": "sh", "loaded": "by hand"}"#;

fn script(script: &str) -> Vec<OsString> {
    ["sh", "-c", script].map(OsString::from).to_vec()
}

async fn refusal(words: &str) -> String {
    Program::start(&script(words))
        .await
        .map(|_| ())
        .unwrap_err()
}

#[tokio::test]
async fn a_first_line_that_says_nothing_is_shown() {
    assert!(refusal("exit 1").await.contains("without a word"));
    assert!(refusal("echo listening; cat").await.contains("listening"));
    assert!(refusal("echo '{}'; cat").await.contains("base_url"));
    let silent = ABOUT.replace("by hand", "");
    assert!(
        refusal(&format!("echo '{silent}'; cat"))
            .await
            .contains("to itself")
    );
    let more = ABOUT.replace('}', r#", "mood": "good"}"#);
    assert!(
        refusal(&format!("echo '{more}'; cat"))
            .await
            .contains("mood")
    );
    let nothing = Program::start(&["no-such-program-anywhere".into()]).await;
    assert!(
        nothing
            .map(|_| ())
            .unwrap_err()
            .contains("no-such-program-anywhere")
    );
}

#[tokio::test]
async fn a_subject_ends_with_its_input_and_with_success() {
    let (program, about) = Program::start(&script(&format!("echo '{ABOUT}'; cat")))
        .await
        .unwrap();
    assert_eq!(about.base_url, "http://127.0.0.1:9");
    assert_eq!(program.end().await, Ok(()));
    let (program, _) = Program::start(&script(&format!("echo '{ABOUT}'; cat; exit 3")))
        .await
        .unwrap();
    assert!(program.end().await.unwrap_err().contains("exit status: 3"));
}

#[tokio::test]
async fn a_subject_that_talks_on_is_not_stopped_by_a_full_pipe() {
    let talkative = format!(
        "echo '{ABOUT}'; i=0; while [ $i -lt 20000 ]; do echo a line of no use; i=$((i+1)); done; cat"
    );
    let (program, _) = Program::start(&script(&talkative)).await.unwrap();
    assert_eq!(program.end().await, Ok(()));
}

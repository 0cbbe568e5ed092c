//! The driver's process, and one browser under it with a profile that nobody has used.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use hyper::Method;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

use super::call::call;

/// Where Debian's package puts it on the search path; another one can be named.
const DRIVER: &str = "chromedriver";
const DRIVER_VARIABLE: &str = "CHROMEDRIVER";

/// Besides what starts it at all in a container: it talks to this machine and to nobody else.
const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

#[derive(Debug)]
pub(super) struct Driver {
    process: Child,
    folder: PathBuf,
    pub(super) port: u16,
    pub(super) session: String,
}

impl Driver {
    /// Start a driver on a free port, and a browser; the folder is theirs alone.
    pub(super) async fn start(folder: &Path) -> Self {
        // What an earlier run left behind when it was killed.
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).unwrap();
        let driver = env::var(DRIVER_VARIABLE).unwrap_or_else(|_| DRIVER.to_owned());
        let mut process = Command::new(&driver)
            .arg("--port=0")
            // Browsers write beside their profile too.
            .env("HOME", folder)
            .env_remove("XDG_CONFIG_HOME")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{driver}: {error}; run: cargo xtask test browser"));
        let port = port(&mut process).await;
        let mut driver = Self {
            process,
            folder: folder.to_owned(),
            port,
            session: String::new(),
        };
        match driver.open().await {
            Ok(session) => driver.session = session,
            Err(problem) => panic!("no browser: {problem}"),
        }
        driver
    }

    async fn open(&self) -> Result<String, String> {
        let mut flags: Vec<String> = FLAGS.map(str::to_owned).into();
        flags.push(format!(
            "--user-data-dir={}",
            self.folder.join("profile").display()
        ));
        let capabilities = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": flags},
            // What is looked for is waited for where it is looked for.
            "timeouts": {"implicit": 0, "pageLoad": 30_000, "script": 10_000},
        }}});
        let value = call(self.port, Method::POST, "/session", &capabilities).await?;
        let id = value["sessionId"].as_str().ok_or("it has no id")?;
        Ok(id.to_owned())
    }

    /// End the browser, then the driver: a browser outlives a driver that is ended first.
    pub(super) async fn stop(mut self) {
        let path = format!("/session/{}", self.session);
        let deleted = call(self.port, Method::DELETE, &path, &Value::Null).await;
        let _ = self.process.kill().await;
        // The last of the browser's processes may still be writing; what is left is removed by the next run.
        let _ = fs::remove_dir_all(&self.folder);
        deleted.unwrap();
    }
}

/// The driver says it in one of its first lines.
async fn port(process: &mut Child) -> u16 {
    let stdout = process.stdout.take().unwrap();
    let mut lines = BufReader::new(stdout).lines();
    let mut said = String::new();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some((_, rest)) = line.split_once("successfully on port ") {
            // Whatever it says later is read and dropped, so that it never waits for a reader.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return rest.trim_end_matches('.').parse().unwrap();
        }
        said += &line;
    }
    panic!("the driver ended: {said}")
}

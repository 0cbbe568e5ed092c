//! What a person sees and does in a browser's window.

use std::{fs, time::Duration};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use hyper::Method;
use serde_json::{Value, json};
use tokio::time::{interval, timeout};

use super::{Element, call::call, driver::Driver, folder};

/// So long is waited for what a click leads to, looked for so often.
const BOUND: Duration = Duration::from_secs(20);
const EVERY: Duration = Duration::from_millis(25);
/// The key that WebDriver's reference for elements has.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

pub(crate) const TAB: &str = "\u{e004}";
pub(crate) const ENTER: &str = "\u{e007}";
pub(crate) const SPACE: &str = " ";
pub(crate) const DOWN: &str = "\u{e015}";

#[derive(Debug)]
pub(crate) struct Page {
    name: &'static str,
    port: u16,
    session: String,
}

impl Page {
    pub(super) fn new(driver: &Driver, name: &'static str) -> Self {
        Self {
            name,
            port: driver.port,
            session: driver.session.clone(),
        }
    }

    pub(crate) async fn open(&self, url: &str) {
        self.post("url", json!({ "url": url })).await;
    }

    pub(crate) async fn url(&self) -> String {
        text(&self.read("url").await)
    }

    /// Everything that a person can read on it.
    pub(crate) async fn text(&self) -> String {
        let script = "return document.body?.innerText";
        text(&self.script(script, json!([])).await)
    }

    /// The first element that matches a CSS selector, once there is one.
    pub(crate) async fn one(&self, css: &str) -> Element<'_> {
        self.until(css, async || self.all(css).await.into_iter().next())
            .await
    }

    /// Those that match now.
    pub(crate) async fn all(&self, css: &str) -> Vec<Element<'_>> {
        let query = json!({"using": "css selector", "value": css});
        let found = self.post("elements", query).await;
        let ids = found.as_array().unwrap().iter();
        ids.map(|element| Element::new(self, text(&element[ELEMENT])))
            .collect()
    }

    pub(crate) async fn focused(&self) -> Element<'_> {
        Element::new(self, text(&self.read("element/active").await[ELEMENT]))
    }

    /// Wait until the heading is this one.
    pub(crate) async fn has_heading(&self, heading: &str) {
        let what = format!("the heading `{heading}`");
        self.until(&what, async || {
            let script = "return document.querySelector('h1')?.textContent";
            (self.script(script, json!([])).await == heading).then_some(())
        })
        .await;
    }

    /// Wait until the text holds these words.
    pub(crate) async fn has_text(&self, words: &str) {
        let what = format!("the text `{words}`");
        self.until(&what, async || {
            self.text().await.contains(words).then_some(())
        })
        .await;
    }

    /// Wait until the window shows a page that was loaded after `window.seen` was set.
    pub(crate) async fn came_anew(&self) {
        self.until("the page anew", async || {
            let script = "return window.seen === undefined && document.readyState === 'complete'";
            (self.script(script, json!([])).await == true).then_some(())
        })
        .await;
    }

    /// Wait until nothing matches any more.
    pub(crate) async fn gone(&self, css: &str) {
        let what = format!("the end of {css}");
        self.until(&what, async || self.all(css).await.is_empty().then_some(()))
            .await;
    }

    pub(crate) async fn script(&self, script: &str, arguments: Value) -> Value {
        let body = json!({"script": script, "args": arguments});
        self.post("execute/sync", body).await
    }

    /// Press a key and let it go, wherever the focus is.
    pub(crate) async fn press(&self, key: &str) {
        let actions = json!([{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]);
        let keyboard = json!([{"type": "key", "id": "keyboard", "actions": actions}]);
        self.post("actions", json!({ "actions": keyboard })).await;
    }

    /// Press Tab until the focus is on what matches; every stop on the way must be visible.
    pub(crate) async fn tab_to(&self, css: &str) {
        let most = self.all("a, button, input, select, summary").await.len() + 2;
        for _ in 0..most {
            self.press(TAB).await;
            let focused = self.focused().await;
            focused.shows_its_focus().await;
            if focused.matches(css).await {
                return;
            }
        }
        panic!("Tab never comes to {css}");
    }

    /// The window of a device, which may be narrower than a desktop's may be.
    pub(crate) async fn device(&self, width: u32, height: u32) {
        let metrics =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.chromium("Emulation.setDeviceMetricsOverride", metrics)
            .await;
    }

    /// What the person's system asks pages to look like.
    pub(crate) async fn colours(&self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.chromium(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await;
    }

    /// Keep the whole page as a picture.
    pub(crate) async fn screenshot(&self, what: &str) {
        let whole = json!({"captureBeyondViewport": true});
        let answer = self.chromium("Page.captureScreenshot", whole).await;
        let picture = BASE64_STANDARD.decode(text(&answer["data"])).unwrap();
        fs::create_dir_all(folder()).unwrap();
        fs::write(folder().join(format!("{}-{what}.png", self.name)), picture).unwrap();
    }

    /// A call of Chromium's own protocol.
    async fn chromium(&self, command: &str, parameters: Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        self.post("goog/cdp/execute", body).await
    }

    async fn until<T>(&self, what: &str, look: impl AsyncFn() -> Option<T>) -> T {
        let looking = async {
            let mut ticks = interval(EVERY);
            loop {
                ticks.tick().await;
                if let Some(found) = look().await {
                    return found;
                }
            }
        };
        match timeout(BOUND, looking).await {
            Ok(found) => found,
            Err(_) => panic!("never came: {what}; there is: {}", self.text().await),
        }
    }

    pub(super) async fn read(&self, path: &str) -> Value {
        self.call(Method::GET, path, Value::Null).await
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> Value {
        self.call(Method::POST, path, body).await
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> Value {
        let path = format!("/session/{}/{path}", self.session);
        let answer = call(self.port, method, &path, &body).await;
        answer.unwrap_or_else(|problem| panic!("{problem}"))
    }
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub(super) fn reference(id: &str) -> Value {
    json!({ ELEMENT: id })
}

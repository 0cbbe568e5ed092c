//! Something on a page.

use serde_json::{Value, json};

use super::page::{Page, reference, text};

#[derive(Debug)]
pub(crate) struct Element<'a> {
    page: &'a Page,
    id: String,
}

impl<'a> Element<'a> {
    pub(super) fn new(page: &'a Page, id: String) -> Self {
        Self { page, id }
    }

    /// As a mouse does it: scrolled to first, refused where something else is in the way.
    pub(crate) async fn click(&self) {
        self.post("click", json!({})).await;
    }

    pub(crate) async fn write(&self, words: &str) {
        self.post("clear", json!({})).await;
        self.post("value", json!({ "text": words })).await;
    }

    pub(crate) async fn text(&self) -> String {
        text(&self.read("text").await)
    }

    /// What a screen reader calls it.
    pub(crate) async fn label(&self) -> String {
        text(&self.read("computedlabel").await)
    }

    /// What a screen reader says that it is.
    pub(crate) async fn role(&self) -> String {
        text(&self.read("computedrole").await)
    }

    pub(crate) async fn html(&self) -> String {
        text(&self.script("return e.outerHTML").await)
    }

    pub(crate) async fn matches(&self, css: &str) -> bool {
        let script = format!("return e.matches({})", json!(css));
        self.script(&script).await == true
    }

    /// Fail unless a person without a mouse can see that it has the focus.
    pub(crate) async fn shows_its_focus(&self) {
        let script = "const s = getComputedStyle(e); const r = e.getBoundingClientRect(); \
             return e.matches(':focus-visible') && s.outlineStyle !== 'none' \
             && parseFloat(s.outlineWidth) >= 2 && r.width > 0 && r.height > 0";
        let visible = self.script(script).await;
        assert!(visible == true, "no visible focus: {}", self.html().await);
    }

    /// Run a function's body with the element as `e`.
    pub(crate) async fn script(&self, body: &str) -> Value {
        let script = format!("const e = arguments[0]; {body}");
        self.page
            .script(&script, json!([reference(&self.id)]))
            .await
    }

    async fn read(&self, what: &str) -> Value {
        self.page.read(&format!("element/{}/{what}", self.id)).await
    }

    async fn post(&self, what: &str, body: Value) {
        let path = format!("element/{}/{what}", self.id);
        self.page.post(&path, body).await;
    }
}

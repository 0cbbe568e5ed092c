//! What a screen reader, a magnifier and a person with weak eyes need of every page.

use serde_json::json;

use crate::{
    webdriver::{Page, with_page},
    world::{authorize_url, emulator},
};

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test browser"]
async fn the_consent_page_is_accessible() {
    let emulator = emulator().await;
    let url = authorize_url(&emulator);
    with_page("accessible-consent", async move |page| {
        page.open(&url).await;
        is_accessible(&page).await;
        let group = page.one("fieldset").await;
        assert_eq!(group.role().await, "group");
        assert_eq!(group.label().await, "You are");
        page.one("button[value=deny]").await.click().await;
        page.has_heading("The seller said no").await;
        is_accessible(&page).await;
    })
    .await;
}

/// The basics, in light and in dark.
pub(crate) async fn is_accessible(page: &Page) {
    let language = page.one("html").await;
    assert!(language.matches("[lang=en]").await, "no language");
    let title = page.script("return document.title", json!([])).await;
    assert!(
        title.as_str().is_some_and(|title| !title.trim().is_empty()),
        "no title"
    );
    assert_eq!(page.all("main").await.len(), 1, "one main part");
    headings(page).await;
    names(page).await;
    for scheme in ["light", "dark"] {
        page.colours(scheme).await;
        let pale = page.script(PALE, json!([])).await;
        assert_eq!(pale, json!([]), "too little contrast in {scheme}");
    }
}

/// One first heading, and no level left out on the way down.
async fn headings(page: &Page) {
    let script =
        "return [...document.querySelectorAll('h1, h2, h3, h4')].map((e) => Number(e.tagName[1]))";
    let levels = page.script(script, json!([])).await;
    let levels: Vec<u64> = levels
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|level| level.as_u64())
        .collect();
    assert_eq!(levels.first(), Some(&1), "{levels:?}");
    assert_eq!(
        levels.iter().filter(|level| **level == 1).count(),
        1,
        "{levels:?}"
    );
    assert!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "{levels:?}"
    );
}

/// Whatever can be operated has a name that is read out.
async fn names(page: &Page) {
    for control in page
        .all("a, button, input:not([type=hidden]), select, textarea, summary")
        .await
    {
        assert!(
            !control.label().await.is_empty(),
            "has no name: {}",
            control.html().await
        );
    }
}

/// Texts whose contrast is under 4.5 to 1, computed as WCAG 2 defines it (1.4.3, relative luminance).
const PALE: &str = "
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const linear = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const ground = (e) => {
        for (; e; e = e.parentElement) {
            const colour = numbers(getComputedStyle(e).backgroundColor);
            if (colour[3] !== 0) return colour;
        }
        return [255, 255, 255];
    };
    const pale = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const e = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim() || !e.checkVisibility()) continue;
        const [a, b] = [light(numbers(getComputedStyle(e).color)), light(ground(e))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (contrast < 4.5) pale.push(`${contrast.toFixed(2)}: ${e.outerHTML.slice(0, 120)}`);
    }
    return pale;";

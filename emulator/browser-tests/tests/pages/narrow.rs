//! A small telephone, and the width that a page has when it is enlarged to 400 %.

use serde_json::json;

use crate::{
    webdriver::{Page, with_page},
    world::{authorize_url, emulator},
};

const WIDTH: u32 = 320;
const HEIGHT: u32 = 568;

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test browser"]
async fn the_consent_page_fits_a_narrow_screen() {
    let emulator = emulator().await;
    let url = authorize_url(&emulator);
    with_page("narrow-consent", async move |page| {
        page.device(WIDTH, HEIGHT).await;
        page.open(&url).await;
        fits(&page).await;
        for button in page.all("button").await {
            // A finger needs 44 pixels.
            let large =
                "const r = e.getBoundingClientRect(); return r.height >= 44 && r.width >= 44";
            assert!(
                button.script(large).await == true,
                "{}",
                button.html().await
            );
        }
        page.screenshot("page").await;
        page.one("button[value=allow]").await.click().await;
        page.has_heading("The seller is back").await;
        fits(&page).await;
        page.screenshot("back").await;
    })
    .await;
}

/// Nothing is beside the screen, neither by scrolling nor cut off; but tables scroll inside a frame.
pub(crate) async fn fits(page: &Page) {
    let beside = "return [...document.querySelectorAll('body *')] \
         .filter((e) => !e.closest('.scroll')) \
         .filter((e) => { const r = e.getBoundingClientRect(); return r.right > innerWidth + 0.5 || r.left < -0.5 }) \
         .map((e) => e.outerHTML.slice(0, 120))";
    let beside = page.script(beside, json!([])).await;
    assert_eq!(beside, json!([]), "these are wider than the screen");
    let scrolls =
        "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    assert!(
        page.script(scrolls, json!([])).await == false,
        "it scrolls sideways"
    );
}

//! A seller decides without a mouse.

use crate::{
    webdriver::{DOWN, ENTER, SPACE, with_page},
    world::{authorize_url, emulator},
};

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test browser"]
async fn tab_arrows_and_enter_are_enough_to_allow() {
    let emulator = emulator().await;
    let url = authorize_url(&emulator);
    with_page("keyboard-allow", async move |page| {
        page.open(&url).await;
        page.tab_to("input[name=seller]").await;
        page.press(DOWN).await;
        assert!(page.focused().await.matches("input:checked").await);
        page.screenshot("seller").await;
        page.tab_to("button[value=allow]").await;
        page.screenshot("allow").await;
        page.press(ENTER).await;
        page.has_heading("The seller is back").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test browser"]
async fn tab_and_space_are_enough_to_deny() {
    let emulator = emulator().await;
    let url = authorize_url(&emulator);
    with_page("keyboard-deny", async move |page| {
        page.open(&url).await;
        page.tab_to("button[value=deny]").await;
        page.press(SPACE).await;
        page.has_heading("The seller said no").await;
    })
    .await;
}

//! A seller decides with a mouse.

use crate::{
    webdriver::with_page,
    world::{authorize_url, emulator, obtain_token},
};

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test browser"]
async fn a_seller_who_allows_comes_back_with_a_code() {
    let emulator = emulator().await;
    let url = authorize_url(&emulator);
    with_page("consent-allow", async move |page| {
        page.open(&url).await;
        let text = page.text().await;
        assert!(text.contains("MERCHANT_PROFILE_READ"), "{text}");
        page.screenshot("page").await;
        page.colours("dark").await;
        page.screenshot("dark").await;

        page.one("button[value=allow]").await.click().await;
        page.has_heading("The seller is back").await;
        let url = page.url().await;
        assert!(url.contains("code=sandbox-sq0cgb-"), "{url}");
        assert!(
            page.text().await.contains("a b&c"),
            "the state came back whole"
        );
        page.colours("light").await;
        page.screenshot("back").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test browser"]
async fn a_seller_who_denies_comes_back_with_an_error() {
    let emulator = emulator().await;
    let url = authorize_url(&emulator);
    with_page("consent-deny", async move |page| {
        page.open(&url).await;
        page.one("button[value=deny]").await.click().await;
        page.has_heading("The seller said no").await;
        let url = page.url().await;
        assert!(url.contains("error=access_denied"), "{url}");
        assert!(!url.contains("code="), "{url}");
        page.screenshot("back").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test browser"]
async fn the_seller_who_was_picked_is_the_one_who_is_connected() {
    let emulator = emulator().await;
    let url = authorize_url(&emulator);
    with_page("consent-pick", async move |page| {
        page.open(&url).await;
        let sellers = page.all("input[name=seller]").await;
        assert!(sellers.len() > 1, "one seller is no choice");
        sellers[1].click().await;
        let label = sellers[1].label().await;
        page.one("button[value=allow]").await.click().await;
        page.has_heading("The seller is back").await;

        let url = page.url().await;
        let code = url.split_once("code=").unwrap().1;
        let code = code.split('&').next().unwrap();
        let tokens = obtain_token(&emulator, code).await;
        let merchant_id = tokens["merchant_id"].as_str().unwrap();
        assert!(label.contains(merchant_id), "{label} is not {merchant_id}");
    })
    .await;
}

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test browser"]
async fn a_request_that_square_refuses_explains_itself_and_sends_nobody_back() {
    let emulator = emulator().await;
    let url = format!(
        "{}/oauth2/authorize?client_id=sandbox-sq0idb-none",
        emulator.public_url()
    );
    with_page("consent-refused", async move |page| {
        page.open(&url).await;
        page.one("h1").await;
        assert_eq!(page.url().await, url);
        page.screenshot("page").await;
    })
    .await;
}

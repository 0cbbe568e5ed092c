//! A developer looks at what the emulator knows, and makes things happen.

use hyper::Method;
use serde_json::{Value, json};
use square_oauth_emulator::Emulator;

use crate::{
    accessible::is_accessible,
    narrow::fits,
    webdriver::{ENTER, Page, with_page},
    world::{authorize_url, control, control_page, emulator, obtain_token},
};

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test browser"]
async fn the_page_shows_applications_sellers_tokens_and_requests() {
    let emulator = emulator().await;
    let tokens = connect(&emulator).await;
    with_page("control-shows", async move |page| {
        page.open(&control_page(&emulator)).await;
        is_accessible(&page).await;
        page.colours("light").await;
        page.screenshot("page").await;
        page.colours("dark").await;
        page.screenshot("dark").await;

        let section = async |id: &str| page.one(&format!("section#{id}")).await.text().await;
        assert!(
            section("applications")
                .await
                .contains(&emulator.client_id())
        );
        let merchant_id = tokens["merchant_id"].as_str().unwrap();
        assert!(section("sellers").await.contains(merchant_id));
        let requests = section("requests").await;
        assert!(requests.contains("/oauth2/token"), "{requests}");
        let shown = section("tokens").await;
        assert!(
            shown.contains("PAYMENTS_READ") && shown.contains(merchant_id),
            "{shown}"
        );
        // A screen may be shared, so a token is known by its end only.
        for token in ["access_token", "refresh_token"] {
            let whole = tokens[token].as_str().unwrap();
            let end = whole.get(whole.len() - 4..).unwrap();
            assert!(shown.contains(end), "{token}: {shown}");
            assert!(!shown.contains(whole), "{token} is shown whole");
        }
    })
    .await;
}

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test browser"]
async fn turning_the_clock_ends_tokens() {
    let emulator = emulator().await;
    connect(&emulator).await;
    with_page("control-clock", async move |page| {
        page.open(&control_page(&emulator)).await;
        let before = clock(&emulator).await;
        let month = 30 * 24 * 3600 + 1;
        click(
            &page,
            &format!("button[name=advance_s][value='{month}']"),
            "#clock",
        )
        .await;
        assert!(clock(&emulator).await >= before + month * 1000);
        let tokens = page.one("section#tokens").await.text().await;
        assert!(tokens.contains("expired"), "{tokens}");

        click(&page, "button[name=running][value=false]", "#clock").await;
        page.has_text("the clock stands still").await;
        page.screenshot("stopped").await;
        let now = page.one("input[name=now]").await;
        now.write("2030-01-02T03:04:05Z").await;
        page.press(ENTER).await;
        page.has_text("It is 2030-01-02T03:04:05Z").await;
        click(&page, "button[name=running][value=true]", "#clock").await;
        page.has_text("the clock runs").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test browser"]
async fn a_fault_is_set_strikes_and_is_removed() {
    let emulator = emulator().await;
    with_page("control-fault", async move |page| {
        page.open(&control_page(&emulator)).await;
        page.one("section#faults option[value=rate_limited]")
            .await
            .click()
            .await;
        page.one("section#faults input[name=times]")
            .await
            .write("always")
            .await;
        let add = "section#faults form:has(select) button";
        click(&page, add, "#faults").await;
        let refused = connect(&emulator).await;
        assert_eq!(refused["errors"][0]["code"], "RATE_LIMITED");

        page.open(&control_page(&emulator)).await;
        let struck = page.one("section#faults tbody").await.text().await;
        assert!(struck.contains("1 of"), "{struck}");
        page.screenshot("struck").await;
        click(&page, "section#faults button[name=id]", "#faults").await;
        assert!(page.all("section#faults tbody").await.is_empty());
        assert!(connect(&emulator).await["access_token"].is_string());
    })
    .await;
}

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test browser"]
async fn a_seller_disconnects() {
    let emulator = emulator().await;
    connect(&emulator).await;
    with_page("control-revoke", async move |page| {
        page.open(&control_page(&emulator)).await;
        click(&page, "button[name=revoker][value=MERCHANT]", "#sellers").await;
        assert!(
            page.all("button[name=revoker]").await.is_empty(),
            "nothing is left to disconnect"
        );
        let tokens = page.one("section#tokens").await.text().await;
        assert!(tokens.contains("revoked"), "{tokens}");
        page.screenshot("revoked").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test browser"]
async fn the_page_fits_a_narrow_screen_and_needs_no_mouse() {
    let emulator = emulator().await;
    connect(&emulator).await;
    with_page("control-narrow", async move |page| {
        page.device(320, 568).await;
        page.open(&control_page(&emulator)).await;
        fits(&page).await;
        page.screenshot("page").await;
        page.tab_to("button[name=revoker][value=MERCHANT]").await;
        page.press(ENTER).await;
        page.gone("button[name=revoker]").await;
        fits(&page).await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs a browser: cargo xtask test browser"]
async fn what_cannot_be_done_is_explained_with_a_way_back() {
    let emulator = emulator().await;
    with_page("control-refused", async move |page| {
        page.open(&control_page(&emulator)).await;
        page.one("input[name=now]").await.write("tomorrow").await;
        page.press(ENTER).await;
        page.has_heading("That did not work").await;
        is_accessible(&page).await;
        page.screenshot("page").await;
        page.one("main a").await.click().await;
        page.has_heading("Square OAuth emulator").await;
    })
    .await;
}

/// Click, and wait until the page has come back to its section.
async fn click(page: &Page, css: &str, section: &str) {
    // Only a page that is loaded anew has lost this.
    page.script("window.seen = true", json!([])).await;
    page.one(css).await.click().await;
    page.came_anew().await;
    assert!(page.url().await.ends_with(section), "{}", page.url().await);
}

/// A seller allows, and the application exchanges the code; what the answer was.
async fn connect(emulator: &Emulator) -> Value {
    let body = json!({"url": authorize_url(emulator)});
    let answer = control(emulator, Method::POST, "consent", &body).await;
    let code = answer["redirect"]
        .as_str()
        .unwrap()
        .split_once("code=")
        .unwrap()
        .1;
    obtain_token(emulator, code.split('&').next().unwrap()).await
}

/// In milliseconds.
async fn clock(emulator: &Emulator) -> i64 {
    let clock = control(emulator, Method::GET, "clock", &Value::Null).await;
    clock["now_ms"].as_i64().unwrap()
}

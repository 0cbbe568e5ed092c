//! As much of WebDriver as these tests need.

mod call;
mod driver;
mod element;
mod page;

use std::{
    panic::resume_unwind,
    path::{Path, PathBuf},
    rc::Rc,
    time::Duration,
};

use tokio::{task::LocalSet, time::timeout};

use self::driver::Driver;
pub(crate) use self::{
    call::exchange,
    element::Element,
    page::{DOWN, ENTER, Page, SPACE},
};

/// A browser that hangs is a failure; nothing here takes a tenth of it.
const AT_MOST: Duration = Duration::from_secs(90);

/// Open a browser for one test, and close it however the test ends.
///
/// The name is that of the test's screenshots.
pub(crate) async fn with_page<F, T>(name: &'static str, test: F)
where
    F: FnOnce(Rc<Page>) -> T,
    T: Future<Output = ()> + 'static,
{
    let driver = Driver::start(&folder().join("profiles").join(name)).await;
    let page = Rc::new(Page::new(&driver, name));
    page.device(1280, 800).await;
    // In a task of its own, so that a failed assertion is an outcome here.
    let tasks = LocalSet::new();
    let test = tasks.spawn_local(timeout(AT_MOST, test(Rc::clone(&page))));
    let outcome = tasks.run_until(test).await;
    if !matches!(outcome, Ok(Ok(()))) {
        page.screenshot("failed").await;
    }
    driver.stop().await;
    match outcome {
        Ok(in_time) => in_time.expect("the browser took too long"),
        Err(failure) => resume_unwind(failure.into_panic()),
    }
}

/// Where screenshots are kept: artefacts of the test, for a person to look at.
fn folder() -> PathBuf {
    // Cargo makes this folder for tests to write to, directly under its target folder.
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let target = temporary.parent().unwrap_or(temporary);
    target.join("artefacts").join("browser")
}

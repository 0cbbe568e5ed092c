//! Options by their names, so that what is not given keeps the core's default.

use square_oauth::{
    OAuthError,
    binding::{self, Given},
    web::{Page, Pages, WebOptions},
};

use crate::client::asked;

pub(super) fn read(given: &Given<'_>) -> Result<WebOptions, OAuthError> {
    let mut options = WebOptions {
        authorize: asked(given),
        ..WebOptions::default()
    };
    for (name, value) in given.all_texts() {
        set(&mut options, name, value).ok_or_else(|| binding::unknown_option(name, []))?;
    }
    Ok(options)
}

/// Nothing where there is no such option.
fn set(options: &mut WebOptions, name: &str, value: String) -> Option<()> {
    let pages = &mut options.pages;
    if let Some((page, part)) = name.split_once('.') {
        return set_page(page_of(pages, page)?, part, value);
    }
    match name {
        // Read with the scopes.
        "locale" | "redirectUri" => {}
        "publicUrl" => options.public_url = value,
        "connectPath" => options.connect_path = value,
        "callbackPath" => options.callback_path = value,
        "returnTo" => options.return_to = value,
        "language" => pages.language = value,
        "connectLabel" => pages.connect_label = value,
        "notNowLabel" => pages.not_now_label = value,
        "backLabel" => pages.back_label = value,
        "stylesheet" => pages.stylesheet = Some(value),
        _ => return None,
    }
    Some(())
}

fn page_of<'a>(pages: &'a mut Pages, name: &str) -> Option<&'a mut Page> {
    Some(match name {
        "ask" => &mut pages.ask,
        "declined" => &mut pages.declined,
        "over" => &mut pages.over,
        "expired" => &mut pages.expired,
        "later" => &mut pages.later,
        "failed" => &mut pages.failed,
        _ => return None,
    })
}

fn set_page(page: &mut Page, part: &str, value: String) -> Option<()> {
    match (part, page) {
        ("path", page) => *page = Page::at(value),
        ("title", Page::Words { title, .. }) => *title = value,
        ("text", Page::Words { text, .. }) => *text = value,
        _ => return None,
    }
    Some(())
}

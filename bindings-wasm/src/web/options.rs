//! Options by their names, so that what is not given keeps the core's default.

use square_oauth::{
    Authorize, OAuthError, binding, scopes,
    web::{Page, Pages, WebOptions},
};

pub(super) fn read(
    given: impl Iterator<Item = (String, String)>,
    names: Vec<String>,
    session: bool,
) -> Result<WebOptions, OAuthError> {
    let mut options = WebOptions {
        authorize: Authorize {
            scopes: scopes(names),
            session,
            ..Authorize::default()
        },
        ..WebOptions::default()
    };
    for (name, value) in given {
        set(&mut options, &name, value).ok_or_else(|| binding::unknown_option(&name, []))?;
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
        "public_url" => options.public_url = value,
        "locale" => options.authorize.locale = Some(value),
        "redirect_uri" => options.authorize.redirect_uri = Some(value),
        "connect_path" => options.connect_path = value,
        "callback_path" => options.callback_path = value,
        "return_to" => options.return_to = value,
        "language" => pages.language = value,
        "connect_label" => pages.connect_label = value,
        "not_now_label" => pages.not_now_label = value,
        "back_label" => pages.back_label = value,
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

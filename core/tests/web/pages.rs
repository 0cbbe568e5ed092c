//! What sellers read.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};
use square_oauth::web::{Outcome, Page, Pages, Returned, WebHandlers, WebOptions, WebResponse};

use crate::{
    browser::{FOREIGN, all, clean, get, one, request},
    callback::{Trip, answered},
    handlers, options,
    support_host::World,
};

fn with(pages: Pages) -> WebHandlers {
    let options = WebOptions { pages, ..options() };
    WebHandlers::new(World::new([]).client(), options).unwrap()
}

fn page(handlers: &WebHandlers, outcome: Outcome) -> WebResponse {
    let target = format!("/callback?outcome={}", outcome.name());
    let world = World::new([]);
    answered(world.run(handlers.callback(&get(&target, &[])))).response
}

#[test]
fn every_outcome_has_a_page_with_one_heading_and_two_ways_on() {
    let handlers = handlers(&World::new([]));
    for (outcome, heading) in [
        (Outcome::Declined, "You chose not to connect"),
        (Outcome::Over, "You may be connected already"),
        (Outcome::Expired, "That took too long"),
        (Outcome::Later, "Square cannot be reached right now"),
        (Outcome::Failed, "We could not connect you"),
    ] {
        let response = page(&handlers, outcome);
        assert_eq!(response.status, 200);
        let body = &response.body;
        assert!(body.starts_with("<!DOCTYPE html><html lang=\"en\">"));
        assert_eq!(body.matches("<h1>").count(), 1);
        assert!(body.contains(&format!("<h1>{heading}</h1>")));
        assert!(body.contains(&format!("<title>{heading}</title>")));
        assert!(body.contains("<a class=\"button\" href=\"/connect\">Connect Square</a>"));
        assert!(body.contains("<a href=\"/home\">Back to the application</a>"));
        assert!(!body.contains("<script"));
    }
}

#[test]
fn the_question_has_one_button_that_posts() {
    let handlers = handlers(&World::new([]));
    let body = handlers.connect(&get("/connect", FOREIGN)).response.body;
    assert!(
        body.contains("<form method=\"post\" action=\"/connect\">"),
        "{body}"
    );
    assert_eq!(body.matches("<button>").count(), 1);
    // Looking, or following a link, must not be enough.
    assert!(!body.contains("href=\"/connect\""));
}

#[test]
fn no_page_is_framed_or_kept_and_its_form_may_lead_to_square() {
    let handlers = handlers(&World::new([]));
    let ask = handlers.connect(&get("/connect", FOREIGN)).response;
    for response in [ask, page(&handlers, Outcome::Over)] {
        let policy = one(&response, "content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        // The redirects that follow its form go to Square, and browsers would hold this against them.
        assert!(!policy.contains("form-action"), "{policy}");
        assert_eq!(one(&response, "cache-control"), "no-store");
        assert_eq!(one(&response, "content-type"), "text/html; charset=utf-8");
        assert_eq!(one(&response, "x-content-type-options"), "nosniff");
        // With "no-referrer" older browsers would have nothing left to say where the form is from.
        assert_eq!(one(&response, "referrer-policy"), "same-origin");
    }
}

#[test]
fn the_style_within_the_page_is_the_one_that_its_policy_takes() {
    let response = page(&handlers(&World::new([])), Outcome::Over);
    let (_, rest) = response.body.split_once("<style>").unwrap();
    let (style, _) = rest.split_once("</style>").unwrap();
    let hash = Base64::encode_string(&Sha256::digest(style));
    let policy = one(&response, "content-security-policy");
    assert!(
        policy.contains(&format!("style-src 'sha256-{hash}';")),
        "{policy}"
    );
}

#[test]
fn words_and_style_are_the_applications_to_replace() {
    let handlers = with(Pages {
        over: Page::with(
            "D\u{e9}j\u{e0} vu",
            "Vous \u{ea}tes peut-\u{ea}tre d\u{e9}j\u{e0} l\u{e0}.",
        ),
        language: "fr".to_owned(),
        connect_label: "Connecter Square".to_owned(),
        back_label: "Retour".to_owned(),
        not_now_label: "Plus tard".to_owned(),
        stylesheet: Some("/style.css".to_owned()),
        ..Pages::default()
    });
    let response = page(&handlers, Outcome::Over);
    for piece in [
        "<html lang=\"fr\">",
        "<h1>D\u{e9}j\u{e0} vu</h1>",
        "<p>Vous \u{ea}tes peut-\u{ea}tre d\u{e9}j\u{e0} l\u{e0}.</p>",
        ">Connecter Square</a>",
        ">Retour</a>",
        "<link rel=\"stylesheet\" href=\"/style.css\">",
    ] {
        assert!(response.body.contains(piece), "{piece}");
    }
    assert!(!response.body.contains("<style>"));
    assert!(one(&response, "content-security-policy").contains("style-src 'self';"));
    let ask = handlers.connect(&get("/connect", FOREIGN)).response.body;
    assert!(ask.contains("<button>Connecter Square</button>"));
    assert!(ask.contains("<a href=\"/home\">Plus tard</a>"));
}

#[test]
fn whatever_comes_in_is_escaped() {
    let handlers = handlers(&World::new([]));
    let target = "/connect?return_to=/%22%3E%3Cscript%3E%27%26amp;";
    let body = handlers.connect(&get(target, FOREIGN)).response.body;
    assert!(
        body.contains("value=\"/&quot;&gt;&lt;script&gt;&#39;&amp;amp;\""),
        "{body}"
    );

    let nasty = "<b>\"'&";
    let handlers = with(Pages {
        over: Page::with(nasty, nasty),
        language: nasty.to_owned(),
        connect_label: nasty.to_owned(),
        back_label: nasty.to_owned(),
        stylesheet: Some("/\"'<b>".to_owned()),
        ..Pages::default()
    });
    let body = page(&handlers, Outcome::Over).body;
    assert!(!body.contains("<b>"));
    assert_eq!(body.matches("&lt;b&gt;&quot;&#39;&amp;").count(), 6);
}

#[test]
fn a_page_of_the_applications_own_is_redirected_to() {
    let handlers = with(Pages {
        ask: Page::at("/square/ask"),
        over: Page::at("/settings?square=over#there"),
        ..Pages::default()
    });
    let asked = handlers
        .connect(&get("/connect?return_to=/a%3Fb%3Dc%26d", FOREIGN))
        .response;
    assert_eq!(clean(&asked), "/square/ask?return_to=%2Fa%3Fb%3Dc%26d");
    assert!(all(&asked, "set-cookie").is_empty());
    let world = World::new([]);
    let trip = Trip::start(&handlers);
    let answer = answered(world.run(handlers.callback(&trip.back("x=y"))));
    assert_eq!(clean(&answer.response), "/settings?square=over#there");
    // Then there is nothing to show here.
    let answer = answered(world.run(handlers.callback(&get("/callback?outcome=over", &[]))));
    assert_eq!(clean(&answer.response), "/settings?square=over#there");
}

#[test]
fn looking_at_a_page_changes_nothing_and_is_not_a_callback() {
    let world = World::new([crate::tokens()]);
    let handlers = handlers(&world);
    let trip = Trip::start(&handlers);
    let shown = trip.jar.on(get("/callback?outcome=later", &[]));
    let response = answered(world.run(handlers.callback(&shown))).response;
    assert_eq!(response.status, 200);
    assert!(all(&response, "set-cookie").is_empty());
    let head = request("HEAD", "/callback?outcome=later", &[], "");
    assert_eq!(
        answered(world.run(handlers.callback(&head)))
            .response
            .status,
        204
    );
    // An `outcome` beside a callback's own parameters does not stand in its way.
    let both = trip.back("code=sq0cgb-1&outcome=later");
    let returned = world.run(handlers.callback(&both));
    assert!(matches!(returned, Returned::Connected(_)));
}

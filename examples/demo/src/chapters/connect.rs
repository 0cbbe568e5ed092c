//! "Connect Square" is clicked.

use square_oauth::{Tokens, attempt};
use square_oauth_example_browser::Decision;

use crate::{
    failed::{Failed, holds, same},
    story::Story,
    world::{World, ask},
};

pub(super) async fn play(story: &mut Story, world: &mut World) -> Result<Tokens, Failed> {
    story.chapter("A seller connects");
    let square = world.square()?;

    story.step("authorize(scopes)");
    let authorization = square.authorize(ask())?;
    holds(
        "no PKCE in code flow",
        !authorization.url.contains("code_challenge"),
    )?;
    holds("a fresh login", authorization.url.contains("session=false"))?;
    story.shows_address(&authorization.url);
    story.beware(
        "Left alone, Square keeps the login of whoever used this browser before, and on a shared \
         computer connects the wrong seller. session=false is the default here.",
    );

    story.step("the seller reads and allows");
    let callback = world.decide(&authorization.url, Decision::Allow).await?;
    story.shows("by the form of the consent page, like a person");

    story.step("back at the application");
    same(&authorization.attempt, &attempt(&callback)?)?;
    story.shows_address(&callback);
    story.beware(
        "Two tabs are two attempts. What is kept for the return lies under a name of its own, which \
         the callback yields again.",
    );

    story.step("complete(callback, pending)");
    let tokens = square
        .complete(&callback, authorization.pending.as_str())
        .await?;
    let Some(refresh_token) = tokens.refresh_token() else {
        return Err(Failed::sentence("there is no refresh token"));
    };
    story.shows(&format!("connected {}", tokens.merchant_id()));
    story.line("access token", &format!("{:?}", tokens.access_token()));
    story.line("refresh token", &format!("{refresh_token:?}"));
    story.line("expires", &tokens.expires_at().to_string());
    story.beware(
        "Square sends a date, expires_at, and no expires_in. Generic OAuth libraries read \"never\", \
         or two thousand seconds. Here it is a moment.",
    );
    Ok(tokens)
}

//! Tokens are kept alive.

use square_oauth::{ObtainToken, Tokens};

use super::using::call;
use crate::{
    failed::{Failed, holds, same},
    story::Story,
    world::World,
};

pub(super) async fn play(
    story: &mut Story,
    world: &World,
    tokens: &Tokens,
) -> Result<Tokens, Failed> {
    story.chapter("A week later: refresh");

    story.step("the clock goes on by seven days");
    let week = serde_json::json!({"advance_s": 7 * 24 * 3600});
    super::disconnect::control(world, "PUT", "clock", &week).await?;
    story.shows("at the emulator, which has one you can turn");

    story.step("obtain_token(refresh_token)");
    let Some(refresh_token) = tokens.refresh_token() else {
        return Err(Failed::sentence("there is no refresh token"));
    };
    let request = ObtainToken::refresh_token(refresh_token);
    let refreshed = world.square()?.obtain_token(request).await?;
    let is_new = refreshed.access_token() != tokens.access_token();
    holds("another access token", is_new)?;
    holds(
        "the same refresh token",
        refreshed.refresh_token() == Some(refresh_token),
    )?;
    holds("a later end", refreshed.expires_at() > tokens.expires_at())?;
    story.shows(&format!(
        "a new access token, until {}",
        refreshed.expires_at()
    ));
    story.beware(
        "In code flow the refresh token stays the same and does not end. Some answers leave it out: \
         the one that was used is carried on, so that nobody stores nothing in its place.",
    );

    story.step("the old access token");
    same(200, call(world, tokens).await?.0)?;
    story.shows("still good: jobs that hold it can finish");
    Ok(refreshed)
}

//! An application that cannot keep a secret.

use square_oauth::{ErrorKind, ObtainToken, RevokeToken, Secret, Tokens};

use crate::{
    failed::{Failed, fails, holds},
    story::Story,
    world::{World, ask},
};

pub(super) async fn play(story: &mut Story, world: &mut World) -> Result<(), Failed> {
    story.chapter("The same without a secret: PKCE");
    let square = world.public()?;

    story.step("authorize and complete");
    let authorization = square.authorize(ask())?;
    holds(
        "a code challenge",
        authorization.url.contains("code_challenge="),
    )?;
    let first = world.connect(&square).await?;
    story.shows(&format!("connected {}", first.merchant_id()));
    story.beware(
        "The kind of application decides, by name. A secret that is missing or empty is an error, \
         never a silent change to PKCE.",
    );

    story.step("a refresh");
    let second = square.obtain_token(refresh(&first)?).await?;
    let is_new = second.refresh_token() != first.refresh_token();
    holds(
        "another refresh token",
        is_new && second.refresh_token().is_some(),
    )?;
    holds(
        "an end of the refresh token",
        second.refresh_token_expires_at().is_some(),
    )?;
    story.shows("a new access token and a new refresh token, for 90 days");
    story.beware(
        "Here a refresh token is good for one use. The new one has to be stored before anything else \
         happens, and the request is never sent twice: a blind retry locks the seller out.",
    );

    story.step("the spent refresh token");
    let again = square.obtain_token(refresh(&first)?).await;
    let error = fails("refresh_token_rejected", again)?;
    let is_kind = error.kind() == ErrorKind::ReauthorizationRequired;
    holds("a dead grant", is_kind && !error.retryable())?;
    story.shows(&format!("{}: {}", error.kind(), error.code()));

    story.step("the new one");
    square.obtain_token(refresh(&second)?).await?;
    story.shows("still good");

    story.step("revoke_token(...)");
    let revoke = RevokeToken::all(second.merchant_id());
    let error = fails("secret_required", square.revoke_token(revoke).await)?;
    story.shows(&format!("{}: {}", error.kind(), error.code()));
    story.beware("Revoking takes the secret, so this is refused before anything is sent.");
    Ok(())
}

fn refresh(tokens: &Tokens) -> Result<ObtainToken, Failed> {
    let refresh_token = tokens.refresh_token().map(Secret::from);
    let refresh_token = refresh_token.ok_or_else(|| Failed::sentence("no refresh token"))?;
    Ok(ObtainToken::refresh_token(refresh_token))
}

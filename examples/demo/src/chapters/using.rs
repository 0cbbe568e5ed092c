//! What the tokens are good for.

use square_oauth::Tokens;
use square_oauth_example_browser::Browser;

use crate::{
    failed::{Failed, holds, same},
    story::Story,
    world::World,
};

pub(super) async fn play(story: &mut Story, world: &World, tokens: &Tokens) -> Result<(), Failed> {
    story.chapter("The token is used");

    story.step("retrieve_token_status(token)");
    let status = world
        .square()?
        .retrieve_token_status(tokens.access_token())
        .await?;
    same(status.merchant_id.as_str(), tokens.merchant_id())?;
    let scopes: Vec<_> = status.scopes.iter().map(|scope| scope.as_str()).collect();
    same(
        ["MERCHANT_PROFILE_READ", "PAYMENTS_READ"].as_slice(),
        &scopes,
    )?;
    story.shows(&scopes.join(" "));
    story.beware(
        "Tokens come without their scopes; this call is the only way to learn what was granted.",
    );

    story.step("GET /v2/merchants/me");
    let (status, body) = call(world, tokens).await?;
    same(200, status)?;
    holds("the seller's own name", body.contains("Rosa's Bakery"))?;
    story.shows("200, Rosa's Bakery: a call that needs the token");
    Ok(())
}

/// A call to Square's API with an access token.
pub(super) async fn call(world: &World, tokens: &Tokens) -> Result<(u16, String), Failed> {
    let url = format!("{}/v2/merchants/me", world.emulator.base_url());
    let bearer = format!("Bearer {}", tokens.access_token().expose());
    let headers = [("authorization", &*bearer)];
    let answer = Browser::default().get(&url, &headers).await;
    let answer = answer.map_err(|error| error.to_string())?;
    Ok((answer.status, answer.text()))
}

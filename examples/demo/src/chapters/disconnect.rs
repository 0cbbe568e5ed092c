//! The end: revoked, told by webhook, and gone.

use serde_json::Value;
use square_oauth::{
    ErrorKind, EventDetail, ObtainToken, RevokeToken, RevokerType, Subscription, Tokens, Webhooks,
};
use square_oauth_example_browser::Browser;

use super::using::call;
use crate::{
    failed::{Failed, fails, holds, same},
    story::Story,
    world::World,
};

pub(super) async fn play(story: &mut Story, world: &World, tokens: &Tokens) -> Result<(), Failed> {
    story.chapter("The seller disconnects");
    let square = world.square()?;

    story.step("revoke_token(all of the seller's)");
    square
        .revoke_token(RevokeToken::all(tokens.merchant_id()))
        .await?;
    story.shows("done");
    story.beware(
        "Revoking wants \"Authorization: Client SECRET\". Square's own SDKs send \"Bearer\", and get \
         \"bad authorization header\".",
    );

    webhook(story, world, tokens).await?;

    story.step("the access token");
    same(401, call(world, tokens).await?.0)?;
    let asked = square.retrieve_token_status(tokens.access_token()).await;
    let error = fails("access_token_rejected", asked)?;
    story.shows(&format!("401, {}: {}", error.kind(), error.code()));

    story.step("the refresh token");
    let Some(refresh_token) = tokens.refresh_token() else {
        return Err(Failed::sentence("there is no refresh token"));
    };
    let refreshed = square
        .obtain_token(ObtainToken::refresh_token(refresh_token))
        .await;
    let error = fails("refresh_token_rejected", refreshed)?;
    same(ErrorKind::ReauthorizationRequired, error.kind())?;
    story.shows(&format!("{}: connect again", error.kind()));

    story.step("revoking what is already gone");
    let again = square
        .revoke_token(RevokeToken::all(tokens.merchant_id()))
        .await;
    let error = fails("token_not_found", again)?;
    story.shows(&format!("{}: treat as disconnected", error.code()));
    Ok(())
}

async fn webhook(story: &mut Story, world: &World, tokens: &Tokens) -> Result<(), Failed> {
    story.step("the webhook arrives");
    let delivery = world.backend.delivery().await?;
    let key = world.emulator.webhook_signature_key();
    let subscription = Subscription::new(world.backend.notification_url(), key);
    let webhooks = Webhooks::new([subscription])?;
    let event = webhooks.verify(&delivery.body, delivery.signature.as_deref())?;
    same(Some(tokens.merchant_id()), event.merchant_id.as_deref())?;
    let is_ours = matches!(
        event.detail,
        EventDetail::AuthorizationRevoked {
            revoker_type: RevokerType::Application,
            ..
        }
    );
    holds("a revocation by the application", is_ours)?;
    story.shows("oauth.authorization.revoked, by APPLICATION; its signature is right");

    story.step("the same JSON, written anew");
    let parsed: Result<Value, _> = serde_json::from_slice(&delivery.body);
    let parsed = parsed.map_err(|error| error.to_string())?;
    let rewritten = format!("{parsed:#}");
    let verified = webhooks.verify(rewritten, delivery.signature.as_deref());
    let error = fails("signature_mismatch", verified)?;
    story.shows(&format!("{}: {}", error.kind(), error.code()));
    story.beware(
        "The signature covers the URL as registered and the bytes as sent. A body that a framework \
         has parsed and written again is another body.",
    );
    Ok(())
}

/// A control call of the emulator's.
pub(super) async fn control(
    world: &World,
    method: &str,
    path: &str,
    body: &Value,
) -> Result<(), Failed> {
    let url = format!("{}/{path}", world.emulator.control_url());
    let mut browser = Browser::default();
    let answer = browser.send(method, &url, &[], body.to_string()).await;
    let answer = answer.map_err(|error| error.to_string())?;
    same(200, answer.status)
}

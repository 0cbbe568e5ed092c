//! What does not go well, and how to tell.

use square_oauth::{ErrorKind, ObtainToken};
use square_oauth_example_browser::Decision;

use crate::{
    failed::{Failed, fails, same},
    story::Story,
    world::{World, ask},
};

pub(super) async fn play(story: &mut Story, world: &mut World) -> Result<(), Failed> {
    story.chapter("What goes wrong, told apart");
    denial(story, world).await?;
    dead_code_and_wrong_secret(story, world).await?;
    stranger(story, world).await
}

async fn denial(story: &mut Story, world: &mut World) -> Result<(), Failed> {
    let square = world.square()?;
    // Nobody has connected in this browser before, so Square asks again.
    let before = std::mem::take(&mut world.browser);

    story.step("the seller says no");
    let authorization = square.authorize(ask())?;
    let callback = world.decide(&authorization.url, Decision::Deny).await?;
    let completed = square
        .complete(&callback, authorization.pending.as_str())
        .await;
    let error = fails("denied", completed)?;
    same(ErrorKind::Denied, error.kind())?;
    story.shows(&format!("{}: {}", error.kind(), error.code()));
    story.beware("A kind of its own: a choice, not a failure. Nothing was sent to Square.");
    world.browser = before;
    Ok(())
}

async fn dead_code_and_wrong_secret(story: &mut Story, world: &mut World) -> Result<(), Failed> {
    let square = world.square()?;

    story.step("a second click");
    let authorization = square.authorize(ask())?;
    let callback = world.decide(&authorization.url, Decision::Allow).await?;
    let checked = square.check_callback(&callback, authorization.pending.as_str())?;
    let exchange = || ObtainToken::authorization_code(checked.clone());
    story.shows("no consent page this time: straight back with a new code");
    story.beware(
        "Square asks nothing of a seller who has allowed as much before. On a test machine the page \
         seems to disappear after the first run.",
    );

    story.step("its code under a wrong secret");
    let wrong = world.client("sandbox-sq0csb-not-the-right-one")?;
    let error = fails("application_rejected", wrong.obtain_token(exchange()).await)?;
    same(Some(401), error.http_status())?;
    story.shows(&format!("401, {}: {}", error.kind(), error.code()));

    story.step("under the right one");
    square.obtain_token(exchange()).await?;
    story.shows("connected");

    story.step("a second time");
    let error = fails("code_rejected", square.obtain_token(exchange()).await)?;
    same(Some(401), error.http_status())?;
    same(false, error.retryable())?;
    story.shows(&format!("401, {}: {}", error.kind(), error.code()));
    story.beware(
        "Both are 401. Read by status alone, a wrong secret sends every seller to connect again, and \
         a page that was loaded twice has you look for a wrong secret.",
    );
    Ok(())
}

async fn stranger(story: &mut Story, world: &mut World) -> Result<(), Failed> {
    let square = world.square()?;

    story.step("somebody else's callback");
    let theirs = square.authorize(ask())?;
    let callback = world.decide(&theirs.url, Decision::Allow).await?;
    let mine = square.authorize(ask())?;
    let completed = square.complete(&callback, mine.pending.as_str()).await;
    let error = fails("state_mismatch", completed)?;
    story.shows(&format!("{}: {}", error.kind(), error.code()));
    story.beware(
        "Without this check a stranger could connect their shop to your account. Nothing was sent \
         to Square.",
    );
    Ok(())
}

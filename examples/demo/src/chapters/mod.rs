//! The story, one chapter a file.

mod application;
mod connect;
mod disconnect;
mod pkce;
mod refresh;
mod refusals;
mod using;

use crate::{failed::Failed, story::Story, world::World};

pub(crate) async fn play(story: &mut Story, world: &mut World) -> Result<(), Failed> {
    application::play(story, world).await?;
    let tokens = connect::play(story, world).await?;
    using::play(story, world, &tokens).await?;
    let tokens = refresh::play(story, world, &tokens).await?;
    refusals::play(story, world).await?;
    disconnect::play(story, world, &tokens).await?;
    pkce::play(story, world).await
}

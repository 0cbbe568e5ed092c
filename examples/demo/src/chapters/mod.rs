//! The story, one chapter a file.

mod also;
mod application;
mod connect;
mod disconnect;
mod pkce;
mod refresh;
mod refusals;
mod using;

use crate::{failed::Failed, story::Story, world::World};

/// `programs` tell it once more in other languages; each comes with its script.
pub(crate) async fn play(
    story: &mut Story,
    world: &mut World,
    programs: &[(String, String)],
) -> Result<(), Failed> {
    application::play(story, world).await?;
    let tokens = connect::play(story, world).await?;
    using::play(story, world, &tokens).await?;
    let tokens = refresh::play(story, world, &tokens).await?;
    refusals::play(story, world).await?;
    disconnect::play(story, world, &tokens).await?;
    pkce::play(story, world).await?;
    for (program, script) in programs {
        also::play(story, world, program, script).await?;
    }
    Ok(())
}

//! Is it the secret, the ID or the environment?

use crate::{
    failed::{Failed, fails},
    story::Story,
    world::World,
};

pub(super) async fn play(story: &mut Story, world: &World) -> Result<(), Failed> {
    story.chapter("Before the first seller: is the application right?");

    story.step("check_application()");
    world.square()?.check_application().await?;
    story.shows("ID, secret and environment belong together");

    story.step("with a wrong secret");
    let wrong = world.client("sandbox-sq0csb-not-the-right-one")?;
    let error = fails("application_rejected", wrong.check_application().await)?;
    story.shows(&format!("{}: {}", error.kind(), error.code()));
    story.beware(
        "Square says \"Not Authorized\" and no more, for a wrong secret, a wrong ID and a wrong \
         environment alike. Asked this way, you find out before a seller does.",
    );

    story.step("with a line break in the secret");
    let secret = format!("{}\n", world.emulator.client_secret());
    let error = match world.client(&secret) {
        Err(failed) => failed.found,
        Ok(_) => return Err(Failed::sentence("a line break was taken")),
    };
    let text = "value_malformed: application_secret: ";
    crate::failed::holds("an error that names the field", error.starts_with(text))?;
    story.shows("refused before anything is sent");
    story.beware(&error);
    Ok(())
}

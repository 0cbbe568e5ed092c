//! The story once more, told by a program in another language against the same emulator.

use std::{process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
    time::timeout,
};

use crate::{failed::Failed, story::Story, world::World};

const LIMIT: Duration = Duration::from_secs(60);

/// Such a program's first line says who tells the story; each further one is a step and, after a tab,
/// what it has shown. What it complains about is on its standard error.
pub(super) async fn play(
    story: &mut Story,
    world: &World,
    program: &str,
    script: &str,
) -> Result<(), Failed> {
    story.step(script);
    let emulator = &world.emulator;
    let failed = |what: String| Failed::sentence(format!("{program} {script}: {what}"));
    let mut child = Command::new(program)
        .arg(script)
        .env("SQUARE_ENVIRONMENT", emulator.base_url())
        .env("SQUARE_APPLICATION_ID", emulator.client_id())
        .env("SQUARE_APPLICATION_SECRET", emulator.client_secret())
        .env("EMULATOR_CONTROL_URL", emulator.control_url())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    let Some(output) = child.stdout.take() else {
        return Err(failed("has no output".to_owned()));
    };
    let told = async {
        let mut lines = BufReader::new(output).lines();
        let mut steps = 0;
        while let Some(line) = lines.next_line().await? {
            match line.split_once('\t') {
                Some((step, shown)) => {
                    story.step(step);
                    story.shows(shown);
                    steps += 1;
                }
                None => story.chapter(&format!("The same by {line}")),
            }
        }
        Ok::<_, std::io::Error>((steps, child.wait().await?))
    };
    match timeout(LIMIT, told).await {
        Err(_) => Err(failed("is not done after a minute".to_owned())),
        Ok(Err(error)) => Err(failed(error.to_string())),
        Ok(Ok((_, status))) if !status.success() => Err(failed(format!("ended with {status}"))),
        Ok(Ok((0, _))) => Err(failed("told nothing".to_owned())),
        Ok(Ok(_)) => Ok(()),
    }
}

//! The demo: a seller is connected to an application over real HTTP, on this machine alone.
//!
//! Each chapter is one file under `chapters/`. A step shows what it has asserted; the first one
//! that is not as expected ends the demo.
#![forbid(unsafe_code)]
#![allow(clippy::print_stderr, reason = "a program for the command line")]

mod backend;
mod chapters;
mod failed;
mod paint;
mod serve;
mod story;
mod world;

use std::{net::SocketAddr, process::ExitCode};

use clap::Parser;

use self::{failed::Failed, story::Story, world::World};

/// A seller's whole story over real HTTP: consent page, callback, tokens, status, refresh, refusals,
/// revocation, webhook, PKCE. Square is played by the emulator; nothing leaves this machine.
///
/// The last line is `demo: ok`. Colours are used on a terminal, unless NO_COLOR is set.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// Play nothing; keep the emulator and a "Connect Square" page up for clicking through in a
    /// browser, until Ctrl+C [default: off]
    #[arg(long)]
    serve: bool,

    /// With --serve: where the "Connect Square" page listens; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,

    /// With --serve: where the emulator listens; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    emulator_listen: SocketAddr,

    /// Tell the story once more by this program and its script, in another language, against the same
    /// emulator; may be given several times [default: none]
    #[arg(long, num_args = 2, value_names = ["PROGRAM", "SCRIPT"])]
    also: Vec<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    let ended = if options.serve {
        serve::serve(options.listen, options.emulator_listen).await
    } else {
        let also = options.also.chunks_exact(2);
        let also = also.filter_map(|two| Some((two.first()?.clone(), two.get(1)?.clone())));
        play(&also.collect::<Vec<_>>()).await
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            eprintln!("{failed}");
            ExitCode::FAILURE
        }
    }
}

async fn play(also: &[(String, String)]) -> Result<(), Failed> {
    let mut story = Story::default();
    story.title("square-oauth: a seller connects, over real HTTP");
    let mut world = World::start().await?;
    story.line(
        "Square",
        &format!("the emulator at {}", world.emulator.base_url()),
    );
    story.line(
        "application",
        &format!("a server at {}", world.backend.origin),
    );
    match chapters::play(&mut story, &mut world, also).await {
        Ok(()) => {
            story::say(&format!(
                "\n{} steps, each as expected.\ndemo: ok",
                story.steps()
            ));
            Ok(())
        }
        Err(failed) => {
            story.failed(&failed);
            Err(Failed::sentence("demo: failed"))
        }
    }
}

//! The command line.

use std::{fs, net::SocketAddr, path::PathBuf};

use clap::Parser;
use square_oauth_emulator::Config;

/// Square's OAuth server, local, faithful and scriptable, for testing applications that connect
/// Square sellers.
///
/// The first line on standard output is a JSON object with base_url, public_url, client_id,
/// client_secret, redirect_uri, webhook_signature_key and control_url. Not affiliated with Square.
#[derive(Debug, Parser)]
#[command(version)]
pub(crate) struct Options {
    /// Where to listen; port 0 takes a free one. Beyond loopback, whoever can reach the emulator
    /// can read every credential in it [default: 127.0.0.1:0]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,

    /// A TOML file with applications, sellers, switches and webhooks; options given beside it win
    /// [default: none, two built-in applications and two sellers]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Let the first seller allow at once, without showing the consent page [default: off]
    #[arg(long)]
    auto_approve: bool,

    /// The origin under which browsers reach the emulator, when it is another than the one it
    /// listens on; in a container, for instance [default: http:// and the address listened on]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,

    /// A further host name under which requests are answered; may be given several times [default:
    /// loopback names and that of --public-url]
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,

    /// The seed of all codes, tokens and ids: the same seed and the same calls give the same ones
    /// [default: 0]
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,

    /// The redirect URL of the first application [default: a page of the emulator that shows what
    /// came back]
    #[arg(long, value_name = "URL")]
    redirect_uri: Option<String>,

    /// The address, plain http, to which webhooks of the first application are delivered [default:
    /// none]
    #[arg(long, value_name = "URL")]
    webhook_url: Option<String>,
}

impl Options {
    /// The configuration file, if there is one, with the options over it.
    pub(crate) fn into_config(self) -> Result<Config, Box<dyn std::error::Error>> {
        let mut config = match &self.config {
            None => Config::default(),
            Some(path) => {
                let name = path.display();
                let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
                Config::from_toml(&text).map_err(|error| format!("{name}: {error}"))?
            }
        };
        config.listen = self.listen.unwrap_or(config.listen);
        config.seed = self.seed.unwrap_or(config.seed);
        config.public_url = self.public_url.or(config.public_url);
        config.allow_hosts.extend(self.allow_host);
        config.switches.auto_approve |= self.auto_approve;
        if let Some(application) = config.applications.first_mut() {
            application.redirect_uri = self.redirect_uri.or(application.redirect_uri.take());
            application.webhook.url = self.webhook_url.or(application.webhook.url.take());
        }
        Ok(config)
    }
}

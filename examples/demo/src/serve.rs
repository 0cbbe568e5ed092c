//! `--serve`: the emulator and the axum example, for clicking through in a browser.

use std::net::SocketAddr;

use square_oauth::{Application, host::Host, native::NativeOptions};
use square_oauth_emulator::{
    Application as Registered, Config as EmulatorConfig, Emulator, Webhook,
};
use square_oauth_example_axum::{App, CALLBACK, Config, WEBHOOK, serve as serve_page};
use tokio::{net::TcpListener, signal::ctrl_c};

use crate::{failed::Failed, story::say};

pub(crate) async fn serve(listen: SocketAddr, emulator_listen: SocketAddr) -> Result<(), Failed> {
    if !listen.ip().is_loopback() {
        let text = "--listen takes loopback addresses only: the page knows no login";
        return Err(Failed::sentence(text));
    }
    let listener = TcpListener::bind(listen).await;
    let listener = listener.map_err(|error| format!("cannot listen on {listen}: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let origin = format!("http://{address}");

    let emulator = Emulator::start(EmulatorConfig {
        listen: emulator_listen,
        applications: vec![Registered {
            redirect_uri: Some(format!("{origin}{CALLBACK}")),
            webhook: Webhook {
                url: Some(format!("{origin}{WEBHOOK}")),
                key: None,
            },
            ..Registered::confidential("Shop Sync")
        }],
        ..EmulatorConfig::default()
    });
    let emulator = emulator.await.map_err(|error| error.to_string())?;
    let config = Config {
        environment: emulator.base_url().parse()?,
        application: Application::confidential(emulator.client_id(), emulator.client_secret()),
        public_url: origin.clone(),
        signature_key: Some(emulator.webhook_signature_key().into()),
    };
    let app = App::new(config, Host::native(&NativeOptions::default())?);
    let app = app.map_err(|error| error.to_string())?;

    say(&format!("Connect Square       {origin}/"));
    say(&format!(
        "Emulator of Square   {}/_emulator/",
        emulator.base_url()
    ));
    say("Stop with Ctrl+C.");
    let ended = tokio::select! {
        ended = serve_page(listener, app) => ended,
        ended = ctrl_c() => ended,
    };
    emulator.stop().await;
    Ok(ended.map_err(|error| error.to_string())?)
}

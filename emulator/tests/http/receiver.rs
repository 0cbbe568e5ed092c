//! Webhooks, as an application under test receives them.

use std::sync::{Arc, Mutex};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::{net::TcpListener, sync::mpsc, task::JoinHandle};

use crate::browser::World;

/// What was received: signature, older signature, body.
type Received = (String, String, String);

struct Receiver {
    url: String,
    received: mpsc::UnboundedReceiver<Received>,
    status: Arc<Mutex<u16>>,
    task: JoinHandle<()>,
}

impl Receiver {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks?of=square", listener.local_addr().unwrap());
        let (sender, received) = mpsc::unbounded_channel();
        let status = Arc::new(Mutex::new(200));
        let answer_with = Arc::clone(&status);
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (sender, status) = (sender.clone(), *answer_with.lock().unwrap());
                let service = service_fn(move |request: Request<Incoming>| {
                    let sender = sender.clone();
                    async move {
                        let header = |name: &str| {
                            request
                                .headers()
                                .get(name)
                                .unwrap()
                                .to_str()
                                .unwrap()
                                .to_owned()
                        };
                        let signatures = (
                            header("x-square-hmacsha256-signature"),
                            header("x-square-signature"),
                        );
                        let body = request.into_body().collect().await?.to_bytes();
                        let body = String::from_utf8(body.to_vec()).unwrap();
                        sender.send((signatures.0, signatures.1, body)).unwrap();
                        let mut response = Response::new(Full::<Bytes>::default());
                        *response.status_mut() = status.try_into().unwrap();
                        Ok::<_, hyper::Error>(response)
                    }
                });
                drop(
                    http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service)
                        .await,
                );
            }
        });
        Self {
            url,
            received,
            status,
            task,
        }
    }

    async fn next(&mut self) -> Received {
        let wait = std::time::Duration::from_secs(10);
        tokio::time::timeout(wait, self.received.recv())
            .await
            .unwrap()
            .unwrap()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn subscribed() -> (World, Receiver) {
    let world = World::start().await;
    let receiver = Receiver::start().await;
    world
        .control("PUT", "webhooks", json!({"url": receiver.url}))
        .await;
    (world, receiver)
}

#[tokio::test]
async fn a_revocation_is_told_with_a_signature_that_verifies() {
    let (world, mut receiver) = subscribed().await;
    let tokens = world.connect().await;
    world
        .revoke(&json!({"access_token": tokens["access_token"]}))
        .await;
    let (signature, older, body) = receiver.next().await;

    let key = world.emulator.webhook_signature_key();
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(receiver.url.as_bytes());
    mac.update(body.as_bytes());
    assert_eq!(signature, STANDARD.encode(mac.finalize().into_bytes()));
    assert_eq!((signature.len(), older.len()), (44, 28));

    let event: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(event["type"], "oauth.authorization.revoked");
    assert_eq!(event["merchant_id"], tokens["merchant_id"]);
    assert_eq!(event["data"]["type"], "revocation");
    let revocation = &event["data"]["object"]["revocation"];
    assert_eq!(revocation["revoker_type"], "APPLICATION");
    assert!(revocation["revoked_at"].as_str().unwrap().len() == 30);
}

#[tokio::test]
async fn a_seller_or_square_can_revoke_too_and_nothing_is_told_twice() {
    let (world, mut receiver) = subscribed().await;
    for revoker in ["MERCHANT", "SQUARE"] {
        world.connect().await;
        let revoke = || world.control("POST", "revoke", json!({"revoker": revoker}));
        assert_eq!(revoke().await["revoked"], true);
        assert_eq!(revoke().await["revoked"], false);
        assert!(receiver.next().await.2.contains(revoker));
    }
    let deliveries = world.control("GET", "webhooks", json!({})).await;
    assert_eq!(deliveries["deliveries"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn revoking_one_access_token_tells_nobody() {
    let (world, _receiver) = subscribed().await;
    let tokens = world.connect().await;
    let body = json!({"access_token": tokens["access_token"], "revoke_only_access_token": true});
    world.revoke(&body).await;
    let deliveries = world.control("GET", "webhooks", json!({})).await;
    assert_eq!(deliveries["deliveries"], json!([]));
}

#[tokio::test]
async fn an_event_can_be_sent_and_sent_again_with_the_same_bytes() {
    let (world, mut receiver) = subscribed().await;
    *receiver.status.lock().unwrap() = 503;
    let sent = world.control("POST", "webhooks/send", json!({})).await;
    assert_eq!(sent["deliveries"][0]["status"], 503);
    *receiver.status.lock().unwrap() = 200;
    let again = world
        .control("POST", "webhooks/redeliver", json!({"times": 2}))
        .await;
    assert_eq!(again["deliveries"][0]["status"], 200);
    assert_eq!(again["deliveries"][0]["attempts"], 3);
    let first = receiver.next().await;
    assert_eq!(receiver.next().await, first);
    assert_eq!(receiver.next().await, first);
    let path = "/_emulator/v1/webhooks/redeliver";
    let often = world.send("POST", path, &[], r#"{"times": 1001}"#).await;
    let often = often.unwrap();
    assert_eq!(often.status, 422);
    assert_eq!(often.json()["error"]["field"], "times");

    let body = json!({"type": "webhooks.test_notification"});
    world.control("POST", "webhooks/send", body).await;
    assert!(
        receiver
            .next()
            .await
            .2
            .contains("webhooks.test_notification")
    );
}

#[tokio::test]
async fn held_events_come_in_another_order() {
    let (world, mut receiver) = subscribed().await;
    world
        .control("PUT", "webhooks", json!({"hold": true}))
        .await;
    for revoker in ["MERCHANT", "SQUARE"] {
        world.connect().await;
        world
            .control("POST", "revoke", json!({"revoker": revoker}))
            .await;
    }
    let sent = world.control("POST", "webhooks/reorder", json!({})).await;
    assert_eq!(sent["deliveries"].as_array().unwrap().len(), 2);
    assert!(receiver.next().await.2.contains("SQUARE"));
    assert!(receiver.next().await.2.contains("MERCHANT"));

    let ids: Vec<&Value> = sent["deliveries"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .map(|one| &one["event_id"])
        .collect();
    world
        .control("POST", "webhooks/reorder", json!({"event_ids": ids}))
        .await;
    assert!(receiver.next().await.2.contains("MERCHANT"));
}

#[tokio::test]
async fn a_receiver_that_is_not_there_is_a_failed_delivery() {
    let world = World::start().await;
    let url = {
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}/", gone.local_addr().unwrap())
    };
    world
        .control("PUT", "webhooks", json!({"url": url, "key": "another-key"}))
        .await;
    let sent = world.control("POST", "webhooks/send", json!({})).await;
    assert_eq!(sent["deliveries"][0]["progress"], "failed");
}

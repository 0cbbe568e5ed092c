//! Whatever bytes come, an answer comes back, and it grants nothing.

use crate::browser::World;

/// A small generator of its own, so that the same bytes come every time (splitmix64).
struct Bytes(u64);

impl Bytes {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A valid body with a few bytes changed, cut, or doubled.
    fn spoil(&mut self, body: &str) -> Vec<u8> {
        let mut bytes = body.as_bytes().to_vec();
        for _ in 0..=self.next() % 4 {
            let at = usize::try_from(self.next()).unwrap_or(0) % bytes.len().max(1);
            match self.next() % 4 {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, self.next().to_le_bytes()[0]),
                2 if at < bytes.len() => bytes[at] = self.next().to_le_bytes()[0],
                _ => bytes.extend_from_within(at..),
            }
        }
        bytes
    }
}

#[tokio::test]
async fn spoilt_requests_are_answered_and_grant_nothing() {
    let world = World::start().await;
    let mut bytes = Bytes(1);
    let id = world.emulator.client_id();
    let json = format!(
        r#"{{"client_id":"{id}","client_secret":"wrong","grant_type":"refresh_token","scopes":["A"]}}"#
    );
    let form = format!("client_id={id}&seller=X&decision=allow&scope=PAYMENTS_READ&state=%F0%9F");
    for round in 0..600 {
        let (path, kind, body) = match round % 6 {
            0 => ("/oauth2/token", "application/json", &json),
            1 => ("/oauth2/token", "application/x-www-form-urlencoded", &form),
            2 => ("/oauth2/revoke", "application/json", &json),
            3 => (
                "/oauth2/authorize",
                "application/x-www-form-urlencoded",
                &form,
            ),
            4 => ("/_emulator/v1/consent", "application/json", &json),
            _ => ("/_emulator/", "application/x-www-form-urlencoded", &form),
        };
        let headers = [("content-type", kind), ("authorization", "Client wrong")];
        let answer = world
            .send("POST", path, &headers, bytes.spoil(body))
            .await
            .unwrap();
        assert!(
            (400..500).contains(&answer.status),
            "{path}: {}",
            answer.text()
        );
    }
}

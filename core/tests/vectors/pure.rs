//! The pure functions alone, for every vector of one request and one answer.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, from_value, json, to_value};
use square_oauth::{
    OAuthError, Timestamp,
    protocol::{self, Exchange, Setup},
};

use square_oauth_conformance::{
    Op, Outcome,
    vectors::{Answer, Complaints, Performed, Seen, Vector, judge},
};
use square_oauth_subject::{
    input::{Config, ObtainInput, Revocation, StatusInput},
    shown,
};

use super::simulated::{response, see};

/// Runs a vector if it is one for pure functions, and says everything that is wrong.
pub(crate) fn run(vector: &Vector) -> Option<Complaints> {
    let [step] = vector.exchange.as_slice() else {
        return None;
    };
    let answer = step.answer.as_ref()?;
    let setup = setup(vector).unwrap();
    let (result, seen) = match vector.op {
        Op::ObtainToken => {
            let request = read::<ObtainInput>(&vector.input).unchecked().unwrap();
            exchange(
                vector,
                answer,
                protocol::obtain_token(&setup, &request),
                |tokens| shown::tokens(&tokens),
            )
        }
        Op::RevokeToken => {
            let request = read::<Revocation>(&vector.input).request().unwrap();
            exchange(
                vector,
                answer,
                protocol::revoke_token(&setup, &request),
                |()| json!({}),
            )
        }
        Op::RetrieveTokenStatus => {
            let token = read::<StatusInput>(&vector.input).access_token.into();
            let made = protocol::retrieve_token_status(&setup, &token);
            exchange(vector, answer, made, |status| shown::status(&status))
        }
        Op::CheckApplication => {
            let made = protocol::check_application(&setup).unwrap();
            let now = now(vector);
            let read = protocol::checked(made.read(&response(answer), now));
            (read.map(|()| json!({})), see(&made.request))
        }
        _ => return None,
    };
    let answer = match result {
        Ok(value) => json!({ "ok": value }),
        Err(error) => json!({"error": shown::error(&error), "printed": shown::printed(&error)}),
    };
    let performed = Performed::from(Outcome::read(answer).unwrap());
    Some(judge(vector, &performed, &[seen]))
}

fn setup(vector: &Vector) -> Result<Setup, OAuthError> {
    let config: Config = read(&vector.config);
    Setup::new(
        config.environment().unwrap()?,
        config.application().unwrap(),
        &config.options(),
        "pure",
    )
}

fn exchange<T>(
    vector: &Vector,
    answer: &Answer,
    made: Result<Exchange<T>, OAuthError>,
    show: impl FnOnce(T) -> Value,
) -> (Result<Value, OAuthError>, Seen) {
    let made = made.unwrap();
    let now = now(vector);
    (
        made.read(&response(answer), now).map(show),
        see(&made.request),
    )
}

/// What the judge read, as the subject reads it.
fn read<T: DeserializeOwned>(from: &impl Serialize) -> T {
    from_value(to_value(from).unwrap()).unwrap()
}

fn now(vector: &Vector) -> Timestamp {
    Timestamp::from_unix_ms(vector.now_ms().unwrap())
}

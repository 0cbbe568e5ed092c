//! The pure functions alone, for every vector of one request and one answer.

use serde_json::Value;
use square_oauth::{
    OAuthError,
    protocol::{self, Exchange, Setup},
};

use super::{
    format::{Answer, Op, Vector},
    input::{self, ObtainInput, Revocation, StatusInput},
    judge::{Complaints, Seen, judge},
    output,
    perform::Performed,
    simulated::{response, see},
};

/// Runs a vector if it is one for pure functions, and says everything that is wrong.
pub(crate) fn run(vector: &Vector) -> Option<Complaints> {
    let [step] = vector.exchange.as_slice() else {
        return None;
    };
    let answer = step.answer.as_ref()?;
    let setup = setup(vector).unwrap();
    let (result, seen) = match vector.op {
        Op::ObtainToken => {
            let request = input::read::<ObtainInput>(&vector.input).into();
            exchange(
                vector,
                answer,
                protocol::obtain_token(&setup, &request),
                |tokens| output::tokens(&tokens),
            )
        }
        Op::RevokeToken => {
            let request = input::read::<Revocation>(&vector.input).into();
            exchange(
                vector,
                answer,
                protocol::revoke_token(&setup, &request),
                |()| output::nothing(),
            )
        }
        Op::RetrieveTokenStatus => {
            let token = input::read::<StatusInput>(&vector.input)
                .access_token
                .into();
            let made = protocol::retrieve_token_status(&setup, &token);
            exchange(vector, answer, made, |status| output::status(&status))
        }
        Op::CheckApplication => {
            let made = protocol::check_application(&setup).unwrap();
            let now = vector.now.parse().unwrap();
            let read = protocol::checked(made.read(&response(answer), now));
            (read.map(|()| output::nothing()), see(&made.request))
        }
        _ => return None,
    };
    let performed = Performed {
        result,
        challenge: None,
    };
    Some(judge(vector, &performed, &[seen]))
}

fn setup(vector: &Vector) -> Result<Setup, OAuthError> {
    let config = &vector.config;
    Setup::new(
        config.environment()?,
        config.application(),
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
    let now = vector.now.parse().unwrap();
    (
        made.read(&response(answer), now).map(show),
        see(&made.request),
    )
}

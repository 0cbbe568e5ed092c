//! One vector's call, or the few that make it up.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Complaints, Vector, authorization::Authorization};
use crate::library::{Call, Library, Op, Outcome};

/// What came of a vector, and what its requests are judged by beside it.
#[derive(Debug)]
pub struct Performed {
    /// What came of it, as vectors write it.
    pub outcome: Outcome,
    /// The challenge of the authorization that came first, if one did.
    pub challenge: Option<String>,
    /// What went wrong on the way.
    pub complaints: Complaints,
}

/// Performs a vector against a library.
///
/// # Errors
/// A text, where the vector cannot be performed or the library does not keep to the contract.
pub async fn perform(vector: &Vector, library: &impl Library) -> Result<Performed, String> {
    let call = Call {
        op: vector.op,
        config: vector.config.clone(),
        now_ms: vector.now_ms()?,
        input: vector.input.clone(),
    };
    match vector.op {
        Op::Authorize => authorize(call, library).await,
        Op::Complete => complete(call, library).await,
        _ => library.call(call).await.map(Performed::from),
    }
}

impl From<Outcome> for Performed {
    fn from(outcome: Outcome) -> Self {
        Self {
            outcome,
            challenge: None,
            complaints: Complaints::new(),
        }
    }
}

async fn authorize(mut call: Call, library: &impl Library) -> Result<Performed, String> {
    // What the randomness is, is between the vector and whoever scripts it.
    let random = call
        .input
        .as_object_mut()
        .and_then(|input| input.remove("random"));
    let made = match library.call(call.clone()).await? {
        Outcome::Ok(value) => Authorization::read(value)?,
        failed => return Ok(failed.into()),
    };
    let mut complaints = Complaints::new();
    if random.is_none() {
        match library.call(call.clone()).await? {
            Outcome::Ok(value) => made.differs(&Authorization::read(value)?, &mut complaints),
            Outcome::Failed(error) => complaints.push(format!("the second one failed: {error:?}")),
        }
    }
    made.agrees(library, &call, &mut complaints).await?;
    Ok(Performed {
        outcome: Outcome::Ok(made.shown(&mut complaints)),
        challenge: None,
        complaints,
    })
}

async fn complete(call: Call, library: &impl Library) -> Result<Performed, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Input {
        callback: String,
        authorize: Option<Value>,
        pending: Option<String>,
    }
    let input: Input = serde_json::from_value(call.input.clone()).map_err(|why| why.to_string())?;
    let mut challenge = None;
    let (state, pending) = match (input.authorize, input.pending) {
        (None, Some(pending)) => (String::new(), pending),
        (Some(options), None) => {
            let authorize = Call {
                op: Op::Authorize,
                input: options,
                ..call.clone()
            };
            let made = match library.call(authorize).await? {
                Outcome::Ok(value) => Authorization::read(value)?,
                failed => return Ok(failed.into()),
            };
            challenge = made.parameter("code_challenge");
            (made.parameter("state").unwrap_or_default(), made.pending)
        }
        _ => return Err("exactly one of authorize and pending is needed".to_owned()),
    };
    let callback = input.callback.replace("{state}", &state);
    let complete = Call {
        input: json!({"callback": callback, "pending": pending}),
        ..call
    };
    Ok(Performed {
        challenge,
        ..library.call(complete).await?.into()
    })
}

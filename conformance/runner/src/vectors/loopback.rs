//! The vectors over real sockets: emulators answer word for word, and say what they were sent.

use base64::{Engine, engine::general_purpose::STANDARD};
use futures_util::future::join_all;
use serde_json::{Map, Value, json};

use super::{Answer, Complaints, Seen, Step, Vector, judge, perform, requests::language};
use crate::{
    emulator::{Control, Square},
    library::{Config, Library, Op},
};

/// Enough to wait out one another's back-off.
const EMULATORS: usize = 16;

/// Performs vectors side by side, each on an emulator that it has for itself at the time, and says of each what is wrong.
///
/// # Errors
/// A text, where an emulator does not start.
pub async fn over_loopback(
    vectors: &[&Vector],
    library: &impl Library,
) -> Result<Complaints, String> {
    let emulators = EMULATORS.min(vectors.len());
    let lanes = (0..emulators).map(|lane| {
        let vectors = vectors.iter().skip(lane).step_by(emulators);
        drive(vectors.copied(), library)
    });
    let mut found = Complaints::new();
    for lane in join_all(lanes).await {
        found.extend(lane?);
    }
    found.sort();
    Ok(found)
}

async fn drive(
    vectors: impl Iterator<Item = &Vector>,
    library: &impl Library,
) -> Result<Complaints, String> {
    let square = Square::start(&Map::new()).await?;
    let mut lane = Lane {
        control: square.control(),
        latest: 0,
    };
    let mut found = Complaints::new();
    for vector in vectors {
        let complaints = match lane.run(vector, square.base_url(), library).await {
            Ok(complaints) => complaints,
            Err(why) => vec![why],
        };
        if !complaints.is_empty() {
            found.push(format!("{}: {}", vector.id, complaints.join("; ")));
        }
    }
    Ok(found)
}

struct Lane<'a> {
    control: &'a Control,
    /// The number of the last request that was looked at.
    latest: u64,
}

impl Lane<'_> {
    async fn run(
        &mut self,
        vector: &Vector,
        base_url: &str,
        library: &impl Library,
    ) -> Result<Complaints, String> {
        self.answer_with(&vector.exchange).await?;
        let mut told = vector.clone();
        // Whatever could send goes to the emulator, even where nothing is to be sent.
        if sends(vector.op) {
            told.config = Config {
                environment: Some(base_url.to_owned()),
                insecure_environment: None,
                ..told.config
            };
        }
        let performed = perform(&told, library).await;
        // What was sent is taken off the list, whatever came of it: it is not the next vector's.
        let seen = self.seen().await?;
        let mut complaints = judge(&told, &performed?, &seen);
        if let Some(wanted) = library.language() {
            let agents = seen.iter().filter_map(|seen| seen.header("user-agent"));
            let others = agents.filter(|agent| language(agent) != Some(wanted));
            complaints.extend(others.map(|agent| format!("{agent:?} is not of {wanted}")));
        }
        Ok(complaints)
    }

    /// Lets the next requests be answered by these steps, in order, and by nothing else.
    async fn answer_with(&self, steps: &[Step]) -> Result<(), String> {
        self.control.call("DELETE faults", &json!({})).await?;
        for step in steps {
            let answer = step
                .answer
                .as_ref()
                .ok_or("only a simulation has no answer")?;
            let fault = json!({"act": {"answer": verbatim(answer)}});
            self.control.call("POST faults", &fault).await?;
        }
        Ok(())
    }

    /// What was sent since the last time.
    async fn seen(&mut self) -> Result<Vec<Seen>, String> {
        let call = format!("GET requests?since={}", self.latest);
        let recorded = self.control.call(&call, &json!({})).await?;
        let latest = recorded.get("next").and_then(Value::as_u64);
        self.latest = latest.ok_or("the list of requests has no end")?;
        let list = recorded.get("requests").and_then(Value::as_array);
        let list = list.into_iter().flatten().map(seen);
        list.collect::<Option<_>>()
            .ok_or_else(|| format!("not a list of requests: {recorded}"))
    }
}

/// Whether the call talks to Square where its input is right.
const fn sends(op: Op) -> bool {
    matches!(
        op,
        Op::Complete
            | Op::ObtainToken
            | Op::RevokeToken
            | Op::RetrieveTokenStatus
            | Op::CheckApplication
    )
}

fn verbatim(answer: &Answer) -> Value {
    let headers = match &answer.headers {
        None => json!([["content-type", "application/json"]]),
        Some(headers) => headers
            .iter()
            .flat_map(|(name, value)| match value {
                Value::Array(values) => values.iter().map(|one| json!([name, one])).collect(),
                one => vec![json!([name, one])],
            })
            .collect(),
    };
    let (name, body) = match (&answer.body, &answer.body_base64) {
        (Some(Value::String(text)), _) => ("body", json!(text)),
        (Some(json), _) => ("body", json.to_string().into()),
        (None, base64) => ("body_base64", json!(base64)),
    };
    json!({"status": answer.status, "headers": headers, name: body})
}

fn seen(request: &Value) -> Option<Seen> {
    let text = |name: &str| request.get(name)?.as_str().map(str::to_owned);
    let pair = |pair: &Value| {
        let part = |at: usize| pair.get(at)?.as_str().map(str::to_owned);
        Some((part(0)?, part(1)?))
    };
    let path = match text("query") {
        Some(query) => format!("{}?{query}", text("path")?),
        None => text("path")?,
    };
    let headers = request.get("headers")?.as_array()?;
    Some(Seen {
        method: text("method")?,
        path,
        headers: headers.iter().map(pair).collect::<Option<_>>()?,
        body: match text("body_base64") {
            Some(base64) => STANDARD.decode(base64).ok()?,
            None => text("body")?.into_bytes(),
        },
    })
}

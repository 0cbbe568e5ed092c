//! The conformance vectors as seeds, each written the way its target reads it.

use std::{collections::BTreeMap, fs};

use serde_json::Value;

use super::target;
use crate::context::Context;

/// How many seeds each target has.
pub(super) type Counts = BTreeMap<String, usize>;

type Seed = (&'static str, String);

pub(super) fn write(context: &Context) -> Result<Counts, String> {
    let folder = context.root.join("conformance/vectors");
    let entries = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let seeds = target::folder(context).join("seeds");
    // Those of vectors that are no more would stay.
    let _ = fs::remove_dir_all(&seeds);
    let mut counts = Counts::new();
    for entry in entries.flatten() {
        let path = entry.path();
        let wrong = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
        let text = fs::read_to_string(&path).map_err(|e| wrong(&e))?;
        let file: Value = serde_json::from_str(&text).map_err(|e| wrong(&e))?;
        for (target, seed) in list(&file, "vectors").iter().flat_map(of_vector) {
            let count = counts.entry(target.to_owned()).or_default();
            *count += 1;
            let folder = seeds.join(target);
            fs::create_dir_all(&folder).map_err(|e| wrong(&e))?;
            fs::write(folder.join(count.to_string()), seed).map_err(|e| wrong(&e))?;
        }
    }
    Ok(counts)
}

/// What a vector is a seed for. Bodies that are no text are left out: the fuzzer has its own.
fn of_vector(vector: &Value) -> Vec<Seed> {
    let input = |name| {
        vector
            .pointer(&format!("/input/{name}"))
            .and_then(Value::as_str)
    };
    let mut seeds = Vec::new();
    if let Some(callback) = input("callback") {
        let pending = input("pending").unwrap_or_default();
        seeds.push(("callback", format!("{callback}\n{pending}")));
        seeds.push(("callback", format!("{callback}&state=STATE\n")));
        let target = format!("GET {callback}&state=STATE");
        seeds.push((
            "web",
            format!("{target}\ncookie: PAIR\nsec-fetch-site: none\n\nreturn_to=/"),
        ));
    }
    seeds.extend(input("pending").map(|text| ("pending", text.to_owned())));
    for name in ["environment", "insecure_environment", "authorize_url"] {
        seeds.extend(input(name).map(|text| ("environment", text.to_owned())));
    }
    if let (Some(body), signature) = (input("body"), input("signature").unwrap_or_default()) {
        seeds.push(("webhook", format!("{signature}\n{body}")));
    }
    for exchange in list(vector, "exchange") {
        seeds.extend(exchange.get("request").map(of_request));
        seeds.extend(exchange.get("answer").into_iter().flat_map(of_answer));
    }
    seeds
}

fn of_request(request: &Value) -> Seed {
    let text = |name| {
        request
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let mut body = request.get("body").filter(|b| !b.is_null()).cloned();
    let known = [
        ("client_id", "{id}"),
        ("client_secret", "{secret}"),
        ("code", "{code}"),
    ];
    for (name, stands_for) in known {
        if let Some(value) = body.as_mut().and_then(|body| body.get_mut(name)) {
            *value = stands_for.into();
        }
    }
    let body = body.map(|body| body.to_string()).unwrap_or_default();
    let headers = headers(request).replace("\nauthorization: Client ", "\nx: ");
    let client = "authorization: Client {secret}";
    let seed = format!(
        "{} {}{headers}\n{client}\n\n{body}",
        text("method"),
        text("path")
    );
    ("emulator", seed)
}

fn of_answer(answer: &Value) -> Vec<Seed> {
    let status = answer.get("status").and_then(Value::as_u64).unwrap_or(200);
    let body = answer.get("body").map(|body| match body {
        Value::String(text) => text.clone(),
        json => json.to_string(),
    });
    let head = format!("{status}{}", headers(answer));
    let mut seeds = vec![("answers", format!("{head}\n\n{}", body.unwrap_or_default()))];
    let header = |name: &str| {
        let value = answer.pointer(&format!("/headers/{name}"));
        value.and_then(Value::as_str).unwrap_or_default()
    };
    let moment = answer.pointer("/body/expires_at").and_then(Value::as_str);
    let times = [
        moment.unwrap_or_default(),
        header("retry-after"),
        header("date"),
    ];
    if times.iter().any(|text| !text.is_empty()) {
        seeds.push(("times", times.join("\n")));
    }
    for error in answer
        .get("body")
        .map(|body| list(body, "errors"))
        .unwrap_or_default()
    {
        if let Some(detail) = error.get("detail").and_then(Value::as_str) {
            seeds.push(("cleaner", format!("{detail} $P, $E, $L, $J, $B, $U")));
        }
    }
    seeds
}

fn headers(of: &Value) -> String {
    let headers = of.get("headers").and_then(Value::as_object);
    let lines = headers.into_iter().flatten().flat_map(|(name, value)| {
        let values = value
            .as_array()
            .cloned()
            .unwrap_or_else(|| vec![value.clone()]);
        let texts = values
            .into_iter()
            .filter_map(|value| value.as_str().map(str::to_owned));
        texts
            .map(|value| format!("\n{name}: {value}"))
            .collect::<Vec<_>>()
    });
    lines.collect()
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of.get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::of_vector;

    #[test]
    fn an_exchange_is_a_seed_for_both_sides() {
        let vector = json!({"input": {}, "exchange": [{
            "request": {"method": "POST", "path": "/oauth2/token", "body": {"code": "c", "client_id": "i"}},
            "answer": {"status": 429, "headers": {"retry-after": "5"}, "body": {"errors": []}},
        }]});
        let seeds = of_vector(&vector);
        let of = |target| {
            let mut seeds = seeds.iter().filter(|(name, _)| *name == target);
            seeds.next().map(|(_, seed)| seed.as_str()).unwrap()
        };
        assert_eq!(of("answers"), "429\nretry-after: 5\n\n{\"errors\":[]}");
        assert_eq!(of("times"), "\n5\n");
        let request = of("emulator");
        assert!(request.starts_with("POST /oauth2/token\n"), "{request}");
        assert!(
            request.contains("\"{code}\"") && request.contains("\"{id}\""),
            "{request}"
        );
    }

    #[test]
    fn a_callback_is_a_seed_with_and_without_a_right_state() {
        let vector = json!({"input": {"callback": "/?code=a", "pending": "sqp1.x"}});
        let seeds = of_vector(&vector);
        assert!(seeds.contains(&("callback", "/?code=a\nsqp1.x".to_owned())));
        assert!(seeds.contains(&("callback", "/?code=a&state=STATE\n".to_owned())));
        assert!(seeds.contains(&("pending", "sqp1.x".to_owned())));
        let request = "GET /?code=a&state=STATE\ncookie: PAIR\nsec-fetch-site: none\n\nreturn_to=/";
        assert!(seeds.contains(&("web", request.to_owned())));
    }
}

//! Format 1 of a scenario, read strictly: what is not known is an error, never skipped.

use serde::Deserialize;
use serde_json::{Map, Value};

/// One story.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    format: u32,
    /// The file's name without its ending; never used again for another story.
    pub id: String,
    /// What holds, in one sentence.
    pub title: String,
    needs: Vec<Need>,
    /// What the emulator is told before the story begins: `PUT` calls of its control API by their path.
    #[serde(default)]
    pub(crate) emulator: Map<String, Value>,
    steps: Vec<RawStep>,
}

/// What a scenario is told to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// The public client of a language.
    Client,
    /// A web server that follows the rules for web handlers.
    Web,
    /// The client with a store.
    Vault,
    /// Beside one of these: connections in one's own hand, so that it is known what was not sent.
    Connections,
}

/// A step, whatever its verb: which keys go together is checked by [`RawStep::read`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStep {
    r#do: Option<String>,
    consent: Option<Map<String, Value>>,
    control: Option<String>,
    #[serde(default, deserialize_with = "some")]
    expect: Option<Value>,
    expect_requests: Option<Vec<Value>>,
    on: Option<String>,
    with: Option<Map<String, Value>>,
    r#as: Option<String>,
    of: Option<String>,
}

/// A step, checked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    Do {
        method: String,
        on: Option<String>,
        with: Value,
        name: Option<String>,
    },
    Consent {
        with: Value,
        name: Option<String>,
    },
    Control {
        call: String,
        with: Value,
        name: Option<String>,
    },
    Expect {
        expected: Value,
        of: Option<String>,
    },
    ExpectRequests(Vec<Value>),
}

impl Scenario {
    /// Reads one scenario.
    ///
    /// # Errors
    /// A text that says what is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let scenario: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if scenario.format != 1 {
            return Err(format!("format {} is not known", scenario.format));
        }
        let told_to = scenario.needs.iter();
        let told_to = told_to.filter(|need| **need != Need::Connections);
        if told_to.count() != 1 {
            return Err("needs names exactly one of client, web, vault".to_owned());
        }
        if scenario.title.is_empty() || scenario.steps.is_empty() {
            return Err("title and steps must not be empty".to_owned());
        }
        scenario.steps().map(|_| scenario)
    }

    /// What it is told to.
    #[must_use]
    pub fn needs(&self, need: Need) -> bool {
        self.needs.contains(&need)
    }

    pub(crate) fn steps(&self) -> Result<Vec<Step>, String> {
        let numbered = self.steps.iter().cloned().enumerate();
        numbered
            .map(|(at, step)| step.read().map_err(|why| format!("step {}: {why}", at + 1)))
            .collect()
    }
}

impl RawStep {
    fn read(self) -> Result<Step, String> {
        let (on, of, name) = (self.on, self.of, self.r#as);
        let has = (
            on.is_some(),
            self.with.is_some(),
            name.is_some(),
            of.is_some(),
        );
        let with = self.with.unwrap_or_default().into();
        let verbs = (
            self.r#do,
            self.consent,
            self.control,
            self.expect,
            self.expect_requests,
        );
        let (step, allowed) = match verbs {
            (Some(method), None, None, None, None) => {
                let step = Step::Do {
                    method,
                    on,
                    with,
                    name,
                };
                (step, (true, true, true, false))
            }
            (None, Some(with), None, None, None) => {
                let with = with.into();
                (Step::Consent { with, name }, (false, false, true, false))
            }
            (None, None, Some(call), None, None) => {
                let step = Step::Control { call, with, name };
                (step, (false, true, true, false))
            }
            (None, None, None, Some(expected), None) => {
                (Step::Expect { expected, of }, (false, false, false, true))
            }
            (None, None, None, None, Some(expected)) => {
                (Step::ExpectRequests(expected), (false, false, false, false))
            }
            _ => return Err("exactly one verb is needed".to_owned()),
        };
        let surplus = [
            ("on", has.0 && !allowed.0),
            ("with", has.1 && !allowed.1),
            ("as", has.2 && !allowed.2),
            ("of", has.3 && !allowed.3),
        ];
        match surplus.iter().find(|(_, is_surplus)| *is_surplus) {
            Some((key, _)) => Err(format!("`{key}` does not go with this verb")),
            None => Ok(step),
        }
    }
}

/// `"expect": null` is an expectation too.
fn some<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(change: impl Fn(&mut Value)) -> String {
        let mut scenario = serde_json::json!({
            "format": 1, "id": "a", "title": "A holds", "needs": ["client"],
            "steps": [{"do": "authorize", "with": {}, "as": "one"}, {"expect": {}}],
        });
        assert!(Scenario::read(&scenario.to_string()).is_ok());
        change(&mut scenario);
        Scenario::read(&scenario.to_string()).unwrap_err()
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for (change, said) in [
            (r#"{"format": 2}"#, "format 2 is not known"),
            (r#"{"needs": ["server"]}"#, "unknown variant `server`"),
            (r#"{"needs": []}"#, "exactly one of"),
            (r#"{"needs": ["client", "vault"]}"#, "exactly one of"),
            (r#"{"title": ""}"#, "must not be empty"),
            (r#"{"steps": []}"#, "must not be empty"),
            (r#"{"note": "x"}"#, "unknown field `note`"),
            (r#"{"steps": [{"wait": 1}]}"#, "unknown field `wait`"),
            (
                r#"{"steps": [{"expect": {}, "do": "x"}]}"#,
                "exactly one verb",
            ),
            (r#"{"steps": [{"with": {}}]}"#, "exactly one verb"),
            (
                r#"{"steps": [{"expect": {}, "as": "x"}]}"#,
                "`as` does not go",
            ),
            (r#"{"steps": [{"do": "x", "of": "y"}]}"#, "`of` does not go"),
            (
                r#"{"steps": [{"consent": {}, "with": {}}]}"#,
                "`with` does not go",
            ),
            (
                r#"{"steps": [{"control": "GET state", "on": "x"}]}"#,
                "`on` does not go",
            ),
        ] {
            let change: Map<String, Value> = serde_json::from_str(change).unwrap();
            let found = complaint(|scenario| {
                scenario.as_object_mut().unwrap().extend(change.clone());
            });
            assert!(found.contains(said), "{found}");
        }
    }
}

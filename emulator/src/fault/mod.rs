//! Scripted faults: what is to go wrong, for which requests, how often.

mod act;
mod rule;

pub(crate) use self::{
    act::{Act, Drop},
    rule::{Match, Subject, Times},
};

use serde::{Deserialize, Serialize};

/// The faults that are set, oldest first.
#[derive(Default)]
pub(crate) struct Faults {
    set: Vec<Fault>,
    next: u64,
}

/// A fault, as the control API takes it.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewFault {
    /// Which requests are meant; all where nothing is said.
    #[serde(default, rename = "match")]
    pub(crate) matches: Match,
    /// How often the fault strikes before it is gone.
    #[serde(default)]
    pub(crate) times: Times,
    /// What happens.
    pub(crate) act: Act,
}

pub(crate) struct Fault {
    /// Counted from 1.
    pub(crate) id: u64,
    pub(crate) fault: NewFault,
    /// How many requests it has been asked about and meant.
    pub(crate) seen: u64,
    pub(crate) struck: u64,
}

impl Faults {
    pub(crate) fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    pub(crate) fn add(&mut self, fault: NewFault) -> u64 {
        self.next += 1;
        self.set.push(Fault {
            id: self.next,
            fault,
            seen: 0,
            struck: 0,
        });
        self.next
    }

    /// Remove one fault, or all.
    pub(crate) fn remove(&mut self, id: Option<u64>) -> usize {
        let before = self.set.len();
        self.set.retain(|fault| id.is_some_and(|id| fault.id != id));
        before - self.set.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.set.iter()
    }

    /// The fault that strikes this request: the oldest one that means it. Every fault that means it
    /// counts it.
    pub(crate) fn strike(&mut self, subject: &Subject<'_>) -> Option<(u64, Act)> {
        let mut struck = None;
        for fault in &mut self.set {
            if !fault.fault.matches.means(subject) {
                continue;
            }
            fault.seen += 1;
            if struck.is_none() && fault.seen >= fault.fault.matches.first() {
                fault.struck += 1;
                struck = Some((fault.id, fault.fault.act.clone()));
            }
        }
        self.set
            .retain(|fault| fault.fault.times.leaves_more(fault.struck));
        struck
    }
}

#[cfg(test)]
mod tests {
    use super::{Faults, NewFault, Subject};

    fn fault(json: &str) -> NewFault {
        serde_json::from_str(json).unwrap()
    }

    fn token_request() -> Subject<'static> {
        Subject {
            method: "POST",
            path: "/oauth2/token",
            grant: Some("refresh_token"),
            merchant: Some("M1"),
        }
    }

    #[test]
    fn a_fault_strikes_once_and_is_gone() {
        let mut faults = Faults::default();
        faults.add(fault(r#"{"act": {"drop": "after_commit"}}"#));
        assert!(faults.strike(&token_request()).is_some());
        assert!(faults.strike(&token_request()).is_none());
        assert!(faults.is_empty());
    }

    #[test]
    fn nth_lets_the_first_ones_pass() {
        let mut faults = Faults::default();
        let json =
            r#"{"match": {"path": "/oauth2/token", "nth": 3}, "times": 2, "act": {"delay_ms": 1}}"#;
        faults.add(fault(json));
        let struck: Vec<bool> = (0..6)
            .map(|_| faults.strike(&token_request()).is_some())
            .collect();
        assert_eq!(struck, [false, false, true, true, false, false]);
    }

    #[test]
    fn a_fault_means_only_what_it_names() {
        let mut faults = Faults::default();
        let json = r#"{"match": {"grant": "refresh_token", "merchant": "M2"}, "times": "always",
                       "act": {"drop": "before_commit"}}"#;
        faults.add(fault(json));
        assert!(faults.strike(&token_request()).is_none());
        assert!(
            faults
                .strike(&Subject {
                    merchant: Some("M2"),
                    ..token_request()
                })
                .is_some()
        );
        assert!(
            faults
                .strike(&Subject {
                    merchant: Some("M2"),
                    ..token_request()
                })
                .is_some()
        );
    }

    #[test]
    fn two_faults_strike_one_after_the_other() {
        let mut faults = Faults::default();
        let first = faults.add(fault(r#"{"act": {"delay_ms": 1}}"#));
        let second = faults.add(fault(r#"{"act": {"delay_ms": 2}}"#));
        assert_eq!(faults.strike(&token_request()).unwrap().0, first);
        assert_eq!(faults.strike(&token_request()).unwrap().0, second);
    }
}

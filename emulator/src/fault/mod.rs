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
    /// What those that are set take, together.
    bytes: usize,
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
    bytes: usize,
}

impl Faults {
    pub(crate) fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Set a fault and say its number; or why there is no room for it.
    pub(crate) fn add(&mut self, fault: NewFault) -> Result<u64, String> {
        let bytes = fault.size();
        if self.set.len() >= MOST || self.bytes + bytes > ROOM_IN_BYTES {
            let room = ROOM_IN_BYTES / 1024 / 1024;
            return Err(format!(
                "at most {MOST} faults can be set, of {room} MiB together; DELETE faults removes them"
            ));
        }
        self.bytes += bytes;
        self.next += 1;
        self.set.push(Fault {
            id: self.next,
            fault,
            seen: 0,
            struck: 0,
            bytes,
        });
        Ok(self.next)
    }

    /// Remove one fault, or all.
    pub(crate) fn remove(&mut self, id: Option<u64>) -> usize {
        let before = self.set.len();
        self.keep(|fault| id.is_some_and(|id| fault.id != id));
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
        if struck.is_some() {
            self.keep(|fault| fault.fault.times.leaves_more(fault.struck));
        }
        struck
    }

    fn keep(&mut self, stays: impl Fn(&Fault) -> bool) {
        self.set.retain(stays);
        self.bytes = self.set.iter().map(|fault| fault.bytes).sum();
    }
}

impl NewFault {
    /// What it takes, all that a caller can make long included.
    fn size(&self) -> usize {
        size_of::<Fault>() + self.matches.size() + self.act.size()
    }
}

const MOST: usize = 1000;
const ROOM_IN_BYTES: usize = 64 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use super::{Faults, MOST, NewFault, Subject};

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
        faults
            .add(fault(r#"{"act": {"drop": "after_commit"}}"#))
            .unwrap();
        assert!(faults.strike(&token_request()).is_some());
        assert!(faults.strike(&token_request()).is_none());
        assert!(faults.is_empty());
    }

    #[test]
    fn nth_lets_the_first_ones_pass() {
        let mut faults = Faults::default();
        let json =
            r#"{"match": {"path": "/oauth2/token", "nth": 3}, "times": 2, "act": {"delay_ms": 1}}"#;
        faults.add(fault(json)).unwrap();
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
        faults.add(fault(json)).unwrap();
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
        let first = faults.add(fault(r#"{"act": {"delay_ms": 1}}"#)).unwrap();
        let second = faults.add(fault(r#"{"act": {"delay_ms": 2}}"#)).unwrap();
        assert_eq!(faults.strike(&token_request()).unwrap().0, first);
        assert_eq!(faults.strike(&token_request()).unwrap().0, second);
    }

    #[test]
    fn there_is_room_for_so_many_faults_and_so_many_bytes_and_again_once_they_are_gone() {
        let small = r#"{"act": {"delay_ms": 1}}"#;
        let body = "x".repeat(7 * 1024 * 1024);
        let large = format!(r#"{{"act": {{"answer": {{"body": "{body}"}}}}}}"#);
        let headers: Vec<_> = (0..100_000).map(|_| r#"["a",""]"#).collect();
        let many = headers.join(",");
        let many = format!(r#"{{"act": {{"answer": {{"headers": [{many}]}}}}}}"#);
        for (json, room) in [(small, MOST), (&large, 9), (&many, 13)] {
            let fault = fault(json);
            let mut faults = Faults::default();
            for _ in 0..2 {
                let set = (0..=MOST).take_while(|_| faults.add(fault.clone()).is_ok());
                assert_eq!(set.count(), room);
                assert_eq!(faults.remove(None), room);
            }
            faults.add(fault).unwrap();
            assert!(faults.strike(&token_request()).is_some());
            assert_eq!(faults.bytes, 0);
        }
    }
}

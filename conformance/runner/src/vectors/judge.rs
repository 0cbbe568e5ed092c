//! What was seen against what a vector says.

use super::{Complaints, Performed, Seen, Vector, errors, requests, values};
use crate::library::Outcome;

/// Says everything that is wrong.
#[must_use]
pub fn judge(vector: &Vector, performed: &Performed, seen: &[Seen]) -> Complaints {
    let mut complaints = performed.complaints.clone();
    complaints.extend(requests::judge(
        vector,
        performed.challenge.as_deref(),
        seen,
    ));
    match (&performed.outcome, &vector.expect, &vector.error) {
        (Outcome::Ok(value), Some(expected), _) => {
            values::judge(vector.op, expected, value, &mut complaints);
        }
        (Outcome::Failed(error), _, Some(expected)) => {
            errors::judge(vector, expected, error, &mut complaints);
        }
        (Outcome::Ok(value), None, _) => complaints.push(format!("succeeded: {value}")),
        (Outcome::Failed(error), _, None) => complaints.push(format!("failed: {error:?}")),
    }
    complaints
}

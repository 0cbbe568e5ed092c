//! Times: RFC 3339 where people write them, milliseconds since 1970 in the contract.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

pub(crate) fn to_ms(text: &str) -> Result<i64, String> {
    let moment = OffsetDateTime::parse(text, &Rfc3339).map_err(|why| format!("{text}: {why}"))?;
    i64::try_from(moment.unix_timestamp_nanos().div_euclid(1_000_000))
        .map_err(|why| why.to_string())
}

pub(crate) fn to_text(unix_ms: i64) -> Result<String, String> {
    let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(unix_ms) * 1_000_000);
    let moment = moment.map_err(|why| format!("{unix_ms}: {why}"))?;
    moment.format(&Rfc3339).map_err(|why| why.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_name_the_same_moment() {
        for (text, ms) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2025-04-03T18:31:06Z", 1_743_705_066_000),
            ("1970-01-01T00:00:00.001Z", 1),
        ] {
            assert_eq!(to_ms(text), Ok(ms));
            assert_eq!(to_text(ms).as_deref(), Ok(text));
        }
        assert_eq!(to_ms("1970-01-01T01:00:00+01:00"), Ok(0));
        assert!(to_ms("1970-01-01T00:00:00").is_err());
    }
}

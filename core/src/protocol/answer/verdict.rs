//! Which of our codes an error answer of Square's gets.
//!
//! Never by status alone: a wrong application secret and a dead code are both 401.

use crate::{
    error::{Code, SquareError, code},
    text::has,
};

/// Which call an answer belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    ObtainToken,
    RevokeToken,
    RetrieveTokenStatus,
}

/// Statuses that decide by themselves, whatever the text says.
pub(super) fn by_status(status: u16) -> Option<Code> {
    match status {
        300..=399 => Some(code::REDIRECTED),
        // What is beyond HTTP's own counts as a 5xx (RFC 9110 section 15).
        408 | 421 | 425 | 500.. => Some(code::SERVER_ERROR),
        200..=299 | 400..=499 => None,
        _ => Some(code::ANSWER_MALFORMED),
    }
}

/// Whether the same request may fare better in a while, by the status alone.
pub(crate) fn may_pass(status: u16) -> bool {
    status == 429 || by_status(status) == Some(code::SERVER_ERROR)
}

/// Which of the two limits a 429 speaks of.
pub(super) fn limit(errors: &[SquareError]) -> Code {
    let is_quota = details(errors).any(|text| has(&text, "quota") && has(&text, "merchant"));
    if is_quota {
        code::MERCHANT_QUOTA
    } else {
        code::APPLICATION_LIMIT
    }
}

/// The verdict on an answer that is in one of Square's forms.
pub(super) fn verdict(call: Call, status: u16, errors: &[SquareError]) -> Code {
    let has_code = |wanted: fn(&str) -> bool| {
        errors
            .iter()
            .filter_map(|error| error.code.as_deref())
            .any(wanted)
    };
    let names = |subject: &str| details(errors).any(|text| has(&text, subject));
    if call == Call::RetrieveTokenStatus && status == 401 {
        // A refresh may cure it, so this never asks for the seller.
        code::ACCESS_TOKEN_REJECTED
    } else if has_code(|code| matches!(code, "APPLICATION_DISABLED" | "CLIENT_DISABLED")) {
        code::APPLICATION_DISABLED
    } else if has_code(is_about_form) {
        code::REQUEST_REJECTED
    } else if details(errors).any(|text| text.trim_ascii() == "not authorized") {
        // Nothing but these words: the application is judged first, and dead grants are seen to
        // name themselves. An assumption, from field reports.
        code::APPLICATION_REJECTED
    } else if call == Call::RevokeToken
        && status == 404
        && (has_code(is_not_found) || names("token") || names("authorization"))
    {
        code::TOKEN_NOT_FOUND
    } else if call == Call::ObtainToken && names("authorization code") {
        code::CODE_REJECTED
    } else if call == Call::ObtainToken && names("refresh token") {
        code::REFRESH_TOKEN_REJECTED
    } else if status == 401 {
        code::UNAUTHORIZED
    } else {
        code::REQUEST_REJECTED
    }
}

/// Gateways answer 404 in a form like Square's older one too; theirs must not read as "gone".
fn is_not_found(code: &str) -> bool {
    matches!(code, "NOT_FOUND" | "not_found")
}

/// Codes that say a parameter is missing or of a wrong form: about the request, not the grant.
fn is_about_form(code: &str) -> bool {
    matches!(
        code,
        "MISSING_REQUIRED_PARAMETER"
            | "BAD_REQUEST"
            | "INCORRECT_TYPE"
            | "EXPECTED_STRING"
            | "EXPECTED_BOOLEAN"
            | "EXPECTED_ARRAY"
            | "EXPECTED_OBJECT"
            | "EXPECTED_JSON_BODY"
            | "INVALID_VALUE"
            | "INVALID_ENUM_VALUE"
            | "INVALID_ARRAY_VALUE"
            | "VALUE_EMPTY"
            | "VALUE_TOO_SHORT"
            | "VALUE_TOO_LONG"
            | "VALUE_REGEX_MISMATCH"
            | "UNEXPECTED_VALUE"
            | "CONFLICTING_PARAMETERS"
            | "UNKNOWN_BODY_PARAMETER"
            | "UNKNOWN_QUERY_PARAMETER"
            | "INVALID_CONTENT_TYPE"
            | "UNSUPPORTED_MEDIA_TYPE"
            | "INVALID_SQUARE_VERSION_FORMAT"
            | "API_VERSION_INCOMPATIBLE"
            | "bad_request.missing_parameter"
            | "bad_request.invalid_parameter"
    )
}

fn details(errors: &[SquareError]) -> impl Iterator<Item = String> {
    errors
        .iter()
        .filter_map(|error| error.detail.as_deref())
        .map(str::to_ascii_lowercase)
}

//! Reading an answer: bytes in, fields or a typed error out. One reader on every platform.

mod cleaner;
mod fields;
mod http_date;
mod node;
mod retry_after;
mod said;
mod scan;
mod unescape;
mod verdict;

pub(crate) use cleaner::Cleaner;
pub(crate) use fields::Fields;
use fields::Unreadable;
pub(crate) use node::{Node, Text};
pub(crate) use retry_after::retry_after;
pub(crate) use verdict::{Call, may_pass};

use crate::{
    error::{Code, OAuthError, SquareError, code},
    host::{HttpResponse, MAX_BODY},
    model::{Secret, Timestamp, input::is_visible_ascii},
};

/// What an answer is judged by: the call, whether it may have spent something, and what no text
/// may show.
#[derive(Clone)]
pub(crate) struct Question {
    pub(crate) call: Call,
    pub(crate) is_single_use: bool,
    pub(crate) secrets: Vec<Secret>,
}

/// The fields of an answer that holds any of our secrets are named here, so that an error detail
/// which repeats one is cleaned too.
const SECRET_FIELDS: [&str; 3] = ["access_token", "refresh_token", "id_token"];

impl Question {
    /// Reads the fields of a success, or says what the answer is instead.
    pub(crate) fn read<'a>(
        &self,
        response: &'a HttpResponse,
        now: Timestamp,
    ) -> Result<Fields<'a>, OAuthError> {
        let judge = Judge {
            question: self,
            response,
            now,
        };
        let status = response.status;
        if let Some(code) = verdict::by_status(status) {
            return Err(judge.error(code, self.said(response)));
        }
        if status == 429 {
            let errors = self.said(response);
            return Err(judge.error(verdict::limit(&errors), errors));
        }
        if response.body.len() > MAX_BODY {
            return Err(judge.error(code::ANSWER_TOO_LARGE, Vec::new()));
        }
        let is_success = status < 300;
        let fields = match Fields::read(&response.body) {
            Ok(fields) => fields,
            Err(Unreadable::Duplicated) => {
                return Err(judge.error(code::ANSWER_MALFORMED, Vec::new()));
            }
            Err(Unreadable::NotAnObject) if is_success => {
                return Err(judge.error(code::ANSWER_MALFORMED, Vec::new()));
            }
            Err(_) => return Err(judge.not_square()),
        };
        let listed = fields.node("errors").and_then(Node::list);
        if is_success && listed.is_none_or(|items| items.is_empty()) {
            return Ok(fields);
        }
        let errors = said::said(&fields, &self.cleaner(&fields));
        if errors.is_empty() && !is_success {
            return Err(judge.not_square());
        }
        Err(judge.error(verdict::verdict(self.call, status, &errors), errors))
    }

    /// A text that a success has to have, and that could stand in a request.
    pub(crate) fn required(
        &self,
        fields: &Fields<'_>,
        field: &'static str,
        response: &HttpResponse,
    ) -> Result<String, OAuthError> {
        let code = match fields.text(field) {
            Some(text) if is_visible_ascii(text.as_str()) => return Ok(text.as_str().to_owned()),
            Some(_) => code::ANSWER_MALFORMED,
            None => code::ANSWER_INCOMPLETE,
        };
        Err(self.unusable(code, field, response))
    }

    /// A field of a success that cannot be used, or is not there.
    pub(crate) fn unusable(
        &self,
        code: Code,
        field: &'static str,
        response: &HttpResponse,
    ) -> OAuthError {
        let text = if code == code::ANSWER_INCOMPLETE {
            "is not in the answer"
        } else {
            "has a value in the answer that cannot be used"
        };
        OAuthError::about(code, field, text)
            .with_status(response.status)
            .arrived(self.is_single_use)
    }

    /// What a body says, if it can be read, for an answer whose status decides by itself.
    fn said(&self, response: &HttpResponse) -> Vec<SquareError> {
        if response.body.len() > MAX_BODY {
            return Vec::new();
        }
        match Fields::read(&response.body) {
            Ok(fields) => said::said(&fields, &self.cleaner(&fields)),
            Err(_) => Vec::new(),
        }
    }

    fn cleaner(&self, fields: &Fields<'_>) -> Cleaner {
        let mut cleaner = Cleaner::new(&self.secrets);
        for secret in SECRET_FIELDS.iter().filter_map(|name| fields.text(name)) {
            cleaner.also(secret.as_str());
        }
        cleaner
    }
}

struct Judge<'a> {
    question: &'a Question,
    response: &'a HttpResponse,
    now: Timestamp,
}

impl Judge<'_> {
    fn error(&self, code: Code, errors: Vec<SquareError>) -> OAuthError {
        OAuthError::new(code)
            .with_status(self.response.status)
            .with_errors(errors)
            .with_retry_after(retry_after(self.response, self.now))
            .arrived(self.question.is_single_use)
    }

    fn not_square(&self) -> OAuthError {
        let error = self.error(code::ANSWER_NOT_JSON, Vec::new());
        let media_type = self.response.content_type.as_deref().unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default();
        match Cleaner::new(&self.question.secrets).text(media_type.trim_ascii()) {
            shown if shown.is_empty() => error,
            shown => {
                let end = ", is not in any form that Square uses";
                error.with_text(["The answer, ", &shown, end].concat())
            }
        }
    }
}

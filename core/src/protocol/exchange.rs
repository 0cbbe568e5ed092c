//! A request and the way to read its answer, made together.

use core::fmt;

use super::{
    Setup,
    answer::{Call, Fields, Question},
};
use crate::{
    error::{Code, OAuthError},
    host::{HttpRequest, HttpResponse},
    model::{Secret, Timestamp},
};

/// Whether a request may be sent again after it may have arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// It changes nothing the second time.
    Freely,
    /// It carries a credential that is good for one use: the first arrival may have spent it.
    Never,
}

/// One call, without I/O: send [`request`](Self::request) by any means, and hand what comes back
/// to [`read`](Self::read).
#[derive(Clone)]
pub struct Exchange<T> {
    /// What to send.
    pub request: HttpRequest,
    /// Whether it may be sent again.
    pub repeat: Repeat,
    question: Question,
    pub(super) read: Read<T>,
    /// The refresh token to carry on where the answer has none.
    pub(super) spent: Option<Secret>,
    /// The refusal which says that an earlier attempt did the work, and what to say instead.
    pub(super) already_done: Option<(Code, fn() -> T)>,
}

pub(super) type Read<T> = fn(&Exchange<T>, &Fields<'_>, &HttpResponse) -> Result<T, OAuthError>;

impl<T> Exchange<T> {
    /// Reads the answer.
    ///
    /// # Errors
    /// Every kind that an answer can be about, with its HTTP status and Square's own words.
    pub fn read(&self, response: &HttpResponse, now: Timestamp) -> Result<T, OAuthError> {
        let fields = self.question.read(response, now)?;
        (self.read)(self, &fields, response)
    }

    /// Reads an answer that an earlier attempt of the same call may have led to.
    ///
    /// # Errors
    /// As [`read`](Self::read), but for what the earlier attempt may have done itself.
    pub fn read_after(
        &self,
        response: &HttpResponse,
        now: Timestamp,
        may_have_arrived_before: bool,
    ) -> Result<T, OAuthError> {
        match (self.read(response, now), &self.already_done) {
            (Err(error), Some((code, done)))
                if may_have_arrived_before && error.code() == code.name() =>
            {
                Ok(done())
            }
            (result, _) => result,
        }
    }

    pub(super) fn new(
        setup: &Setup,
        call: Call,
        repeat: Repeat,
        parts: Parts<'_>,
        read: Read<T>,
    ) -> Self {
        let Parts {
            body,
            authorization,
            secrets,
        } = parts;
        let path = match call {
            Call::ObtainToken => "/oauth2/token",
            Call::RevokeToken => "/oauth2/revoke",
            Call::RetrieveTokenStatus => "/oauth2/token/status",
        };
        let request = HttpRequest {
            method: "POST",
            url: [setup.environment.base_url(), path].concat(),
            headers: headers(setup, !body.is_empty(), authorization),
            body,
            fresh_connection: repeat == Repeat::Never,
        };
        let mut all_secrets: Vec<_> = setup.secrets().cloned().collect();
        all_secrets.extend(secrets.iter().copied().flatten().cloned());
        let question = Question {
            call,
            is_single_use: repeat == Repeat::Never,
            secrets: all_secrets,
        };
        Self {
            request,
            repeat,
            question,
            read,
            spent: None,
            already_done: None,
        }
    }

    /// The same request, of which nothing is spent and another answer is wanted.
    pub(super) fn for_another<U>(self, read: Read<U>) -> Exchange<U> {
        Exchange {
            request: HttpRequest {
                fresh_connection: false,
                ..self.request
            },
            repeat: Repeat::Freely,
            question: Question {
                is_single_use: false,
                ..self.question
            },
            read,
            spent: None,
            already_done: None,
        }
    }

    pub(super) fn question(&self) -> &Question {
        &self.question
    }
}

/// What differs from call to call.
pub(super) struct Parts<'a> {
    pub(super) body: Secret,
    pub(super) authorization: Option<Secret>,
    /// The secrets that the request carries beside the application's.
    pub(super) secrets: &'a [Option<&'a Secret>],
}

impl<T> fmt::Debug for Exchange<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("request", &self.request)
            .field("repeat", &self.repeat)
            .finish_non_exhaustive()
    }
}

fn headers(
    setup: &Setup,
    has_body: bool,
    authorization: Option<Secret>,
) -> Vec<(&'static str, Secret)> {
    let mut headers = Vec::with_capacity(setup.headers.len() + 2);
    headers.extend_from_slice(&setup.headers);
    if has_body {
        headers.push(("content-type", setup.media_type.clone()));
    }
    headers.extend(authorization.map(|value| ("authorization", value)));
    headers
}

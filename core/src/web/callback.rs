//! The seller is back from Square.

use zeroize::Zeroizing;

use super::{Answer, Outcome, WebHandlers, WebRequest, WebResponse, cookies::Kept, fetch};
use crate::{
    Callback, OAuthError, ObtainToken, Tokens, attempt,
    error::code,
    protocol::{ACCESS_DENIED, pairs, query},
};

/// What has come to *callback*.
#[derive(Debug)]
#[must_use = "somebody is waiting for an answer"]
pub enum Arrival {
    /// There is nothing to exchange: this is the answer.
    Answer(Answer),
    /// A seller who has said yes.
    Exchange(CodeExchange),
}

/// A seller who has said yes, and whose code is to be exchanged, once. Their cookie is spent by
/// the answer that comes of it.
#[derive(Debug)]
#[must_use = "the seller has said yes, and their code is good for minutes"]
pub struct CodeExchange {
    callback: Callback,
    next: Next,
}

/// What has become of a seller's return.
#[derive(Debug)]
#[must_use = "somebody is waiting for an answer"]
pub enum Returned {
    /// Nobody was connected: this is the answer.
    Answer(Answer),
    /// A seller is connected: store the tokens, then answer.
    Connected(Connected),
}

/// A seller is connected. The answer depends on whether their tokens could be stored.
#[derive(Clone, Debug)]
#[must_use = "the tokens have to be stored, and the seller is waiting for an answer"]
pub struct Connected {
    tokens: Tokens,
    next: Next,
}

/// What an answer is made of, whatever comes of the exchange.
#[derive(Clone, Debug)]
struct Next {
    handlers: WebHandlers,
    cleared: String,
    return_to: String,
}

impl WebHandlers {
    /// Serves *callback*: looks before it spends, checks, exchanges the code.
    ///
    /// Run it, and what stores the tokens, on a task of its own where your server drops a handler
    /// when the browser hangs up: by then the code may be spent.
    pub async fn callback(&self, request: &WebRequest) -> Returned {
        let exchange = match self.arrive(request) {
            Arrival::Answer(answer) => return Returned::Answer(answer),
            Arrival::Exchange(exchange) => exchange,
        };
        let grant = ObtainToken::authorization_code(exchange.callback().clone());
        let exchanged = self.0.client.obtain_token(grant).await;
        exchange.ended(exchanged)
    }

    /// The first half of [`callback`](Self::callback), for those who want options on the exchange,
    /// or send it by other means. Nothing is sent yet.
    pub fn arrive(&self, request: &WebRequest) -> Arrival {
        Arrival::Answer(match request.method.as_str() {
            _ if fetch::only_looks(request) => WebResponse::empty(204).into(),
            "GET" => match self.outcome(request) {
                Some(page) => page.into(),
                None => return self.arrived(request),
            },
            _ => WebResponse::not_allowed("GET, HEAD").into(),
        })
    }

    fn arrived(&self, request: &WebRequest) -> Arrival {
        let attempt = match attempt(&request.target) {
            Ok(attempt) => attempt,
            // It belongs to no attempt, so none is touched: the seller may still finish in another tab.
            Err(error) => return Arrival::Answer(self.end(Outcome::of(&error), Some(error), None)),
        };
        let kept = self.0.cookies.find(request, &attempt).unwrap_or_default();
        let cleared = self.0.cookies.clear(&attempt);
        let checked = self.0.client.check_callback(&request.target, kept.pending);
        match checked {
            Ok(callback) => Arrival::Exchange(CodeExchange {
                callback,
                next: Next {
                    handlers: self.clone(),
                    cleared,
                    return_to: self.return_to(kept.return_to),
                },
            }),
            Err(error) if error.code() == code::STATE_EXPIRED.name() => {
                Arrival::Answer(self.expired(request, kept, error, &attempt))
            }
            Err(error) => {
                Arrival::Answer(self.end(Outcome::of(&error), Some(error), Some(cleared)))
            }
        }
    }

    /// How an attempt goes on that took too long: a seller who has said yes is sent back into a new
    /// one. Once: a clock that is wrong must not send them round in circles. A no is still a no.
    fn expired(
        &self,
        request: &WebRequest,
        kept: Kept<'_>,
        error: OAuthError,
        attempt: &str,
    ) -> Answer {
        let has_code = parameter(request, "code").is_some_and(|code| !code.is_empty());
        if has_code && !kept.is_second {
            let return_to = self.return_to(kept.return_to);
            let mut answer = self.start(request, return_to, Some(attempt));
            answer.error.get_or_insert(error);
            return answer;
        }
        let refusal = parameter(request, "error");
        let outcome = if refusal.is_some_and(|error| *error == ACCESS_DENIED) {
            Outcome::Declined
        } else {
            Outcome::Expired
        };
        let cleared = self.0.cookies.clear(attempt);
        self.end(outcome, Some(error), Some(cleared))
    }

    /// The page that a seller was sent on to. It is shown here, for a library owns no other route.
    fn outcome(&self, request: &WebRequest) -> Option<WebResponse> {
        // With a state it is a callback, whatever stands beside it.
        if parameter(request, "state").is_some() {
            return None;
        }
        let name = parameter(request, "outcome")?;
        let outcome = Outcome::ALL
            .into_iter()
            .find(|outcome| outcome.name() == *name)?;
        let options = &self.0.options;
        let (connect, home) = (&options.connect_path, &options.return_to);
        options.pages.outcome(outcome, connect, home)
    }
}

impl CodeExchange {
    /// What to exchange: [`ObtainToken::authorization_code`] takes it.
    #[must_use]
    pub fn callback(&self) -> &Callback {
        &self.callback
    }

    /// Goes on with what has come of the exchange.
    pub fn ended(self, exchanged: Result<Tokens, OAuthError>) -> Returned {
        let next = self.next;
        match exchanged {
            Ok(tokens) => Returned::Connected(Connected { tokens, next }),
            Err(error) => {
                let outcome = Outcome::of(&error);
                Returned::Answer(next.handlers.end(outcome, Some(error), Some(next.cleared)))
            }
        }
    }
}

impl Connected {
    /// The seller's tokens. The same seller may come twice, by a second click or in two tabs: put
    /// the new ones in place of the old, and start nothing a second time.
    #[must_use]
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// The tokens are stored: sends the seller on.
    #[must_use]
    pub fn stored(self) -> WebResponse {
        let next = self.next;
        WebResponse::see_other(&next.return_to, Some(next.cleared))
    }

    /// The tokens could not be stored: the seller reads that it is yours to repair. Keep the tokens
    /// by other means, or revoke them: Square holds the seller for connected.
    #[must_use]
    pub fn failed(self) -> WebResponse {
        let next = self.next;
        let answer = next.handlers.end(Outcome::Failed, None, Some(next.cleared));
        answer.response
    }
}

/// A parameter of the callback; it may be the code, so its memory is zeroed.
fn parameter(request: &WebRequest, name: &str) -> Option<Zeroizing<String>> {
    let mut pairs = pairs(query(&request.target));
    let (_, value) = pairs.find(|(found, _)| found.as_str() == name)?;
    Some(value)
}

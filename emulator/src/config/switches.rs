//! Switches: one for each point where Square's behaviour is unknown, has changed over time, or is
//! worth trying out.
//!
//! Each default is what Square documents; failing that what has been seen in the field, newest
//! first; failing both a convention of ours, and then the field says so.

use serde::{Deserialize, Serialize};

/// How the emulator behaves where Square's behaviour is unknown, has changed, or is to be tried
/// out. All of it can be set in the configuration file and, while running, by the control API and
/// on the control page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each switch is independent of the others and named in the configuration file"
)]
pub struct Switches {
    /// Let the first seller allow at once, without a consent page. Default false.
    pub auto_approve: bool,
    /// Send a seller who has allowed in this browser before, for the same or more scopes, and still
    /// has a live token, straight back with a new code. Default true, as Square's staff and samples
    /// describe it.
    pub skip_consent: bool,
    /// Whether the browser has a sandbox seller dashboard open; without one Square's sandbox shows
    /// a blank page with status 400. Default true.
    pub dashboard_session: bool,
    /// What to do with a scope that is not on Square's list. Default `refuse`: our convention, so
    /// that a typing error is found; Square's answer is not known.
    pub unknown_scopes: UnknownScopes,

    /// Add `response_type=code` to the callback. Default true, as documented; it was absent for a
    /// time in 2019.
    pub callback_response_type: bool,
    /// Add the fragment `#_=_` to the callback. Default false; seen in production.
    pub callback_fragment: bool,
    /// Echo `state` in a denial as well. Default true: Square's samples rely on it.
    pub denial_state: bool,

    /// The shape of errors about codes. Default `errors`, seen in 2026; `message` is the older one.
    pub code_errors: ErrorShape,
    /// What an expired code is answered with. Default `not_found`: our convention, the real text is
    /// not known.
    pub expired_code: ExpiredCode,
    /// The shape of errors about refresh tokens. Default `message`, the only one seen.
    pub refresh_errors: ErrorShape,
    /// The shape of errors about missing parameters. Default `errors`, seen for `client_secret`.
    pub missing_parameter_errors: ErrorShape,
    /// What a wrong `code_verifier` is answered with. Default `unauthorized`: our convention, not
    /// known.
    pub wrong_verifier: RefusalKind,
    /// What a wrong `redirect_uri` is answered with. Default `unauthorized`: our convention, not
    /// known.
    pub redirect_mismatch: RefusalKind,
    /// What an unknown `grant_type` is answered with. Default `invalid_value`: our convention, not
    /// known.
    pub unknown_grant: RefusalKind,
    /// Take form bodies as well as JSON on the token endpoints. Default true: only JSON is
    /// documented, but a form has been seen to be read.
    pub form_bodies: bool,
    /// Take `client_secret` and `code_verifier` (or a PKCE refresh token) in one request. Default
    /// false: our convention; Square's documentation asks to leave the secret out.
    pub secret_with_pkce: bool,

    /// Whether a refresh long before expiry makes a new access token. Default `new_token`, as
    /// documented; `same_token` was reported once.
    pub early_refresh: EarlyRefresh,
    /// Whether access tokens from before a refresh stay valid. Default true, as the documentation
    /// implies.
    pub old_tokens_survive_refresh: bool,
    /// Whether a code-flow refresh is answered with the refresh token. Default true, as documented.
    pub refresh_reply_has_refresh_token: bool,
    /// Whether an answer to `short_lived: true` has a refresh token. Default true; older
    /// documentation said no.
    pub short_lived_reply_has_refresh_token: bool,
    /// How token status says "never expires". Default `absent`: our convention, the documentation
    /// says "empty".
    pub never_expires: NeverExpires,
    /// What happens when a seller has `tokens_per_seller` live tokens. Default `drop_oldest`: our
    /// convention, so that long test runs do not stop; `quota` answers the 429 that has been seen.
    pub token_limit: TokenLimit,

    /// Answer every token request with 429. Default `off`.
    pub rate_limit: RateLimit,
    /// The `Retry-After` of those answers and of the quota, in seconds; 0 sends none. Default 0:
    /// whether Square sends the header is not known.
    pub retry_after_s: u32,
    /// Answer every token request with something broken. Default `off`.
    pub broken_answers: BrokenAnswers,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            auto_approve: false,
            skip_consent: true,
            dashboard_session: true,
            unknown_scopes: UnknownScopes::Refuse,
            callback_response_type: true,
            callback_fragment: false,
            denial_state: true,
            code_errors: ErrorShape::Errors,
            expired_code: ExpiredCode::NotFound,
            refresh_errors: ErrorShape::Message,
            missing_parameter_errors: ErrorShape::Errors,
            wrong_verifier: RefusalKind::Unauthorized,
            redirect_mismatch: RefusalKind::Unauthorized,
            unknown_grant: RefusalKind::InvalidValue,
            form_bodies: true,
            secret_with_pkce: false,
            early_refresh: EarlyRefresh::NewToken,
            old_tokens_survive_refresh: true,
            refresh_reply_has_refresh_token: true,
            short_lived_reply_has_refresh_token: true,
            never_expires: NeverExpires::Absent,
            token_limit: TokenLimit::DropOldest,
            rate_limit: RateLimit::Off,
            retry_after_s: 0,
            broken_answers: BrokenAnswers::Off,
        }
    }
}

/// Declares a switch with named positions.
macro_rules! positions {
    ($(#[$doc:meta])* $name:ident { $($(#[$position_doc:meta])* $position:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$position_doc])* $position),+ }
    };
}

positions!(
    /// The two generations of Square's error bodies.
    ErrorShape {
        /// `{"errors": [{"category", "code", "detail"}]}`.
        Errors,
        /// `{"message", "type"}`.
        Message,
    }
);
positions!(
    /// What to do with a scope that is not on Square's list.
    UnknownScopes {
        /// Show an error page that suggests the nearest name.
        Refuse,
        /// Take it.
        Accept,
    }
);
positions!(
    /// What an expired code is answered with.
    ExpiredCode {
        /// As a code that never was.
        NotFound,
        /// With a text that says so.
        Expired,
    }
);
positions!(
    /// Two ways of refusing.
    RefusalKind {
        /// 401 `UNAUTHORIZED`.
        Unauthorized,
        /// 400 `INVALID_VALUE`.
        InvalidValue,
    }
);
positions!(
    /// What a refresh long before expiry gives.
    EarlyRefresh {
        /// A new access token.
        NewToken,
        /// The same access token with the same expiry.
        SameToken,
    }
);
positions!(
    /// How token status says "never expires".
    NeverExpires {
        /// No `expires_at` at all.
        Absent,
        /// `"expires_at": null`.
        Null,
        /// `"expires_at": ""`.
        Empty,
    }
);
positions!(
    /// What happens at a seller's limit of live tokens.
    TokenLimit {
        /// The oldest token goes.
        DropOldest,
        /// 429, the quota answer.
        Quota,
    }
);
positions!(
    /// Whether token requests are rate limited, and in which shape.
    RateLimit {
        /// Not at all.
        Off,
        /// `{"errors": [...]}`.
        Errors,
        /// `{"message", "type"}`.
        Message,
    }
);
positions!(
    /// Broken answers to token requests.
    BrokenAnswers {
        /// None: answer as usual.
        Off,
        /// Status 500 with a page of HTML, nothing done.
        #[serde(rename = "html_500")]
        Html500,
        /// Status 502 with a page of HTML, nothing done.
        #[serde(rename = "html_502")]
        Html502,
        /// Status 200 with nothing in it, after the grant is spent.
        EmptyBody,
        /// Status 200 with half of the JSON, after the grant is spent.
        TruncatedJson,
        /// Status 200 without `access_token`, after the grant is spent.
        NoAccessToken,
    }
);

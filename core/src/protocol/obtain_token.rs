//! `POST /oauth2/token`: three grants in, one pair of tokens out.

use super::{
    Setup,
    answer::{Call, Fields, Text},
    authorize::{check_redirect_uri, check_scope_names},
    exchange::{Exchange, Parts, Repeat},
    json::Object,
};
use crate::{
    error::{OAuthError, code},
    host::HttpResponse,
    model::{ObtainToken, Scope, Secret, Timestamp, Tokens, input},
};

const SHORT_LIVED: &str = "short_lived";
const USE_JWT: &str = "use_jwt";

/// Makes the request that exchanges a grant for tokens.
///
/// A code, and a public application's refresh token, are good for one use: the exchange says
/// [`Repeat::Never`].
///
/// # Errors
/// `InvalidInput`, naming the field.
pub fn obtain_token(setup: &Setup, request: &ObtainToken) -> Result<Exchange<Tokens>, OAuthError> {
    let is_public = setup.is_public();
    // In Square's order; what does not apply is left out.
    let mut body = Object::new();
    body.text("client_id", &setup.application.id);
    body.text("grant_type", request.grant_type());
    let secret = setup.application.credentials.secret();
    body.maybe("client_secret", secret.map(Secret::expose));
    let repeat = match request {
        ObtainToken::AuthorizationCode(grant) => {
            let callback = &grant.callback;
            input::issued("code", callback.code.expose())?;
            if let Some(redirect_uri) = &callback.redirect_uri {
                check_redirect_uri(redirect_uri)?;
            }
            check_verifier(is_public, callback.code_verifier.as_ref())?;
            body.text("code", callback.code.expose());
            body.maybe("redirect_uri", callback.redirect_uri.as_deref());
            let verifier = callback.code_verifier.as_ref();
            body.maybe("code_verifier", verifier.map(Secret::expose));
            body.flag(SHORT_LIVED, grant.short_lived);
            body.flag(USE_JWT, grant.use_jwt);
            Repeat::Never
        }
        ObtainToken::RefreshToken(grant) => {
            input::issued("refresh_token", grant.refresh_token.expose())?;
            check_scope_names(&grant.scopes)?;
            body.text("refresh_token", grant.refresh_token.expose());
            if !grant.scopes.is_empty() {
                body.texts("scopes", grant.scopes.iter().map(Scope::as_str));
            }
            body.flag(SHORT_LIVED, grant.short_lived);
            body.flag(USE_JWT, grant.use_jwt);
            if is_public {
                Repeat::Never
            } else {
                Repeat::Freely
            }
        }
        ObtainToken::MigrationToken(grant) => {
            input::issued("migration_token", grant.migration_token.expose())?;
            body.text("migration_token", grant.migration_token.expose());
            Repeat::Freely
        }
    };
    let secrets = secrets(request);
    let parts = Parts {
        body: body.end(),
        authorization: None,
        secrets: &secrets,
    };
    let mut exchange = Exchange::new(setup, Call::ObtainToken, repeat, parts, read);
    if let (ObtainToken::RefreshToken(grant), Repeat::Freely) = (request, repeat) {
        exchange.spent = Some(grant.refresh_token.clone());
    }
    Ok(exchange)
}

/// RFC 7636 section 4.1. A verifier decides the flow, so having none, or one too many, is an error.
fn check_verifier(is_public: bool, verifier: Option<&Secret>) -> Result<(), OAuthError> {
    const FIELD: &str = "code_verifier";
    let error = match (is_public, verifier.map(Secret::expose)) {
        (true, None) => OAuthError::about(code::VALUE_MISSING, FIELD, "is needed in PKCE"),
        (false, Some(_)) => {
            let text = "is only for public applications: with a secret this is the code flow";
            OAuthError::about(code::VALUE_UNEXPECTED, FIELD, text)
        }
        (false, None) => return Ok(()),
        (true, Some(verifier)) => {
            input::typed(FIELD, verifier, 43, 128)?;
            let is_unreserved =
                |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
            if verifier.bytes().all(is_unreserved) {
                return Ok(());
            }
            let text = "has a character that RFC 7636 does not allow";
            OAuthError::about(code::VALUE_MALFORMED, FIELD, text)
        }
    };
    Err(error)
}

fn secrets(request: &ObtainToken) -> [Option<&Secret>; 2] {
    match request {
        ObtainToken::AuthorizationCode(grant) => [
            Some(&grant.callback.code),
            grant.callback.code_verifier.as_ref(),
        ],
        ObtainToken::RefreshToken(grant) => [Some(&grant.refresh_token), None],
        ObtainToken::MigrationToken(grant) => [Some(&grant.migration_token), None],
    }
}

fn read(
    exchange: &Exchange<Tokens>,
    fields: &Fields<'_>,
    response: &HttpResponse,
) -> Result<Tokens, OAuthError> {
    let question = exchange.question();
    let required = |field| question.required(fields, field, response);
    let malformed = |field| question.unusable(code::ANSWER_MALFORMED, field, response);

    let access_token = required("access_token")?.into();
    let expires_at = required("expires_at")?;
    let expires_at = Timestamp::read(&expires_at).ok_or_else(|| malformed("expires_at"))?;
    let merchant_id = required("merchant_id")?;
    if fields
        .text("token_type")
        .is_some_and(|kind| !kind.as_str().eq_ignore_ascii_case("bearer"))
    {
        return Err(malformed("token_type"));
    }
    // The grant is spent by now: from here on nothing may lose it.
    let mut optional = Optional {
        fields,
        ignored: Vec::new(),
    };
    let refresh_token = optional
        .secret("refresh_token")
        .or_else(|| exchange.spent.clone());
    let refresh_token_expires_at = optional.usable("refresh_token_expires_at", |text| {
        Timestamp::read(text.as_str())
    });
    let text =
        |text: Text<'_>| input::is_visible_ascii(text.as_str()).then(|| text.as_str().to_owned());
    Ok(Tokens {
        access_token,
        token_type: "bearer".to_owned(),
        expires_at,
        merchant_id,
        refresh_token,
        refresh_token_expires_at,
        short_lived: optional.bool("short_lived"),
        subscription_id: optional.usable("subscription_id", text),
        plan_id: optional.usable("plan_id", text),
        id_token: optional.secret("id_token"),
        ignored_fields: optional.ignored,
    })
}

/// Fields that may be absent; what is there and cannot be used is remembered by name.
struct Optional<'a> {
    fields: &'a Fields<'a>,
    ignored: Vec<&'static str>,
}

impl Optional<'_> {
    fn usable<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Text<'_>) -> Option<T>,
    ) -> Option<T> {
        let value = self.fields.text(name).and_then(read);
        self.note(name, value.is_none());
        value
    }

    fn secret(&mut self, name: &'static str) -> Option<Secret> {
        self.usable(name, |text| {
            input::is_visible_ascii(text.as_str()).then(|| text.as_str().into())
        })
    }

    fn bool(&mut self, name: &'static str) -> bool {
        let value = self.fields.bool(name);
        self.note(name, value.is_none());
        value.unwrap_or(false)
    }

    fn note(&mut self, name: &'static str, is_absent: bool) {
        if is_absent && self.fields.has(name) {
            self.ignored.push(name);
        }
    }
}

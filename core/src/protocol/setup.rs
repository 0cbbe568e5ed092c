//! Credentials, environment and options, checked together once.

use core::{fmt, time::Duration};

use crate::{
    error::{OAuthError, code},
    model::{Application, Credentials, Environment, Secret, calendar, input, whole_ms},
    text::decimal,
};

/// The version of Square's API that is asked for unless another is chosen.
pub const SQUARE_VERSION: &str = "2026-01-22";

/// How a client behaves; every field has a default that is right for a server.
///
/// ```
/// use std::time::Duration;
/// use square_oauth::ClientOptions;
///
/// let options = ClientOptions { timeout: Duration::from_secs(5), ..ClientOptions::default() };
/// assert_eq!(options.pending_lifetime, Duration::from_secs(30 * 60));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientOptions {
    /// The total of one call: attempts, back-off and body. Default 15 s; from 100 ms to 10 min.
    pub timeout: Duration,
    /// How long a seller may stay away between authorize and callback. Default 30 minutes; from
    /// 1 minute to 24 hours.
    pub pending_lifetime: Duration,
    /// The `Square-Version` header, `YYYY-MM-DD`; none leaves it to the application's setting in
    /// Square's console. Default [`SQUARE_VERSION`].
    pub square_version: Option<String>,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(15),
            pending_lifetime: Duration::from_secs(30 * 60),
            square_version: Some(SQUARE_VERSION.to_owned()),
        }
    }
}

/// An application in an environment, checked: what every request is made from.
#[derive(Clone)]
pub struct Setup {
    pub(crate) environment: Environment,
    pub(crate) application: Application,
    pub(crate) timeout: Duration,
    pub(crate) pending_lifetime: Duration,
    /// The headers of every request, made once.
    pub(crate) headers: Vec<(&'static str, Secret)>,
    /// What bodies are, and answers are asked to be.
    pub(crate) media_type: Secret,
}

impl Setup {
    /// Checks everything that can be checked without sending. `language` ends up in the
    /// `User-Agent` header.
    ///
    /// # Errors
    /// `InvalidInput`, naming the field.
    pub fn new(
        environment: Environment,
        application: Application,
        options: &ClientOptions,
        language: &str,
    ) -> Result<Self, OAuthError> {
        check_application(&application)?;
        check_environment(&environment, &application.id)?;
        in_range(
            "timeout",
            options.timeout,
            Duration::from_millis(100),
            Duration::from_secs(600),
        )?;
        in_range(
            "pending_lifetime",
            options.pending_lifetime,
            Duration::from_secs(60),
            Duration::from_secs(24 * 60 * 60),
        )?;
        if let Some(version) = &options.square_version {
            check_version(version)?;
        }
        let media_type = Secret::from("application/json");
        let user_agent = [NAME_AND_VERSION, " (", language, ")"].concat();
        let mut headers = vec![
            ("accept", media_type.clone()),
            // Where an answer comes coded all the same, nothing here would unpack it.
            ("accept-encoding", "identity".into()),
            ("user-agent", user_agent.into()),
        ];
        headers.extend(
            options
                .square_version
                .iter()
                .map(|v| ("square-version", v.into())),
        );
        Ok(Self {
            environment,
            application,
            timeout: options.timeout,
            pending_lifetime: options.pending_lifetime,
            headers,
            media_type,
        })
    }

    /// Whether the flow is PKCE.
    pub(crate) fn is_public(&self) -> bool {
        matches!(self.application.credentials, Credentials::Public)
    }

    /// The application's secrets: what no text may show.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        let credentials = &self.application.credentials;
        credentials
            .secret()
            .into_iter()
            .chain(credentials.previous())
    }
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup")
            .field("environment", &self.environment.name())
            .field("application_id", &self.application.id)
            .field("is_public", &self.is_public())
            .finish_non_exhaustive()
    }
}

const NAME_AND_VERSION: &str = concat!("square-oauth/", env!("CARGO_PKG_VERSION"));
const ID: &str = "application_id";

fn check_application(application: &Application) -> Result<(), OAuthError> {
    input::typed(ID, &application.id, 1, 191)?;
    if looks_like_secret(&application.id) {
        let text = "is an application secret: the ID and the secret are swapped";
        return Err(OAuthError::about(code::VALUE_MALFORMED, ID, text));
    }
    if let Credentials::Confidential { secret, previous } = &application.credentials {
        input::typed("application_secret", secret.expose(), 2, 1024)?;
        if let Some(previous) = previous {
            input::typed("previous_application_secret", previous.expose(), 2, 1024)?;
        }
    }
    Ok(())
}

fn looks_like_secret(id: &str) -> bool {
    id.starts_with("sq0csp-") || id.starts_with("sandbox-sq0csb-")
}

fn check_environment(environment: &Environment, id: &str) -> Result<(), OAuthError> {
    let text = match environment {
        Environment::Production if id.starts_with("sandbox-") => {
            "is a sandbox ID, but the environment is production"
        }
        Environment::Sandbox if id.starts_with("sq0idp-") => {
            "is a production ID, but the environment is the sandbox"
        }
        custom if custom.is_insecure() && !id.starts_with("sandbox-") => {
            "is not a sandbox ID, but the environment is plain http beyond loopback"
        }
        _ => return Ok(()),
    };
    Err(OAuthError::about(code::ENVIRONMENT_MISMATCH, ID, text))
}

fn in_range(
    field: &'static str,
    value: Duration,
    least: Duration,
    most: Duration,
) -> Result<(), OAuthError> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    let least = decimal(whole_ms(least));
    let most = decimal(most.as_secs());
    let text = ["has to be from ", &least, " ms to ", &most, " s"].concat();
    Err(OAuthError::about(code::VALUE_OUT_OF_RANGE, field, text))
}

fn check_version(version: &str) -> Result<(), OAuthError> {
    const FIELD: &str = "square_version";
    input::present(FIELD, version)?;
    if calendar::day(version).is_some() {
        return Ok(());
    }
    Err(OAuthError::about(
        code::VALUE_MALFORMED,
        FIELD,
        "is not a date, YYYY-MM-DD",
    ))
}

//! Are the ID, the secret and the environment right? Answered without a seller.
//!
//! Square judges the application before the code (seen in the field, not documented). So an
//! answer that complains about a code which cannot exist shows that the application was accepted.

use super::{Exchange, Setup, obtain_token};
use crate::{
    error::{OAuthError, code},
    model::{ObtainToken, Secret},
    text::has,
};

/// Has the form of a code, and can be none: Square's have 22 random characters.
const NO_CODE: &str = "sq0cgb-square-oauth-check";
/// The verifier that goes with it for a public application; it guards nothing.
const NO_VERIFIER: &str = "square-oauth-check-square-oauth-check-square";

/// Makes the request that exchanges a code which cannot exist. It may be sent again.
///
/// # Errors
/// None that the setup has not met before.
pub fn check_application(setup: &Setup) -> Result<Exchange<()>, OAuthError> {
    let verifier = setup.is_public().then(|| Secret::from(NO_VERIFIER));
    let request = ObtainToken::authorization_code_unchecked(NO_CODE, None, verifier);
    // Nothing can be spent by a code that does not exist.
    Ok(
        obtain_token(setup, &request)?.for_another(|exchange, _, response| {
            Err(exchange
                .question()
                .unusable(code::ANSWER_MALFORMED, "code", response)
                .with_text("was accepted, though it cannot exist: this is not Square"))
        }),
    )
}

/// Turns the answer around: the one refusal that was asked for is the success.
///
/// # Errors
/// `Configuration` if Square does not accept the application, and everything else as it came; a
/// refusal that names the code but does not say that it was looked for proves nothing, and is
/// `Rejected`.
pub fn checked(answer: Result<(), OAuthError>) -> Result<(), OAuthError> {
    let error = match answer {
        Err(error) if error.code() == code::CODE_REJECTED.name() => error,
        other => return other,
    };
    if looked_for_the_code(&error) {
        return Ok(());
    }
    let unclear = match error.http_status() {
        Some(401) => code::UNAUTHORIZED,
        _ => code::REQUEST_REJECTED,
    };
    // No seller is concerned, so nobody has to be asked again.
    Err(error.with_code(unclear))
}

/// The words that were seen, in both generations: only who was accepted gets to hear them. That
/// codes are not for this application, say, would name the code too.
fn looked_for_the_code(error: &OAuthError) -> bool {
    error
        .errors()
        .iter()
        .filter_map(|said| said.detail.as_deref())
        .map(str::to_ascii_lowercase)
        .any(|detail| has(&detail, "authorization code not found"))
}

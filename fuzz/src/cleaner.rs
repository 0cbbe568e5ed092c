//! The words of an answer around a secret: none of it may show, in no spelling.

use base64ct::{Base64, Base64Url, Encoding};
use square_oauth::{ObtainToken, host::HttpResponse, protocol};

use crate::world::{NOW, SECRET, confidential, text};

const TOKEN: &str = "EQAA/l3+ikZ=Ie18J-2_cHlV2bL4";
/// Spellings of the token that the input can name, and their places in it.
const SPELLINGS: [&str; 6] = ["$P", "$E", "$L", "$J", "$B", "$U"];

/// Reads an error whose words are the input, each `$` with a letter replaced by the token in one of
/// its spellings, so that secrets stand in every company.
pub fn cleaner(data: &[u8]) {
    let mut words = text(data);
    for spelling in SPELLINGS {
        words = words.replace(spelling, &spelt(spelling));
    }
    let body = serde_json::json!({"errors": [
        {"category": words, "code": words, "detail": words, "field": words}
    ]});
    let response = HttpResponse {
        status: 400,
        content_type: Some(words),
        body: body.to_string().into_bytes().into(),
        ..HttpResponse::default()
    };
    let request = ObtainToken::refresh_token(TOKEN);
    let exchange = protocol::obtain_token(&confidential(), &request);
    let exchange = exchange.expect("the request is a valid one");
    let error = exchange
        .read(&response, NOW)
        .expect_err("a 400 is no success");
    for said in error.errors() {
        let texts = [&said.category, &said.code, &said.detail, &said.field];
        for shown in texts.into_iter().flatten() {
            assert!(shown.chars().count() <= 501, "{shown}");
            assert!(!shown.contains(char::is_control), "{shown:?}");
            for secret in [TOKEN, SECRET] {
                assert!(!shown.contains(secret), "{shown}");
                assert!(!unescaped(shown).contains(secret), "{shown}");
            }
        }
    }
}

fn spelt(spelling: &str) -> String {
    match spelling {
        "$E" => TOKEN.bytes().map(|byte| format!("%{byte:02X}")).collect(),
        "$L" => TOKEN
            .replace('/', "%2f")
            .replace('+', "%2b")
            .replace('=', "%3d"),
        "$J" => TOKEN.bytes().map(|byte| format!("\\u{byte:04x}")).collect(),
        "$B" => Base64::encode_string(format!("client:{TOKEN}").as_bytes()),
        "$U" => Base64Url::encode_string(format!("ab{TOKEN}:x").as_bytes()),
        _ => TOKEN.to_owned(),
    }
}

/// The text with each escape that stands for a visible ASCII character undone, once.
fn unescaped(shown: &str) -> String {
    let mut text = String::new();
    let mut rest = shown;
    while let Some(c) = rest.chars().next() {
        let escape = [("\\u", 4), ("%", 2)]
            .into_iter()
            .find_map(|(sign, digits)| {
                let after = rest.strip_prefix(sign)?;
                let (number, after) = after.split_at_checked(digits)?;
                let byte = u8::try_from(u32::from_str_radix(number, 16).ok()?).ok()?;
                byte.is_ascii_graphic().then_some((char::from(byte), after))
            });
        let (c, after) = escape.unwrap_or_else(|| (c, rest.get(c.len_utf8()..).unwrap_or("")));
        text.push(c);
        rest = after;
    }
    text
}

//! The planted secrets. Each tail is its own, and has characters that every escaping changes;
//! five `~` give both alphabets of base64 something to differ in, wherever a secret stands.

pub(crate) const ID: &str = "sandbox-sq0idb-3jx0vFhvLtq9LrGhTdVLcA";
pub(crate) const APPLICATION: &str = "sandbox-sq0csb-kT7/wQzx+Ap4Vd=~~~~~mHy2sLrN9";
pub(crate) const PREVIOUS: &str = "sandbox-sq0csb-Zb3/xKeu+Gq8Rf=~~~~~cWj5tPoM1";
pub(crate) const CODE: &str = "sandbox-sq0cgb-Yd6/nUav+Hi2Xs=~~~~~bTk9wQlC7";
pub(crate) const VERIFIER: &str = "Fv1-pOgz~~~~~Jm5Ye.dSr8hKxB3_uWc6iLqD0tNa7ZoE2y";
pub(crate) const REFRESH: &str = "EQAAlLw9/rIbx+Ks7Zg=~~~~~eVn4jMyD0";
pub(crate) const ACCESS: &str = "EAAAlQx2/sJcy+Lt1Ah=~~~~~fUo6kNzE8";
pub(crate) const MIGRATION: &str = "sq0atp-Ry4/tKdz+Mu3Bi=~~~~~gTp8lOaF5";
pub(crate) const WEBHOOK_KEY: &str = "Sz5/uLea+Nv6Cj=~~~~~hSq1mPbG9";
pub(crate) const PROXY_PASSWORD: &str = "Ta8/vMfb+Ow9Dk=~~~~~iRr3nQcH2";
/// Those that an answer brings.
pub(crate) const NEW_ACCESS: &str = "EAAAlUb1/wNgc+Px2El=~~~~~jQs5oRdI4";
pub(crate) const NEW_REFRESH: &str = "EQAAlVc3/xOhd+Qy5Fm=~~~~~kPt7pSeJ6";
pub(crate) const ID_TOKEN: &str = "eyJhbWd4/yPie+Rz8Gn=~~~~~lOu9qTfK1";

pub(crate) const ALL: [&str; 13] = [
    APPLICATION,
    PREVIOUS,
    CODE,
    VERIFIER,
    REFRESH,
    ACCESS,
    MIGRATION,
    WEBHOOK_KEY,
    PROXY_PASSWORD,
    NEW_ACCESS,
    NEW_REFRESH,
    ID_TOKEN,
    "", // The place of what a run makes by itself; see `Leaks::also`.
];

/// A secret in every form a server may echo it in.
pub(crate) fn forms(secret: &str) -> Vec<String> {
    use base64ct::{Base64, Base64Unpadded, Base64Url, Encoding};
    let escaped = |format: fn(u8) -> String| secret.bytes().map(format).collect::<String>();
    let some = |c: char, by: &str| secret.replace(c, by);
    vec![
        secret.to_owned(),
        escaped(|b| format!("%{b:02X}")),
        escaped(|b| format!("%{b:02x}")),
        some('/', "%2F").replace('+', "%2B").replace('=', "%3D"),
        some('/', "%2f").replace('+', "%2b").replace('=', "%3d"),
        some('/', "\\/"),
        some('/', "\\u002f").replace('+', "\\u002B"),
        escaped(|b| format!("\\u{b:04x}")),
        Base64::encode_string(secret.as_bytes()),
        Base64Unpadded::encode_string(format!("a{secret}").as_bytes()),
        Base64Url::encode_string(secret.as_bytes()),
        Base64Url::encode_string(format!("a{secret}").as_bytes()),
        Base64Url::encode_string(format!("{ID}:{secret}:x").as_bytes()),
        secret.chars().flat_map(|c| [c, '\u{200b}']).collect(),
        secret.chars().flat_map(|c| [c, '\n', '\u{202e}']).collect(),
        // At the place where a text is cut off.
        format!("{}{secret}", ".".repeat(490)),
        format!("{secret}{secret}"),
        format!("Bearer {secret}, Client {secret}"),
    ]
}

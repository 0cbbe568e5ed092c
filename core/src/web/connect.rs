//! "Connect Square" was clicked.

use super::{Answer, Outcome, WebHandlers, WebRequest, WebResponse, cookies::Kept, fetch};
use crate::protocol::{pairs, query};

/// What a form of ours can be; anything longer is not read.
const LONGEST_FORM: usize = 8 * 1024;

impl WebHandlers {
    /// Serves *connect*.
    ///
    /// A click on your own site goes to Square at once. Sellers also come from Square's marketplace
    /// and from e-mails; they are asked first, since a foreign page could bring a seller here
    /// without their knowing. `return_to`, in the query or the form, is where they go afterwards.
    pub fn connect(&self, request: &WebRequest) -> Answer {
        if fetch::only_looks(request) {
            return WebResponse::empty(204).into();
        }
        let may_start = match request.method.as_str() {
            "GET" => fetch::may_start(request),
            // A foreign page can post too: that one's seller is asked as well.
            "POST" => self.is_from_own_page(request),
            _ => return WebResponse::not_allowed("GET, HEAD, POST").into(),
        };
        let return_to = self.return_to(asked(request));
        if may_start {
            return self.start(request, return_to, None);
        }
        let options = &self.0.options;
        let page = options
            .pages
            .ask(&options.connect_path, &return_to, &options.return_to);
        page.into()
    }

    /// Sends the seller to Square; `expired` is the attempt that this one takes the place of.
    pub(super) fn start(
        &self,
        request: &WebRequest,
        return_to: String,
        expired: Option<&str>,
    ) -> Answer {
        let cookies = &self.0.cookies;
        let cleared = expired.map(|attempt| cookies.clear(attempt));
        let authorization = match self.0.client.authorize(self.0.options.authorize.clone()) {
            Ok(authorization) => authorization,
            Err(error) => return self.end(Outcome::of(&error), Some(error), cleared),
        };
        let kept = Kept {
            pending: authorization.pending.as_str(),
            is_second: expired.is_some(),
            return_to: Some(return_to),
        };
        let set = cookies.keep(request, &authorization.attempt, &kept, expired);
        WebResponse::see_other(&authorization.url, set.into_iter().chain(cleared)).into()
    }
}

/// The `return_to` of a form, or else of the query.
fn asked(request: &WebRequest) -> Option<String> {
    let body = request.body.get(..LONGEST_FORM).unwrap_or(&request.body);
    let form = (request.method == "POST").then_some(body);
    let form = form.and_then(|body| str::from_utf8(body).ok());
    let asked = |text| {
        let mut pairs = pairs(text);
        pairs
            .find(|(name, _)| name.as_str() == "return_to")
            .map(|(_, value)| value.as_str().to_owned())
    };
    form.and_then(asked)
        .or_else(|| asked(query(&request.target)))
}

//! A seller who reads Square's consent page and decides.

use crate::{
    browser::{Browser, NoAnswer},
    form::Form,
};

/// What a seller says on the consent page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Allow,
    /// No.
    Deny,
}

/// A seller who decides on the real page, by its real form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seller {
    /// Which of the page's sellers this is, from 0.
    pub number: usize,
}

impl Seller {
    /// Opens the consent page and decides. Yields the callback's address: where Square sends the
    /// browser next, which is not followed. Where Square asks nothing, since the seller has allowed
    /// as much before, it sends the browser on at once; so does this.
    ///
    /// # Errors
    /// A sentence that says what the page was instead.
    pub async fn decide(
        self,
        browser: &mut Browser,
        authorize_url: &str,
        decision: Decision,
    ) -> Result<String, String> {
        let page = browser.get(authorize_url, &[]).await.map_err(text)?;
        if page.status == 302 {
            return Ok(page.location().to_owned());
        }
        let mut forms = Form::all(&page.text()).into_iter();
        let Some(mut form) = forms.next().filter(|_| page.status == 200) else {
            return Err(format!("no consent form, but status {}", page.status));
        };
        let (name, merchant) = form.choices.get(self.number).cloned().unwrap_or_default();
        form.choose(&name, &merchant);
        let button = match decision {
            Decision::Allow => ("decision", "allow"),
            Decision::Deny => ("decision", "deny"),
        };
        let posted = browser.submit(authorize_url, &form, Some(button));
        let answer = posted.await.map_err(text)?;
        if answer.status == 303 {
            Ok(answer.location().to_owned())
        } else {
            Err(format!("the form was answered with {}", answer.status))
        }
    }
}

fn text(error: NoAnswer) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use square_oauth_emulator::{Config, Emulator};

    use super::*;

    #[tokio::test]
    async fn a_seller_allows_and_denies_on_the_page_and_is_remembered() {
        let emulator = Emulator::start(Config::default()).await.unwrap();
        let url = format!(
            "{}/oauth2/authorize?client_id={}&state=a%26b",
            emulator.base_url(),
            emulator.client_id()
        );
        let mut browser = Browser::default();
        let seller = Seller::default();
        let denied = seller.decide(&mut browser, &url, Decision::Deny).await;
        assert!(denied.unwrap().contains("error=access_denied"));
        let allowed = seller.decide(&mut browser, &url, Decision::Allow).await;
        let allowed = allowed.unwrap();
        assert!(allowed.contains("?code=sandbox-sq0cgb-") && allowed.ends_with("state=a%26b"));
        assert_eq!(browser.cookies(), ["square_oauth_emulator_seller"]);

        let wrong = url.replace("client_id=", "client_id=x");
        let refused = seller.decide(&mut browser, &wrong, Decision::Allow).await;
        assert_eq!(refused.unwrap_err(), "no consent form, but status 400");
    }
}

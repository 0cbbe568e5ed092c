//! Sellers: the Square accounts that connect to applications.

use serde::Deserialize;

use crate::{random::Random, secret::Secret};

/// A seller. What is not given is made from the name, so it is the same at every start.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Seller {
    /// The business name.
    pub name: String,
    /// The merchant id, 8 to 191 characters. Default: made from the name.
    pub merchant_id: Option<String>,
    /// Two-letter country. Default `US`.
    pub country: String,
    /// Language tag. Default `en-US`.
    pub language: String,
    /// Currency code. Default `USD`.
    pub currency: String,
    /// The places this seller has. Default: one, named like the business.
    pub locations: Vec<Location>,
    /// A personal access token: never expires, holds every scope. Default: made from the name.
    pub personal_token: Option<Secret>,
    /// An access token from before 2019-03-13, for the `migration_token` grant with the first
    /// application; it lives 30 days from the start. Default: made from the name.
    pub migration_token: Option<Secret>,
}

/// A place where a seller does business.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Location {
    /// The location's name.
    pub name: String,
    /// The location id. Default: made from the seller's and the location's name.
    pub id: Option<String>,
}

impl Seller {
    /// A seller of this name.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    pub(crate) fn resolved_merchant_id(&self) -> String {
        self.merchant_id.clone().unwrap_or_else(|| {
            Random::of_label(&format!("seller {}", self.name)).capitals("ML", 11)
        })
    }

    pub(crate) fn resolved_personal_token(&self) -> Secret {
        self.personal_token
            .clone()
            .unwrap_or_else(|| Secret::new(self.derive("personal").credential("EAAA", 60)))
    }

    pub(crate) fn resolved_migration_token(&self) -> Secret {
        self.migration_token.clone().unwrap_or_else(|| {
            Secret::new(self.derive("migration").credential("sandbox-sq0atb-", 22))
        })
    }

    /// The tokens that were given rather than made, each with the name of its field.
    pub(crate) fn given_tokens(&self) -> impl Iterator<Item = (&'static str, &Secret)> {
        let tokens = [
            ("personal_token", &self.personal_token),
            ("migration_token", &self.migration_token),
        ];
        tokens
            .into_iter()
            .filter_map(|(field, token)| Some((field, token.as_ref()?)))
    }

    /// Name and id of each location.
    pub(crate) fn resolved_locations(&self) -> Vec<(String, String)> {
        if self.locations.is_empty() {
            return vec![(self.name.clone(), self.location_id(&self.name))];
        }
        self.locations
            .iter()
            .map(|place| {
                let id = place
                    .id
                    .clone()
                    .unwrap_or_else(|| self.location_id(&place.name));
                (place.name.clone(), id)
            })
            .collect()
    }

    fn location_id(&self, name: &str) -> String {
        self.derive(&format!("location {name}")).capitals("L", 12)
    }

    fn derive(&self, what: &str) -> Random {
        Random::of_label(&format!("seller {what} {}", self.resolved_merchant_id()))
    }
}

impl Default for Seller {
    fn default() -> Self {
        Self {
            name: "Seller".to_owned(),
            merchant_id: None,
            country: "US".to_owned(),
            language: "en-US".to_owned(),
            currency: "USD".to_owned(),
            locations: Vec::new(),
            personal_token: None,
            migration_token: None,
        }
    }
}

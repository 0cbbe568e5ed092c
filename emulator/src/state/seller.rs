//! A seller as it stands while the emulator runs.

use std::sync::Arc;

use crate::{config, secret::Secret};

pub(crate) struct Seller {
    pub(crate) name: String,
    pub(crate) merchant_id: Arc<str>,
    pub(crate) country: String,
    pub(crate) language: String,
    pub(crate) currency: String,
    pub(crate) locations: Vec<Location>,
    pub(crate) personal_token: Secret,
    pub(crate) migration_token: Secret,
}

pub(crate) struct Location {
    pub(crate) name: String,
    pub(crate) id: String,
}

impl Seller {
    pub(crate) fn new(config: &config::Seller) -> Self {
        Self {
            name: config.name.clone(),
            merchant_id: config.resolved_merchant_id().into(),
            country: config.country.clone(),
            language: config.language.clone(),
            currency: config.currency.clone(),
            locations: config
                .resolved_locations()
                .into_iter()
                .map(|(name, id)| Location { name, id })
                .collect(),
            personal_token: config.resolved_personal_token(),
            migration_token: config.resolved_migration_token(),
        }
    }
}

//! Everything the emulator knows, and the transitions between its states.
//!
//! Nothing here touches the network or the machine's clock: a transition takes the state, the time
//! and what was asked, and says what comes out.

mod access_token;
mod application;
mod code;
mod per_seller;
mod refresh_token;
mod request_log;
mod revocation;
mod seller;

use std::{collections::HashMap, sync::Arc};

pub(crate) use self::{
    access_token::{AccessToken, Kind, NewAccessToken, Standing},
    application::Application,
    code::{Code, Codes},
    per_seller::PerSeller,
    refresh_token::RefreshToken,
    request_log::{LoggedRequest, Outcome, RequestLog},
    revocation::Revoker,
    seller::Seller,
};
use crate::{
    clock::Clock,
    config::{Config, Switches},
    fault::Faults,
    random::Random,
    timestamp::Timestamp,
    webhook::Deliveries,
};

pub(crate) struct State {
    config: Arc<Config>,
    /// The origin under which the emulator's own pages are reached, for redirect URLs that point to
    /// it.
    public_url: String,
    pub(crate) seed: u64,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) switches: Switches,
    pub(crate) applications: Vec<Application>,
    sellers: Vec<Seller>,
    seller_index: HashMap<Arc<str>, usize>,
    pub(crate) codes: Codes,
    pub(crate) access_tokens: PerSeller<AccessToken>,
    /// The sellers' personal and migration tokens: there from the start, and never crowded out.
    own_tokens: HashMap<Arc<str>, AccessToken>,
    pub(crate) refresh_tokens: PerSeller<RefreshToken>,
    next_authorization: u64,
    pub(crate) log: RequestLog,
    pub(crate) faults: Faults,
    pub(crate) deliveries: Deliveries,
}

impl State {
    /// The state that `config` describes, with its seed or another one.
    pub(crate) fn new(config: Arc<Config>, public_url: String, seed: Option<u64>) -> Self {
        let seed = seed.unwrap_or(config.seed);
        let clock = config.clock.map_or_else(Clock::running, Clock::fixed);
        let mut state = Self {
            seed,
            clock,
            random: Random::seeded(seed),
            switches: config.switches.clone(),
            applications: config
                .applications
                .iter()
                .map(|application| Application::new(application, &public_url))
                .collect(),
            sellers: Vec::new(),
            seller_index: HashMap::new(),
            codes: Codes::default(),
            access_tokens: PerSeller::default(),
            own_tokens: HashMap::new(),
            refresh_tokens: PerSeller::default(),
            next_authorization: 0,
            log: RequestLog::new(config.request_log),
            faults: Faults::default(),
            deliveries: Deliveries::default(),
            config: Arc::clone(&config),
            public_url,
        };
        let now = state.clock.now();
        for seller in &config.sellers {
            state.add_seller(Seller::new(seller), now);
        }
        state
    }

    /// Go back to the configuration, with its seed or another one.
    pub(crate) fn reset(&mut self, seed: Option<u64>) {
        *self = Self::new(Arc::clone(&self.config), self.public_url.clone(), seed);
    }

    pub(crate) fn application(&self, client_id: &str) -> Option<&Application> {
        self.applications
            .iter()
            .find(|application| &*application.client_id == client_id)
    }

    pub(crate) fn application_mut(&mut self, client_id: &str) -> Option<&mut Application> {
        self.applications
            .iter_mut()
            .find(|application| &*application.client_id == client_id)
    }

    pub(crate) fn sellers(&self) -> &[Seller] {
        &self.sellers
    }

    pub(crate) fn seller(&self, merchant_id: &str) -> Option<&Seller> {
        self.seller_index
            .get(merchant_id)
            .and_then(|at| self.sellers.get(*at))
    }

    /// A seller by merchant id or by name; the first one when `who` is not given.
    pub(crate) fn find_seller(&self, who: Option<&str>) -> Option<&Seller> {
        match who {
            None => self.sellers.first(),
            Some(who) => self
                .seller(who)
                .or_else(|| self.sellers.iter().find(|seller| seller.name == who)),
        }
    }

    /// Add a seller with its personal token; one that is there already stays as it is.
    pub(crate) fn add_seller(&mut self, seller: Seller, now: Timestamp) {
        if self.seller(&seller.merchant_id).is_some() {
            return;
        }
        let Some(first) = self.applications.first() else {
            return;
        };
        let personal = AccessToken::personal(first, &seller);
        let migration = AccessToken::before_refresh_tokens(first, &seller, now);
        self.own_tokens
            .insert(seller.personal_token.expose().into(), personal);
        self.own_tokens
            .insert(seller.migration_token.expose().into(), migration);
        self.seller_index
            .insert(Arc::clone(&seller.merchant_id), self.sellers.len());
        self.sellers.push(seller);
    }

    pub(crate) fn access_token(&self, text: &str) -> Option<&AccessToken> {
        self.access_tokens
            .get(text)
            .or_else(|| self.own_tokens.get(text))
    }

    /// Whether this is a seller's personal or migration token.
    pub(crate) fn is_own_token(&self, text: &str) -> bool {
        self.own_tokens.contains_key(text)
    }

    /// The token of a seller's own that has this text, to change it.
    fn own_token_mut(&mut self, text: &str) -> Option<&mut AccessToken> {
        self.own_tokens.get_mut(text)
    }

    pub(crate) fn tokens_per_seller(&self) -> usize {
        self.config.tokens_per_seller
    }

    /// A number for a new authorization: what is issued under one belongs together.
    pub(crate) fn new_authorization(&mut self) -> u64 {
        self.next_authorization += 1;
        self.next_authorization
    }
}

//! Permissions, as Square names them.

use core::fmt;
use std::borrow::Cow;

/// One permission, e.g. `PAYMENTS_READ`: an open set.
///
/// The constants are the names that Square documents; a newer one is made from its text.
///
/// ```
/// use square_oauth::{Scope, scopes};
///
/// assert_eq!(Scope::PAYMENTS_READ, Scope::from("PAYMENTS_READ"));
/// assert_eq!(scopes(["ITEMS_READ", "ITEMS_READ"]), [Scope::ITEMS_READ]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope(Cow<'static, str>);

impl Scope {
    /// The permission's name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Scope {
    fn from(name: &str) -> Self {
        Self(Cow::Owned(name.to_owned()))
    }
}

impl From<String> for Scope {
    fn from(name: String) -> Self {
        Self(Cow::Owned(name))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Scopes out of names or constants; the order is kept, repetitions are dropped.
pub fn scopes(names: impl IntoIterator<Item = impl Into<Scope>>) -> Vec<Scope> {
    let mut scopes = Vec::new();
    for scope in names.into_iter().map(Into::into) {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    scopes
}

macro_rules! documented {
    ($($name:ident)*) => {
        /// The permissions that Square documents (API specification of 2025-08-20).
        impl Scope {
            $(
                #[doc = concat!("`", stringify!($name), "`")]
                pub const $name: Self = Self(Cow::Borrowed(stringify!($name)));
            )*
        }
    };
}

documented! {
    ADDON_CONFIGURATIONS_READ ADDON_CONFIGURATIONS_WRITE
    APPOINTMENTS_READ APPOINTMENTS_WRITE APPOINTMENTS_ALL_READ APPOINTMENTS_ALL_WRITE
    APPOINTMENTS_BUSINESS_SETTINGS_READ
    BANK_ACCOUNTS_READ CASH_DRAWER_READ
    CHANNELS_READ CHANNELS_CREATE CHANNELS_UPDATE
    CUSTOMERS_READ CUSTOMERS_WRITE
    DEVICES_READ DEVICE_CREDENTIAL_MANAGEMENT
    DISCOUNT_CODES_READ DISCOUNT_CODES_WRITE
    DISPUTES_READ DISPUTES_WRITE
    EMPLOYEES_READ EMPLOYEES_WRITE
    TIMECARDS_READ TIMECARDS_WRITE TIMECARDS_SETTINGS_READ TIMECARDS_SETTINGS_WRITE
    PERMISSION_SETS_READ PERMISSION_SETS_WRITE
    GIFTCARDS_READ GIFTCARDS_WRITE LOYALTY_READ LOYALTY_WRITE
    INVENTORY_READ INVENTORY_WRITE ITEMS_READ ITEMS_WRITE VENDOR_READ VENDOR_WRITE
    INVOICES_READ INVOICES_WRITE SUBSCRIPTIONS_READ SUBSCRIPTIONS_WRITE
    MERCHANT_PROFILE_READ MERCHANT_PROFILE_WRITE
    ONLINE_STORE_SITE_READ ONLINE_STORE_SNIPPETS_READ ONLINE_STORE_SNIPPETS_WRITE
    ORDERS_READ ORDERS_WRITE
    PAYMENTS_READ PAYMENTS_WRITE PAYMENTS_WRITE_ADDITIONAL_RECIPIENTS PAYMENTS_WRITE_IN_PERSON
    PAYMENTS_WRITE_SHARED_ONFILE
    PAYOUTS_READ SETTLEMENTS_READ
    RESERVATIONS_READ RESERVATIONS_WRITE RESTAURANT_CHECKS_READ
}

//! Permission scopes: Square's list, and what a scope means to a seller.

use std::sync::Arc;

/// Granted scopes, in the order they were asked for.
pub(crate) type Scopes = Arc<[String]>;

/// The scopes of Square's API specification of 2025-08-20.
pub(crate) const KNOWN: [&str; 59] = [
    "ADDON_CONFIGURATIONS_READ",
    "ADDON_CONFIGURATIONS_WRITE",
    "APPOINTMENTS_ALL_READ",
    "APPOINTMENTS_ALL_WRITE",
    "APPOINTMENTS_BUSINESS_SETTINGS_READ",
    "APPOINTMENTS_READ",
    "APPOINTMENTS_WRITE",
    "BANK_ACCOUNTS_READ",
    "CASH_DRAWER_READ",
    "CHANNELS_CREATE",
    "CHANNELS_READ",
    "CHANNELS_UPDATE",
    "CUSTOMERS_READ",
    "CUSTOMERS_WRITE",
    "DEVICES_READ",
    "DEVICE_CREDENTIAL_MANAGEMENT",
    "DISCOUNT_CODES_READ",
    "DISCOUNT_CODES_WRITE",
    "DISPUTES_READ",
    "DISPUTES_WRITE",
    "EMPLOYEES_READ",
    "EMPLOYEES_WRITE",
    "GIFTCARDS_READ",
    "GIFTCARDS_WRITE",
    "INVENTORY_READ",
    "INVENTORY_WRITE",
    "INVOICES_READ",
    "INVOICES_WRITE",
    "ITEMS_READ",
    "ITEMS_WRITE",
    "LOYALTY_READ",
    "LOYALTY_WRITE",
    "MERCHANT_PROFILE_READ",
    "MERCHANT_PROFILE_WRITE",
    "ONLINE_STORE_SITE_READ",
    "ONLINE_STORE_SNIPPETS_READ",
    "ONLINE_STORE_SNIPPETS_WRITE",
    "ORDERS_READ",
    "ORDERS_WRITE",
    "PAYMENTS_READ",
    "PAYMENTS_WRITE",
    "PAYMENTS_WRITE_ADDITIONAL_RECIPIENTS",
    "PAYMENTS_WRITE_IN_PERSON",
    "PAYMENTS_WRITE_SHARED_ONFILE",
    "PAYOUTS_READ",
    "PERMISSION_SETS_READ",
    "PERMISSION_SETS_WRITE",
    "RESERVATIONS_READ",
    "RESERVATIONS_WRITE",
    "RESTAURANT_CHECKS_READ",
    "SETTLEMENTS_READ",
    "SUBSCRIPTIONS_READ",
    "SUBSCRIPTIONS_WRITE",
    "TIMECARDS_READ",
    "TIMECARDS_SETTINGS_READ",
    "TIMECARDS_SETTINGS_WRITE",
    "TIMECARDS_WRITE",
    "VENDOR_READ",
    "VENDOR_WRITE",
];

/// What an authorization URL without `scope` asks for (documented).
pub(crate) fn default() -> Scopes {
    [
        "MERCHANT_PROFILE_READ",
        "PAYMENTS_READ",
        "SETTLEMENTS_READ",
        "BANK_ACCOUNTS_READ",
    ]
    .map(str::to_owned)
    .into()
}

/// What a personal access token holds.
pub(crate) fn every() -> Scopes {
    KNOWN.map(str::to_owned).into()
}

/// What of `wanted` is also in `held`. Scopes can only be narrowed (documented).
pub(crate) fn narrow(held: &Scopes, wanted: &[String]) -> Scopes {
    held.iter()
        .filter(|scope| wanted.contains(scope))
        .cloned()
        .collect()
}

/// What a scope lets an application do, in a seller's words.
pub(crate) fn describe(scope: &str) -> String {
    let (verb, what) = match scope.rsplit_once('_') {
        Some((what, "READ")) => ("See", what),
        Some((what, "WRITE")) => ("Create and change", what),
        Some((what, "CREATE")) => ("Create", what),
        Some((what, "UPDATE")) => ("Change", what),
        Some((what, "MANAGEMENT")) => ("Manage", what),
        _ => ("Use", scope),
    };
    let what = what
        .strip_suffix("_ALL")
        .map_or(what.to_owned(), |one| format!("ALL_{one}"));
    format!("{verb} your {}", what.replace('_', " ").to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, default, describe, narrow};

    #[test]
    fn scopes_are_narrowed_never_widened() {
        let wanted = ["PAYMENTS_READ".to_owned(), "ITEMS_WRITE".to_owned()];
        assert_eq!(&*narrow(&default(), &wanted), ["PAYMENTS_READ"]);
    }

    #[test]
    fn a_seller_reads_words_not_names() {
        assert_eq!(
            describe("MERCHANT_PROFILE_READ"),
            "See your merchant profile"
        );
        assert_eq!(
            describe("APPOINTMENTS_ALL_WRITE"),
            "Create and change your all appointments"
        );
    }

    #[test]
    fn the_list_is_sorted_and_holds_nothing_twice() {
        assert!(KNOWN.is_sorted_by(|a, b| a < b));
    }
}

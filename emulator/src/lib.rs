//! Square's OAuth server, local.

//! Connect Square sellers.

//! No secret is shown anywhere.

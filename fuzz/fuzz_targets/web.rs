//! See the library's function of the same name.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| square_oauth_fuzz::web(data));

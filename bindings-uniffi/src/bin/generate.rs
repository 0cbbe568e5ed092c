//! Writes the other languages' half of the bindings: `uniffi-bindgen generate LIBRARY --language ...`.

fn main() {
    uniffi::uniffi_bindgen_main();
}

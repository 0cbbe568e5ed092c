//! `square-oauth-bindgen MODULE FOLDER`: writes the module without what only a linker needs, and
//! the JavaScript that goes with it, into the folder. With `--names` the module keeps the names of
//! its functions, for whoever wants to know what is large.
#![forbid(unsafe_code)]

mod names;
mod places;
mod snip;
mod texts;

use std::{env, error::Error, fs, path::PathBuf};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<_> = env::args_os().skip(1).map(PathBuf::from).collect();
    let names = arguments
        .iter()
        .position(|word| word.as_os_str() == "--names");
    if let Some(at) = names {
        arguments.remove(at);
    }
    let [module, folder] = arguments.as_slice() else {
        return Err("usage: square-oauth-bindgen MODULE FOLDER [--names]".into());
    };
    let mut module = walrus::Module::from_file(module)?;
    // Names that have changed would go unnoticed, but for the size.
    if snip::panics(&mut module) < 5
        || places::blank(&mut module) < 10
        || texts::blank(&mut module) < 5
    {
        return Err("what panics, or where, or what it would say was not found".into());
    }
    snip::formatting(&mut module)?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_module("square_oauth", module)
        .out_name("square_oauth")
        .typescript(true)
        .keep_debug(false)
        .remove_name_section(names.is_none())
        .remove_producers_section(true)
        .omit_default_module_path(true);
    // Started by the call that needs it first, and anew after a panic.
    bindgen.web(true)?;
    bindgen.reset_state_function(true);
    let mut output = bindgen.generate_output()?;
    let glue = output.js().to_owned();
    let glue = names::shorten(output.wasm_mut(), &glue);
    output.emit(folder)?;
    Ok(fs::write(folder.join("square_oauth.js"), glue)?)
}

//! The files of `conformance/vectors` and `conformance/scenarios`, by their names: part of the program, so that no
//! checkout has to be near where it runs.

include!(concat!(env!("OUT_DIR"), "/data.rs"));

//! A scripted browser and a scripted seller: what the demo and the examples' tests click with.
//!
//! The browser keeps cookies the way browsers do and follows no redirect by itself, so that a story
//! can look at each step. It speaks plain HTTP to loopback and is no use for anything else.
#![forbid(unsafe_code)]

mod answer;
mod browser;
mod form;
mod jar;
mod seller;

pub use self::{
    answer::Answer,
    browser::{Browser, NoAnswer},
    form::Form,
    seller::{Decision, Seller},
};

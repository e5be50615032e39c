//! The library from outside, one module per concept: reference numbers, properties, numbers made by hand, and
//! input that is hostile.

mod architecture;
mod attention;
mod budget;
mod decoding;
mod evaluation;
mod language_model;
mod position;
mod recurrent;
mod support;
mod tokenizer;

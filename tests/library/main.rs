//! The library from outside, one module per concept: reference numbers, properties, numbers made by hand, and
//! input that is hostile. One module reads its source: who uses whom.

mod architecture;
mod attention;
mod budget;
mod decoding;
mod evaluation;
mod language_model;
mod layers;
mod position;
mod recurrent;
mod source;
mod support;
mod tokenizer;

//! The library from outside, one module per concept: reference numbers, properties, numbers made by hand, and
//! input that is hostile. Two modules read its source: who uses whom, and what the tables of files say.

mod activation;
mod architecture;
mod attention;
mod budget;
mod classical;
mod contrastive;
mod decoder;
mod decoding;
mod emergence;
mod evaluation;
mod language_model;
mod layers;
mod norm_gradients;
mod numerics;
mod position;
mod preference;
mod recurrent;
mod regularization;
mod scaling;
mod source;
mod support;
mod tables;
mod tasks;
mod text_model;
mod tokenizer;
mod weights;

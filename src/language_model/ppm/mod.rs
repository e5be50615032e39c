//! Prediction by partial matching: the model of text compressors, here a judge.
//!
//! It looks for the longest context that it has seen, and if the next character never followed there, it
//! *escapes* to a shorter one, in the end to all characters of Unicode alike. Nothing of it is shared with the
//! n-gram model of [`ngram`](super::ngram): it counts occurrences and not contexts, it backs off and does not
//! mix, and the probability of what is new comes from the number of different characters seen, not from
//! estimated discounts.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `readable` | the formula line by line, from counted contexts: [`CountedContexts`] |
//! | 2 | `counts` | every context of one length with what followed it, as sorted numbers |
//! | 3 | `model` | the same probabilities from sorted lists: [`Ppm`] |

mod counts;
mod model;
mod readable;

pub use model::Ppm;
pub use readable::CountedContexts;

/// The longest context, in characters: five and the character itself fill 126 of 128 bits.
pub const MAX_CONTEXT: usize = 5;

/// How many characters Unicode can have: all code points but the surrogates.
const CHARACTERS: f64 = (0x11_0000 - 0x800) as f64;

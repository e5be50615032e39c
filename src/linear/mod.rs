//! A matrix of weights times the activations of one or many tokens, with the weights as they are stored.
//!
//! One token at a time, a language model is as slow as its weights are to read: each is used once. So they stay in the
//! few bits of their file, and become numbers only in the registers of the processor. Many tokens at once share each
//! weight: then it is unpacked once, and arithmetic is the limit. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `matrix` | [`Linear`]: the matrix, its rows, and its products |
//! | 2 | `readable` | the readable twin: every weight decoded, sums in `f64`; and how far apart the two may be |
//! | 3 | `layout` | the blocks of an encoding, as numbers that vectors are made of |
//! | 4 | `half` | half precision to single, many at a time |
//! | 5 | `fixed` | one token as whole numbers, in steps that 32 of them share |
//! | 6 | `lanes` | sums of products of whole numbers, side by side |
//! | 7 | `integer` | one token and weights in blocks: whole numbers from the stored bytes to the sums of a part |
//! | 8 | `one` | one token and weights that stand for themselves |
//! | 9 | `many` | many tokens: a panel of rows is unpacked, and all tokens use it |
//! | 10 | `across` | as many of them as fill whole vectors, a lane for each |
//! | 11 | `dots` | the few that are left, one product after the other |
//! | 12 | `threads` | who computes: [`Threads`] |
//! | 13 | `share` | the rows, shared out among threads |
//! | 14 | `error` | what can be wrong with the inputs: [`LinearError`] |

mod across;
mod dots;
mod error;
mod fixed;
mod half;
mod integer;
mod lanes;
mod layout;
mod many;
mod matrix;
mod one;
mod readable;
mod share;
#[cfg(test)]
mod tests;
mod threads;

pub(crate) use across::turned;
pub use error::{LinearError, Operand};
pub(crate) use many::products;
pub use matrix::Linear;
pub use share::apply_together;
pub use threads::Threads;

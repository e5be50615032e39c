//! The recurrent layer that attention is compared with.
//!
//! In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `rnn` | the layer and its states: [`Rnn`], [`Activation`] |
//! | 2 | `gradient` | how much of the first state is still felt later: [`Rnn::jacobian`], [`Rnn::gradient_norms`] |
//! | 3 | `error` | what can be wrong with the inputs: [`RecurrentError`] |
//! | 4 | [`words`] | the names that its messages use |

mod error;
mod gradient;
mod rnn;
#[cfg(test)]
mod tests;
pub mod words;

pub use error::RecurrentError;
pub use rnn::{Activation, Rnn};

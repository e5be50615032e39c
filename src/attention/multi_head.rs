//! Several attentions side by side, each in its own subspace.
//!
//! | file | idea |
//! |---|---|
//! | `layer` | the weights, and how they are used |
//! | `getters` | what a layer is made of |
//! | `heads` | from queries, keys and values to the heads, with or without positions |

// In front of the others: their methods come after its own in the documentation.
mod layer;

mod getters;
mod heads;
#[cfg(test)]
mod tests;

pub use layer::{MultiHead, MultiHeadTrace};

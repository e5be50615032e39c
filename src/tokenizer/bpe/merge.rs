//! What is merged: two symbols, or two tokens by their ids.

use crate::tokenizer::{Symbol, TokenId};

/// Two neighbours.
pub type Pair = (Symbol, Symbol);

/// Two tokens that become one. Its place in the list of merges is its rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Merge {
    /// The left token.
    pub left: TokenId,
    /// The right token.
    pub right: TokenId,
    /// What they become.
    pub token: TokenId,
}

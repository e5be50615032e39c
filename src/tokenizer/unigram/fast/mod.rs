//! The fast trainer: no word is searched again for its pieces.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `text` | the corpus as numbers |
//! | 2 | `suffixes` | the ends of all words, in order |
//! | 3 | `seed` | the pieces to begin with, and all their places |
//! | 4 | `pieces` | the pieces that are left, with their probabilities |
//! | 5 | `lattice` | which of them begin where |
//! | 6 | `expect` | the expectation, without logarithms |
//! | 7 | `prune` | which pieces the likelihood misses least |

mod expect;
mod lattice;
mod pieces;
mod prune;
mod seed;
mod suffixes;
mod text;

pub(super) use expect::expect;
pub(super) use prune::pruned;
pub(super) use seed::seed;

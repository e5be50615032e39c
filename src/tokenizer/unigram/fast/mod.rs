//! The fast trainer. In reading order: `text`, the corpus as numbers; `suffixes`, sorted; `seed`, the pieces to begin
//! with and all their places; `pieces` and `lattice`, what training changes; `expect` and `prune`, its two steps.

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

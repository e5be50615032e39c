//! Constrained decoding.

use concepts::language_model::TreeModel;

use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::experiments::constrained::{Allowed, ending_in};
use crate::lessons::decoding::experiments::trees::spelled;
use crate::row;

pub(crate) fn table() -> Table {
    let tree = TreeModel::greedy_trap();
    let row = |Allowed { tokens, probability, conditioned, masked }: Allowed| {
        row![spelled(&tree, &tokens), probability, conditioned, masked]
    };
    Grid::new("constrained", &WORDS).rows(ending_in(&tree, "a").into_iter().map(row)).table()
}

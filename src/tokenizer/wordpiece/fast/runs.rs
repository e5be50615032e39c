//! What a merge of a piece with itself would save: of a run of `n` equal pieces, `⌊n/2⌋`.
//!
//! For all other pairs it is their count. Here runs get longer and shorter with the merges of other pairs.

use super::pairs::Pairs;
use super::text::{NONE, Text};
use crate::tokenizer::wordpiece::corpus::Pair;

/// The runs of the piece that a merge makes.
#[derive(Debug)]
pub(super) struct Runs {
    /// Where the piece was put last, and the length of the run that ends there.
    last: (u32, u64),
}

impl Runs {
    pub(super) fn new() -> Self {
        Self { last: (NONE, 0) }
    }

    /// The pair at a place is about to be replaced: its left piece leaves a run that ends there, its right
    /// piece one that begins there. Of a piece beside itself nothing is left, whatever the run.
    pub(super) fn shorten(text: &Text, pairs: &mut Pairs, (left, right): Pair, place: u32, count: u64) {
        if left == right {
            return;
        }
        if length(text, left, place, |node| text.nodes[node as usize].before).is_multiple_of(2) {
            pairs.save_less((left, left), count);
        }
        let after = text.nodes[place as usize].after;
        if length(text, right, after, |node| text.nodes[node as usize].after).is_multiple_of(2) {
            pairs.save_less((right, right), count);
        }
    }

    /// A piece was put at a place: it may join what stands before and after.
    pub(super) fn join(&mut self, text: &Text, pairs: &mut Pairs, new: u32, place: u32, count: u64) {
        let node = text.nodes[place as usize];
        let before = if node.before == self.last.0 {
            self.last.1
        } else {
            length(text, new, node.before, |node| text.nodes[node as usize].before)
        };
        let after = length(text, new, node.after, |node| text.nodes[node as usize].after);
        self.last = (place, before + 1);
        let more = (before + 1 + after) / 2 - before / 2 - after / 2;
        if more > 0 && before + after > 0 {
            pairs.save_more((new, new), count);
        }
    }
}

/// How many equal pieces stand in a row, from a place on.
fn length(text: &Text, piece: u32, place: u32, next: impl Fn(u32) -> u32) -> u64 {
    let there = |place: u32| (place != NONE && text.nodes[place as usize].piece == piece).then_some(place);
    std::iter::successors(there(place), |&place| there(next(place))).count() as u64
}

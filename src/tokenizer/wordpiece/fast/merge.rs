//! One merge.

use super::pairs::Pairs;
use super::runs::Runs;

use super::text::{NONE, Text};
use super::totals::Totals;
use crate::tokenizer::wordpiece::corpus::Names;

/// Replaces a pair by a piece wherever it stands, and updates what is counted.
///
/// Places come in ascending order, so each word is read from left to right: in `aaa` the first two become one.
/// What it does at one place, with `x` before and `y` after:
///
/// ```text
/// x [a b] y        x+a, a+b, b+y one less
/// x   N   y        x+N, N+y one more
/// ```
pub(super) fn everywhere(
    text: &mut Text,
    pairs: &mut Pairs,
    totals: &mut Totals,
    names: &Names,
    number: u32,
    new: u32,
) {
    let (a, b) = pairs.tally(number).pair;
    let mut replaced = 0;
    let mut runs = Runs::new();
    for place in pairs.take_places(number) {
        if text.pair_at(place) != Some((a, b)) {
            continue;
        }
        let left = text.nodes[place as usize];
        let after = text.nodes[left.after as usize].after;
        let count = text.counts[left.word as usize];
        if pairs.knows_savings() {
            Runs::shorten(text, pairs, (a, b), place, count);
        }
        if left.before != NONE {
            let x = text.nodes[left.before as usize].piece;
            pairs.remove((x, a), count);
            pairs.add((x, new), count, left.before, names);
        }
        if after != NONE {
            let right = &mut text.nodes[after as usize];
            right.before = place;
            pairs.remove((b, right.piece), count);
            pairs.add((new, right.piece), count, place, names);
        }
        pairs.remove((a, b), count);
        text.nodes[left.after as usize].piece = NONE;
        let node = &mut text.nodes[place as usize];
        node.piece = new;
        node.after = after;
        if pairs.knows_savings() {
            runs.join(text, pairs, new, place, count);
        }
        replaced += count;
    }
    totals.replace((a, b), new, replaced);
}

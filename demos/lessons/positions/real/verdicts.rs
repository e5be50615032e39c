//! What a trained model says about claims of the written answer. The verdict of a claim does not rest on it.

use concepts::evaluation::Difference;
use concepts::numerics::tolerance::REAL_MODEL_F32;

use super::depth::{Depth, Picture};
use super::numbers::Numbers;
use super::removed::Removed;
use super::shuffled::Shuffled;
use crate::kit::findings::Witness;
use crate::kit::text::Text;
use crate::lessons::positions::WORDS;
use crate::named;
use crate::real::changes::{Bench, range, signed, size};

pub(super) fn verdicts(
    bench: &Bench,
    removed: &Removed,
    shuffled: &Shuffled,
    depth: &Depth,
    numbers: &Numbers,
) -> Vec<Witness> {
    let mut all: Vec<Witness> = vec![
        (&["C2"], set(depth)),
        (&["C3"], order(shuffled)),
        (&["C4"], needed(removed)),
        (&["C4"], leaks(shuffled)),
    ];
    if numbers.is_rotated() {
        all.push((&["C14"], kinds(numbers, relative(numbers))));
    } else if bench.model.config().learned_positions {
        // The written answer names no scheme here that the model could be held against.
        all.push((&[], kinds(numbers, "verdicts.absolute")));
    }
    all
}

/// C2: shuffle the input, and the output stays.
fn set(depth: &Depth) -> Text {
    let at = |moves: Option<&f64>| moves.copied().unwrap_or(0.0);
    let (first, last) = (at(depth.none.first()), at(depth.none.last()));
    let id = match depth.picture() {
        Picture::SetFirst => "verdicts.set-yes",
        Picture::OneLayer => "verdicts.set-one",
        Picture::Other => "verdicts.set-no",
    };
    WORDS.with(id, &named![first, last, layers = depth.none.len()])
}

/// C3: language has order.
fn order(shuffled: &Shuffled) -> Text {
    let moved = &shuffled.placed.rows[0];
    let shown = moved.more.difference() == Difference::Larger;
    let id = if shown { "verdicts.order-yes" } else { "verdicts.order-no" };
    let values = named![
        more = signed(moved.more.estimate),
        size = size(moved.more.estimate),
        range = range(&moved.more),
        far = moved.far.estimate
    ];
    WORDS.with(id, &values)
}

/// C4: positions are necessary. To this model, that was trained with them.
fn needed(removed: &Removed) -> Text {
    let (more, alone) = (&removed.cost.more, &removed.alone.more);
    let id = if removed.cost.is_shown() { "verdicts.needed-yes" } else { "verdicts.needed-no" };
    let values = named![
        more = signed(more.estimate),
        size = size(more.estimate),
        range = range(more),
        alone = signed(alone.estimate)
    ];
    WORDS.with(id, &values)
}

/// C4: what the mask gives away, and whether the model has any use for it.
fn leaks(shuffled: &Shuffled) -> Text {
    let moved = &shuffled.none.rows[0];
    let id = match (moved.far.low > REAL_MODEL_F32, moved.more.difference()) {
        (false, _) => "verdicts.leaks-no",
        (true, Difference::Larger) => "verdicts.leaks-used",
        (true, _) => "verdicts.leaks-unused",
    };
    let values = named![
        far = moved.far.estimate,
        far_range = range(&moved.far),
        far_low = moved.far.low,
        far_high = moved.far.high,
        more = signed(moved.more.estimate),
        size = size(moved.more.estimate),
        range = range(&moved.more)
    ];
    WORDS.with(id, &values)
}

/// Whether distance and its sign are shown to count, or only that nothing else does.
fn relative(numbers: &Numbers) -> &'static str {
    let both = numbers.twice.is_shown() && numbers.backwards.is_shown();
    if both { "verdicts.relative" } else { "verdicts.relative-only" }
}

/// C14: relative, or not.
fn kinds(numbers: &Numbers, id: &str) -> Text {
    let [moved, twice, backwards] =
        [&numbers.moved, &numbers.twice, &numbers.backwards].map(|cost| &cost.more);
    let values = named![
        by = numbers.by(),
        largest = numbers.largest,
        size = numbers.size,
        moved = signed(moved.estimate),
        moved_range = range(moved),
        twice = signed(twice.estimate),
        twice_range = range(twice),
        backwards = signed(backwards.estimate),
        backwards_range = range(backwards)
    ];
    WORDS.with(id, &values)
}

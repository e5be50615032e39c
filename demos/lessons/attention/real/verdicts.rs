//! What a trained model says about claims of the written answer. The verdict of a claim does not rest on it.

use super::kinds::{Catalogue, Kind};
use super::place;
use super::removed::Removed;
use super::unscaled::{SATURATED, Unscaled};
use crate::kit::findings::Witness;
use crate::kit::text::Text;
use crate::lessons::attention::WORDS;
use crate::named;
use crate::real::changes::{range, signed, size};

pub(super) fn verdicts(catalogue: &Catalogue, removed: &Removed, unscaled: &Unscaled) -> Vec<Witness> {
    vec![
        (&["C3"], scaling(unscaled)),
        (&["C4", "C14"], kinds(catalogue)),
        (&["C7"], distance(catalogue)),
        (&["C4"], prunable(removed)),
    ]
}

/// C3: undivided scores saturate the softmax. Whether the text gets harder by it is another question.
fn scaling(unscaled: &Unscaled) -> Text {
    let ([before, after], more) = (unscaled.saturated, &unscaled.cost.more);
    let id = match (after > before, unscaled.cost.is_shown()) {
        (true, true) => "verdicts.scaling-yes",
        (true, false) => "verdicts.scaling-rows",
        (false, _) => "verdicts.scaling-no",
    };
    let values = named![
        before,
        after,
        saturated = SATURATED,
        d_k = unscaled.d_k,
        more = signed(more.estimate),
        size = size(more.estimate),
        range = range(more)
    ];
    WORDS.with(id, &values)
}

/// C4 and C14: heads learn different things.
fn kinds(catalogue: &Catalogue) -> Text {
    let above = |kind: &&Kind| catalogue.above_half(**kind) > 0;
    let found = Kind::ALL.iter().filter(above).count();
    let (kinds, heads, some) = (Kind::ALL.len(), catalogue.heads, catalogue.of_some_kind());
    let id = if found >= 2 { "verdicts.kinds-yes" } else { "verdicts.kinds-no" };
    WORDS.with(id, &named![found, kinds, heads, some])
}

/// C7: a token far away is reached as a near one is, if attention is sharp.
fn distance(catalogue: &Catalogue) -> Text {
    let best = catalogue.best(Kind::Induction);
    let head = catalogue.first(Kind::Induction, 1).first().map_or_else(String::new, |head| place(*head));
    let back = catalogue.once.saturating_sub(1);
    // What every token would get if all got the same.
    let even = 1.0 / (1.5 * catalogue.once as f64);
    let id = if best > 0.5 { "verdicts.distance-yes" } else { "verdicts.distance-no" };
    WORDS.with(id, &named![best, head, back, even])
}

/// C4: many heads can go.
fn prunable(removed: &Removed) -> Text {
    let drawn = &removed.drawn.cost;
    let worst = removed.kinds.iter().map(|(_, _, loss)| loss.cost.more.estimate).fold(f64::MIN, f64::max);
    let id = if worst > drawn.more.estimate { "verdicts.prunable-yes" } else { "verdicts.prunable-no" };
    let values = named![
        few = removed.few,
        drawn = signed(drawn.more.estimate),
        range = range(&drawn.more),
        worst = signed(worst)
    ];
    WORDS.with(id, &values)
}

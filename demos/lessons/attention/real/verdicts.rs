//! What a trained model says about claims of the written answer. The verdict of a claim does not rest on it.

use concepts::decoder::Head;
use concepts::evaluation::{Difference, Interval};

use super::kinds::{Catalogue, Kind};
use super::place;
use super::removed::{Loss, Removed};
use super::unscaled::{SATURATED, Unscaled};
use crate::kit::findings::Witness;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::attention::WORDS;
use crate::named;
use crate::real::changes::{Bench, range, signed, size};

pub(super) fn verdicts(
    bench: &Bench,
    catalogue: &Catalogue,
    removed: &Removed,
    unscaled: &Unscaled,
) -> Result<Vec<Witness>, Refusal> {
    Ok(vec![
        (&["C3"], scaling(unscaled)),
        (&["C4", "C14"], kinds(catalogue)),
        (&["C7"], distance(catalogue)),
        (&["C4"], prunable(bench, removed)?),
    ])
}

/// C3: undivided scores saturate the softmax. Whether the text gets harder by it is another question.
fn scaling(unscaled: &Unscaled) -> Text {
    let ([before, after], more) = (unscaled.saturated, &unscaled.cost.more);
    // As they are shown: two shares that read alike say nothing.
    let [shown_before, shown_after] = unscaled.saturated.map(|share| (share * 1000.0).round());
    let id = match (shown_after > shown_before, unscaled.cost.is_shown()) {
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
    // One head can be above one half in two kinds.
    let id = if found >= 2 && some >= 2 { "verdicts.kinds-yes" } else { "verdicts.kinds-no" };
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

/// C4: many heads can go. That it depends on which is said where the worst set is shown to cost more.
fn prunable(bench: &Bench, removed: &Removed) -> Result<Text, Refusal> {
    let drawn = &removed.drawn.cost;
    let more = |found: &&(Kind, Vec<Head>, Loss)| found.2.cost.more.estimate;
    let worst = removed.kinds.iter().max_by(|a, b| more(a).total_cmp(&more(b)));
    let (cost, apart) = match worst {
        Some((kind, _, loss)) => (loss.cost.more.estimate, removed.beyond(bench, *kind)?),
        None => (drawn.more.estimate, None),
    };
    let apart = apart.unwrap_or(Interval { estimate: 0.0, low: 0.0, high: 0.0 });
    let id = match apart.difference() {
        Difference::Larger => "verdicts.prunable-yes",
        _ if cost > drawn.more.estimate => "verdicts.prunable-alike",
        _ => "verdicts.prunable-no",
    };
    let values = named![
        few = removed.few,
        drawn = signed(drawn.more.estimate),
        range = range(&drawn.more),
        worst = signed(cost),
        apart = signed(apart.estimate),
        apart_range = range(&apart)
    ];
    Ok(WORDS.with(id, &values))
}

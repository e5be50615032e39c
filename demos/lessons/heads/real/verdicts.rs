//! What a trained model says about claims of the written answer. The verdict of a claim does not rest on it.

use super::cache::Kept;
use super::pooled::{Pooled, bytes};
use crate::kit::findings::Witness;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::named;
use crate::real::changes::{Bench, range, size, told};

pub(super) fn verdicts(bench: &Bench, kept: &[Kept], pooled: &[Pooled]) -> Result<Vec<Witness>, Refusal> {
    let mut all: Vec<Witness> = vec![(&[], counted(kept))];
    if let Some(fewest) = pooled.last() {
        all.push((&["C4", "C7", "C12"], proportional(bench, fewest)?));
        all.push((&["C9", "C19"], converted(fewest)));
    }
    all.extend(narrow(kept).map(|said| (&[][..], said)));
    Ok(all)
}

/// The formula of the cache against a cache.
fn counted(kept: &[Kept]) -> Text {
    let apart: u64 = kept.iter().map(|kept| kept.counted.abs_diff(kept.by_formula)).sum();
    WORDS.with("verdicts.counted", &named![caches = kept.len(), apart])
}

/// C4, C7, C12: the cache follows the key/value heads.
fn proportional(bench: &Bench, fewest: &Pooled) -> Result<Text, Refusal> {
    let heads = bench.model.config().kv_heads;
    let (before, after, fewer) = (bytes(bench, &[])?, fewest.bytes, fewest.heads);
    let (times, expected) = (before as f64 / after as f64, heads as f64 / fewer as f64);
    Ok(WORDS.with("verdicts.proportional", &named![before, after, heads, fewer, times, expected]))
}

/// C9, C19: a trained model is converted, but not for nothing.
fn converted(fewest: &Pooled) -> Text {
    let more = &fewest.cost.more;
    let id = if fewest.cost.is_shown() { "verdicts.converted-yes" } else { "verdicts.converted-no" };
    WORDS.with(id, &[told(more), named![fewer = fewest.heads].to_vec()].concat())
}

/// Fewer bits: how far down nothing is shown to be lost. Fewer bits than those that lose something do not lose less:
/// where that is not shown of them, their interval is wide.
fn narrow(kept: &[Kept]) -> Option<Text> {
    let fewer = kept.get(1..)?;
    let free = fewer.iter().take_while(|kept| !kept.cost.is_shown()).count();
    let narrowest = fewer.last()?;
    let first = fewer.get(free).unwrap_or(narrowest);
    let more = &narrowest.cost.more;
    let bits = free.checked_sub(1).map_or(0, |last| fewer[last].bits() as usize);
    let lost = named![
        bits,
        narrowest = narrowest.bits() as usize,
        first = first.bits() as usize,
        first_size = size(first.cost.more.estimate),
        first_range = range(&first.cost.more)
    ];
    let id = match free {
        _ if free == fewer.len() && more.high < 0.0 => "verdicts.narrow-less",
        _ if free == fewer.len() => "verdicts.narrow-free",
        _ if !narrowest.cost.is_shown() => "verdicts.narrow-mixed",
        0 => "verdicts.narrow-none",
        _ => "verdicts.narrow-some",
    };
    Some(WORDS.with(id, &[told(more), lost.to_vec()].concat()))
}

//! What a trained model says about claims of the written answer. The verdict of a claim does not rest on it.

use concepts::evaluation::Difference;

use super::gap::Gap;
use super::long::Long;
use super::methods::{name, own_scaling};
use super::order::Order;
use crate::kit::findings::Witness;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::rope::WORDS;
use crate::lessons::rope::method::Method;
use crate::named;
use crate::real::changes::{Bench, signed, size, told};

pub(super) fn verdicts(
    bench: &Bench,
    order: &Order,
    gap: &Gap,
    long: Option<&Long>,
) -> Result<Vec<Witness>, Refusal> {
    Ok(vec![
        (&["C2", "C5"], shifted(order)),
        (&[], needed(order)),
        (&["C6", "C10", "C12"], beyond(bench, gap, long)?),
        (&["C6"], cost(bench, gap)?),
        (&["C14"], best(bench, gap)?),
    ])
}

/// C2, C5: only offsets count.
fn shifted(order: &Order) -> Text {
    let id = if order.is_relative() { "verdicts.shifted" } else { "verdicts.shifted-no" };
    WORDS.with(id, &named![largest = order.largest, size = order.size])
}

/// The model needs its positions.
fn needed(order: &Order) -> Text {
    let more = &order.off.more;
    let id = if order.off.is_shown() { "verdicts.needed-yes" } else { "verdicts.needed-no" };
    WORDS.with(id, &told(more))
}

/// C6, C10, C12: beyond the trained length it gets worse.
fn beyond(bench: &Bench, gap: &Gap, long: Option<&Long>) -> Result<Text, Refusal> {
    let (more, own) = (gap.beyond(bench)?, own_scaling(bench.model.config()));
    let id = match (more.difference(), long.is_some_and(|long| long.worse() > 0.0)) {
        _ if own.is_some() => "verdicts.beyond-scaled",
        (Difference::Larger, _) => "verdicts.beyond-yes",
        (_, true) => "verdicts.beyond-long",
        _ => "verdicts.beyond-no",
    };
    let worse = size(long.map_or(0.0, Long::worse));
    let far = named![far = gap.farthest(), worse, kind = own.unwrap_or_default().to_string()];
    Ok(WORDS.with(id, &[told(&more), far.to_vec()].concat()))
}

/// C6: a method without fine-tuning costs something inside.
fn cost(bench: &Bench, gap: &Gap) -> Result<Text, Refusal> {
    let (more, own) = (gap.inside(bench, Method::Interpolation)?, own_scaling(bench.model.config()));
    let id = match own {
        Some(_) => "verdicts.cost-scaled",
        None if more.low > 0.0 => "verdicts.cost-yes",
        None => "verdicts.cost-no",
    };
    let kind = named![kind = own.unwrap_or_default().to_string()];
    Ok(WORDS.with(id, &[told(&more), kind.to_vec()].concat()))
}

/// C14: which method helps most, far beyond.
fn best(bench: &Bench, gap: &Gap) -> Result<Text, Refusal> {
    let methods = [Method::Interpolation, Method::Ntk, Method::DynamicNtk, Method::Yarn];
    let ntk = gap.against(bench, Method::Ntk)?;
    let mut best = (Method::Ntk, ntk);
    for method in methods {
        let more = gap.against(bench, method)?;
        if more.estimate < best.1.estimate {
            best = (method, more);
        }
    }
    let own = own_scaling(bench.model.config());
    let id = match ntk.difference() {
        _ if own.is_some() => "verdicts.ntk-scaled",
        Difference::Smaller => "verdicts.ntk-yes",
        Difference::Larger => "verdicts.ntk-worse",
        Difference::NotShown => "verdicts.ntk-no",
    };
    let (least, saved) = (signed(best.1.estimate), size(best.1.estimate));
    let kind = own.unwrap_or_default().to_string();
    let values = named![best = name(best.0), least, saved, far = gap.farthest(), kind];
    Ok(WORDS.with(id, &[told(&ntk), values.to_vec()].concat()))
}

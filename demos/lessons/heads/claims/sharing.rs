//! C1, C2, C5, C10: who shares what.

use ndarray::Array2;

use crate::kit::case::{Case, Checked, Takes};
use crate::lessons::heads::experiments::caching::LAYOUTS;
use crate::lessons::heads::experiments::sharing::{Copies, HEADS, Weight, copy_error, readers};

/// C1: the layouts differ in the number of key/value heads
pub(super) fn number_of_kv_heads(c: &mut Case) -> Checked {
    let seed = c.seed;
    let errors = |copies| {
        let [a, b, d, e] = LAYOUTS.map(|kv_heads| copy_error(kv_heads, copies, seed));
        Ok::<_, concepts::attention::AttentionError>([a?, b?, d?, e?])
    };
    let (repeated, tiled) = (errors(Copies::Repeated)?, errors(Copies::Tiled)?);
    let [one, two, four, all] = LAYOUTS;
    c.value("one", one).value("two", two).value("four", four).value("all", all);
    c.holds(repeated, |t, errors| {
        for (id, error) in ["mqa", "gqa-2", "gqa-4", "mha"].into_iter().zip(errors) {
            t.exactly(id, error, 0.0).drawn();
        }
    })
    .control("tiled", tiled);
    Ok(())
}

/// Does the output of a query head move with a slice of a weight? `(query heads, slices)`
struct Readers {
    query: Array2<bool>,
    key: Array2<bool>,
    value: Array2<bool>,
}

impl Readers {
    fn of(kv_heads: usize, seed: u64) -> Result<Readers, concepts::attention::AttentionError> {
        let of = |weight| readers(kv_heads, weight, seed);
        Ok(Readers { query: of(Weight::Query)?, key: of(Weight::Key)?, value: of(Weight::Value)? })
    }
}

/// Counts the pairs of a query head and a slice that are other than expected.
fn misread(t: &mut Takes, id: &'static str, readers: &Array2<bool>, expected: impl Fn(usize, usize) -> bool) {
    let off = readers.indexed_iter().filter(|&((h, g), &reads)| reads != expected(h, g)).count();
    t.exactly(id, off as f64, 0.0).over(readers.len()).drawn();
}

/// Each head has a slice of its own.
fn own(h: usize, g: usize) -> bool {
    h == g
}

/// C2: each head its own
pub(super) fn mha_owns_everything(c: &mut Case) -> Checked {
    let seed = c.seed;
    c.value("four", 4_usize);
    c.holds(Readers::of(HEADS, seed)?, |t, readers| {
        misread(t, "query", &readers.query, own);
        misread(t, "key", &readers.key, own);
        misread(t, "value", &readers.value, own);
    })
    .control("mqa", Readers::of(1, seed)?)
    .control("gqa", Readers::of(4, seed)?);
    Ok(())
}

/// C5: one set for all
pub(super) fn mqa_shares_one(c: &mut Case) -> Checked {
    let seed = c.seed;
    c.value("two", 2_usize);
    c.holds(Readers::of(1, seed)?, |t, readers| {
        misread(t, "key", &readers.key, |_, _| true);
        misread(t, "value", &readers.value, |_, _| true);
        misread(t, "query", &readers.query, own);
    })
    .control("mha", Readers::of(HEADS, seed)?)
    .control("gqa", Readers::of(2, seed)?);
    Ok(())
}

/// C10: groups that share
pub(super) fn gqa_groups(c: &mut Case) -> Checked {
    type Expected = fn(usize, usize) -> bool;
    let fours: Expected = |h, g| h / 4 == g;
    let every_second: Expected = |h, g| h % 2 == g;
    let seed = c.seed;
    c.holds((Readers::of(2, seed)?, fours), |t, (readers, expected)| {
        misread(t, "key", &readers.key, expected);
        misread(t, "value", &readers.value, expected);
    })
    .control("four", (Readers::of(4, seed)?, fours))
    .control("in-turn", (Readers::of(2, seed)?, every_second));
    Ok(())
}

//! C8, C12, C14, C16, C18, C22: what papers say. Looked up, not measured here.

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::{Qualified, Wrong};
use crate::lessons::activations::experiments::published::{
    COMPARED_BY_LLAMA, COMPARED_BY_PALM, COMPARED_BY_SHAZEER, GEGLU, GELU, RELU, Row, SHAZEER, SWIGLU, rank,
};

/// ReLU's log-perplexity over GELU's, early and late: above 0 GELU is better.
fn ahead(table: &[Row]) -> [f64; 2] {
    [table[RELU].early - table[GELU].early, table[RELU].late - table[GELU].late]
}

/// The table with the names of two rows exchanged.
fn exchanged(a: usize, b: usize) -> [Row; 8] {
    let mut table = SHAZEER;
    table.swap(a, b);
    table
}

/// C8: experiments show GELU better than ReLU
pub(crate) fn gelu_better(c: &mut Case) -> Checked {
    let [early, late] = ahead(&SHAZEER);
    c.value("early", early).value("late", late.abs());
    c.as_written(|t| {
        t.at_least("throughout", late, 0.0);
    });
    c.corrected(Qualified, SHAZEER, |t, table: [Row; 8]| {
        let [early, late] = ahead(&table);
        t.at_least("early", early / table[GELU].noise, 2.0);
        t.at_most("late", late.abs() / table[GELU].noise, 1.0);
    })
    .control("exchanged", exchanged(RELU, GELU));
    Ok(())
}

/// C12: proposed by Google, the best in experiments
pub(crate) fn best(c: &mut Case) -> Checked {
    let place = |table: &[Row], at| rank(table, at, |row| row.late) as f64;
    c.value("swiglu", SHAZEER[SWIGLU].late).value("geglu", SHAZEER[GEGLU].late);
    c.as_written(|t| {
        t.exactly("first", place(&SHAZEER, SWIGLU), 1.0).over(SHAZEER.len());
    });
    c.corrected(Qualified, SHAZEER, |t, table: [Row; 8]| {
        t.exactly("geglu", place(&table, GEGLU), 1.0).over(table.len());
        t.exactly("swiglu", place(&table, SWIGLU), 2.0).over(table.len());
        t.at_most("apart", (table[SWIGLU].late - table[GEGLU].late) / table[SWIGLU].noise, 1.0);
    })
    .control("exchanged", exchanged(GEGLU, SWIGLU));
    Ok(())
}

/// C14: SwiGLU > GELU > ReLU
pub(crate) fn order(c: &mut Case) -> Checked {
    c.value("relu", SHAZEER[RELU].late).value("gelu", SHAZEER[GELU].late);
    c.as_written(|t| {
        t.at_least("order", ahead(&SHAZEER)[1], 0.0);
    });
    c.corrected(Wrong, SHAZEER, |t, table: [Row; 8]| {
        let of = |gated| table.iter().filter(move |row| row.gated == gated).map(|row| row.late);
        let worst_gated = of(true).fold(f64::MIN, f64::max);
        let best_plain = of(false).fold(f64::MAX, f64::min);
        t.at_least("gated", best_plain - worst_gated, 0.01).over(table.len());
        t.at_most("relu", table[RELU].late - table[GELU].late, 0.0);
    })
    .control("exchanged", exchanged(RELU, GELU));
    Ok(())
}

/// C16: LLaMA verified it
pub(crate) fn llama(c: &mut Case) -> Checked {
    compares(c, COMPARED_BY_LLAMA)
}

/// C22: PaLM verified it
pub(crate) fn palm(c: &mut Case) -> Checked {
    compares(c, COMPARED_BY_PALM)
}

fn compares(c: &mut Case, compared: usize) -> Checked {
    c.value("shazeer", COMPARED_BY_SHAZEER);
    c.as_written(|t| {
        t.at_least("verified", compared as f64, 2.0);
    });
    c.corrected(Wrong, compared, |t, compared: usize| {
        t.exactly("compared", compared as f64, 0.0);
    })
    .control("shazeer", COMPARED_BY_SHAZEER);
    Ok(())
}

/// C18: GEGLU in T5
pub(crate) fn t5(c: &mut Case) -> Checked {
    // Gates of a layer in the published configurations of t5-base and of google/t5-v1_1-base.
    const GATES: [f64; 2] = [0.0, 1.0];
    c.as_written(|t| {
        t.exactly("t5", GATES[0], 1.0);
    });
    c.corrected(Qualified, GATES, |t, [original, later]: [f64; 2]| {
        t.exactly("original", original, 0.0);
        t.exactly("later", later, 1.0);
    })
    .control("exchanged", [GATES[1], GATES[0]]);
    Ok(())
}

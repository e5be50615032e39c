//! What a test of finite size reads.

use concepts::emergence::{clopper_pearson, items_needed, reads_zero};
use concepts::numerics::statistics::proportion_interval;

use crate::kit::findings::{Cell, Findings};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::emergence::WORDS;
use crate::lessons::emergence::setup::Setup;
use crate::lessons::emergence::sizes::{among, many, share};
use crate::{named, row};

/// The usual confidence.
pub(crate) const LEVEL: f64 = 0.95;
/// Standard errors of it.
const Z: f64 = 1.959_963_984_540_054;
/// A reading this likely is what a person will see.
const LIKELY: f64 = 0.5;

pub(crate) fn finite(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    f.number("items", setup.items as f64);
    f.formula(
        "f_zero",
        r"P(0) = (1-a)^n,\quad n_{95} = \frac{\ln 0.05}{\ln(1-a)}",
        "P(0) = (1 − a)^n    n₉₅ = ln 0.05 / ln(1 − a)",
    );
    let row = |&size: &f64| -> Result<_, Refusal> {
        let score = setup.exact(size);
        Ok(row![
            among(size, &setup.sizes),
            share(score),
            never_zero(score, setup.items),
            many(items_needed(score, LEVEL)?)
        ])
    };
    let rows = setup.sizes.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    f.table("zero", Grid::new("zero", &WORDS).value("items", setup.items as f64).rows(rows).table());
    let likely = |size: &&f64| reads_zero(setup.exact(**size), setup.items) >= LIKELY;
    let (dark, all) = (setup.sizes.iter().filter(likely).count(), setup.sizes.len());
    f.words("dark", said(setup, dark, all));
    let (_, high) = clopper_pearson(0, setup.items, LEVEL)?;
    f.number("none_exact", high);
    f.number("none_wilson", proportion_interval(0, setup.items as usize, Z).1);
    Ok(f)
}

/// The probability that a test reads zero: small as it may be, not 0 while the score is told from 1.
fn never_zero(score: f64, items: u64) -> Cell {
    let zero = reads_zero(score, items);
    if score < 1.0 { share(zero) } else { Cell::Number(zero) }
}

/// What a test of this size will most likely show.
fn said(setup: &Setup, dark: usize, all: usize) -> Text {
    if dark == 0 {
        return WORDS.get("dark.none");
    }
    if dark == all {
        return WORDS.get("dark.all");
    }
    let name = |i: usize| among(setup.sizes[i], &setup.sizes);
    let (last, first) = (name(dark - 1), name(dark));
    WORDS.with("dark.some", &named![last, first])
}

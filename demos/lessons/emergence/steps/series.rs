//! One smooth law, and what a longer answer does.

use concepts::emergence::{EmergenceError, Items};
use concepts::scaling::HOFFMANN;

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::emergence::WORDS;
use crate::lessons::emergence::setup::Setup;
use crate::lessons::emergence::sizes::{among, said, share, written};
use crate::{named, row};

/// Lengths that are compared, besides the one of the run.
const LENGTHS: [usize; 4] = [1, 5, 10, 30];

/// The scores between which a rise is measured.
pub(crate) const RISE: [f64; 2] = [0.1, 0.9];
/// A rise from one to the other within so many decades is called sudden.
pub(crate) const SUDDEN: f64 = 1.0;

/// The lengths of the comparison, by rising length, each once.
pub(crate) fn lengths(setup: &Setup) -> Vec<usize> {
    let mut all = LENGTHS.to_vec();
    all.push(setup.test.tokens);
    all.sort_unstable();
    all.dedup();
    all
}

pub(crate) fn series(setup: &Setup) -> Result<Findings, EmergenceError> {
    let mut f = Findings::default();
    f.number("alpha", setup.law.exponent());
    f.words("scale", said(setup.law.scale()));
    f.number("length", setup.test.tokens as f64);
    f.formula(
        "f_law",
        r"\mathrm{CE}(N) = (c/N)^\alpha,\quad p = e^{-\mathrm{CE}},\quad p^L = e^{-L\,\mathrm{CE}}",
        "CE(N) = (c/N)^α    p = e^(−CE)    p^L = e^(−L·CE)",
    );
    f.note("note_mixed", (setup.test.items == Items::Mixed).then(|| WORDS.get("note_mixed")));
    f.table("series", series_table(setup));
    let (tex, shown) = match setup.test.items {
        Items::Alike => (
            r"p^L(N) = \exp\!\Big(-\Big(\frac{c\,L^{1/\alpha}}{N}\Big)^{\alpha}\Big)",
            "p^L(N) = exp(−(c·L^(1/α)/N)^α)",
        ),
        Items::Mixed => {
            (r"a(N) = \frac{1}{1 + \big(c\,L^{1/\alpha}/N\big)^{\alpha}}", "a(N) = 1/(1 + (c·L^(1/α)/N)^α)")
        }
    };
    f.formula("f_shift", tex, shown);
    f.table("lengths", lengths_table(setup)?);
    let decades = setup.law.decades_between(RISE[0], RISE[1], setup.test.items)?;
    f.number("decades", decades);
    f.words("why_sudden", why_sudden(decades));
    f.number("steepest", setup.law.steepest(setup.test.items));
    f.number("ten_times", 10f64.powf(1.0 / setup.law.exponent()));
    Ok(f)
}

/// Why it looks sudden: because of the test, or because the curve is steep.
pub(super) fn why_sudden(decades: f64) -> Text {
    let published = HOFFMANN.alpha;
    match decades <= SUDDEN {
        true => WORDS.with("why_sudden.steep", &named![published]),
        false => WORDS.get("why_sudden"),
    }
}

fn series_table(setup: &Setup) -> Table {
    let rows = setup.sizes.iter().map(|&size| {
        let cost = setup.law.cross_entropy(size);
        row![
            among(size, &setup.sizes),
            cost,
            share(setup.law.exact_match(size, 1, setup.test.items)),
            share(setup.exact(size))
        ]
    });
    Grid::new("series", &WORDS).value("length", setup.test.tokens).rows(rows).table()
}

fn lengths_table(setup: &Setup) -> Result<Table, EmergenceError> {
    let items = setup.test.items;
    let row = |&tokens: &usize| -> Result<_, EmergenceError> {
        let at = |score| setup.law.size_for(score, tokens, items);
        let [low, half, high] = [at(0.1)?, at(0.5)?, at(0.9)?];
        let mark = if tokens == setup.test.tokens { " ←" } else { "" };
        Ok(row![format!("{tokens}{mark}"), written(low), written(half), written(high), (high / low).log10()])
    };
    let rows = lengths(setup).iter().map(row).collect::<Result<Vec<_>, _>>()?;
    Ok(Grid::new("lengths", &WORDS).rows(rows).table())
}

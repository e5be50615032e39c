//! Smaller models trained longer, and serving.

use concepts::scaling::training_flops;

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::number::unrounded;
use crate::lessons::scaling::WORDS;
use crate::lessons::scaling::setup::Setup;
use crate::{named, row};

/// A cheapest model below this share of the optimum is called smaller.
pub(crate) const SMALLER: f64 = 0.95;

pub(crate) fn serving(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    f.formula(
        "f_serving",
        r"\min_{N, D}\; 6ND + 2NT \quad\text{s.t.}\quad L(N, D) = \ell",
        "min 6·N·D + 2·N·T    L(N, D) = ℓ",
    );
    let loss = setup.best_loss()?;
    f.number("quality", loss);
    f.table("smaller", smaller(setup, loss)?);
    f.table("serving", table(setup, loss)?);
    let (free, served) = (setup.law.optimum(setup.compute)?, setup.law.serving_optimum(loss, setup.served)?);
    let plain = setup.law.serving_cost(loss, free.n, setup.served).unwrap_or(f64::NAN);
    // Never below 0 but by rounding, where nothing is saved.
    let saves = (1.0 - served.total() / plain).max(0.0);
    let smaller = served.best.n < SMALLER * free.n;
    let [says, whole, brief] = match () {
        () if smaller => ["served_says.smaller", "served_said", "served_brief"],
        () if setup.served == 0.0 => ["served_says.none", "served_said.none", "served_brief.none"],
        () => ["served_says.alike", "served_said.alike", "served_brief.alike"],
    };
    f.words("served_says", WORDS.get(says));
    let said = named![
        served = setup.served,
        n = served.best.n,
        free = free.n,
        d = served.best.d,
        ratio = served.best.ratio(),
        share = served.best.n / free.n,
        times = served.training / setup.compute,
        saves,
        bill = served.serving / served.total()
    ];
    f.words("served_said", WORDS.with(whole, &said));
    f.words("served_brief", WORDS.with(brief, &said));
    Ok(f)
}

/// Smaller and larger models that reach the same loss.
fn smaller(setup: &Setup, loss: f64) -> Result<Table, Refusal> {
    const SHARES: [f64; 6] = [2.0, 1.0, 0.7, 0.5, 0.3, 0.2];
    let best = setup.law.optimum(setup.compute)?;
    let rows = SHARES.map(|share| {
        let n = share * best.n;
        // None where no number of tokens is enough.
        let d = setup.law.tokens_for(loss, n).unwrap_or(f64::INFINITY);
        row![share, n, d, d / n, training_flops(n, d) / setup.compute]
    });
    Ok(Grid::new("smaller", &WORDS).rows(rows).table())
}

fn table(setup: &Setup, loss: f64) -> Result<Table, Refusal> {
    const DEMANDS: [f64; 5] = [0.0, 1e11, 1e12, 1e13, 1e15];
    let mut demands = DEMANDS.to_vec();
    demands.push(setup.served);
    demands.sort_by(f64::total_cmp);
    demands.dedup();
    let mut grid = Grid::new("serving", &WORDS);
    for served in demands {
        let found = setup.law.serving_optimum(loss, served)?;
        let share = found.serving / found.total();
        let cells = row![found.best.n, found.best.d, found.best.ratio(), found.training, share];
        // A number that was typed keeps its digits, as in the sentence below.
        grid = grid.row([row![unrounded(served)], cells].concat());
    }
    Ok(grid.table())
}

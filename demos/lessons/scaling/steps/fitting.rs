//! A law fitted to runs, a person's or drawn ones.

use concepts::scaling::fit::{HUBER_DELTA, Resampled, bootstrap, fit};
use concepts::scaling::{Law, Run, distinct, training_flops};

use super::budget::ALIKE;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::scaling::WORDS;
use crate::lessons::scaling::experiments::valleys;
use crate::lessons::scaling::runs::{Brought, WorkedOut};
use crate::lessons::scaling::setup::{Setup, TRUTH};
use crate::{named, row};

/// No loss of a language model is near so low a floor, as a share of the least loss: the fit ran to its end.
const NO_FLOOR: f64 = 1e-6;
/// Fewer resamples have no interval.
const FEWEST: usize = 10;

pub(crate) fn fitting(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    f.formula(
        "f_fit",
        r"\min \sum_i \mathrm{Huber}_\delta\big( \mathrm{LSE}(\ln A - \alpha \ln N_i, \ln B - \beta \ln D_i, \ln E) - \ln L_i \big)",
        "min Σ Huber_δ( LSE(ln A − α·ln Nᵢ, ln B − β·ln Dᵢ, ln E) − ln Lᵢ )",
    );
    f.number("delta", HUBER_DELTA);
    let drawn;
    let runs: &[Run] = match &setup.brought {
        Some(brought) => &brought.runs,
        None => {
            drawn = TRUTH.draw_runs(setup.drawn, setup.noise, setup.seed, "drawn runs");
            &drawn
        }
    };
    let fitted = fit(runs)?;
    // From a law without end no descent moves: all resamples would be that law.
    let endless = !(fitted.law.a.is_finite() && fitted.law.b.is_finite());
    let resamples = if endless { 0 } else { setup.resamples };
    let resampled = bootstrap(runs, &fitted.law, resamples, setup.seed)?;
    f.words("whose", whose(setup, runs));
    f.notes("brought", setup.brought.as_ref().map_or_else(Vec::new, notes));
    let (starts, agreeing) = (fitted.starts, fitted.agreeing);
    let id = if starts == agreeing { "descent.all" } else { "descent.some" };
    f.words("descent", WORDS.with(id, &named![starts, agreeing]));
    f.number("residual", fitted.residual);
    f.number("resamples", resampled.laws.len() as f64);
    f.note("left_out", if endless { Some(WORDS.get("left_out.endless")) } else { left_out(&resampled) });
    f.table("constants", constants(setup, &fitted.law, &resampled));
    f.words("fitted_optimum", optimum(setup, &fitted.law, &resampled)?);
    f.notes("fitted_far", far(setup, &fitted.law, runs)?);
    f.note("loose", loose(&fitted.law, &resampled));
    let least = runs.iter().map(|run| run.loss).fold(f64::INFINITY, f64::min);
    f.note("no_floor", (fitted.law.e < NO_FLOOR * least).then(|| WORDS.get("no_floor")));
    let floors = valleys::floors(&TRUTH, valleys::NOISE, setup.seed, "page valleys");
    f.number("valley_exponent", valleys::exponent(&floors));
    f.number("valley_true", TRUTH.exponents().0);
    f.number("valley_noise", valleys::NOISE);
    Ok(f)
}

/// Resamples that were not fitted.
fn left_out(resampled: &Resampled) -> Option<Text> {
    let left_out = resampled.left_out;
    let few = if resampled.laws.len() < FEWEST { "left_out.few" } else { "left_out" };
    (left_out > 0).then(|| WORDS.with(few, &named![left_out, fewest = FEWEST]))
}

fn whose(setup: &Setup, runs: &[Run]) -> Text {
    let sizes = |of: fn(&Run) -> f64| distinct(&runs.iter().map(|run| of(run).ln()).collect::<Vec<_>>());
    let (runs, sizes_n, sizes_d) = (runs.len(), sizes(|run| run.n), sizes(|run| run.d));
    match setup.brought {
        Some(_) => WORDS.with("whose.yours", &named![runs, sizes_n, sizes_d]),
        None => WORDS.with("whose", &named![runs, noise = setup.noise]),
    }
}

/// What of a file was worked out, and what of it was not used.
fn notes(brought: &Brought) -> Vec<Text> {
    let worked_out = brought.worked_out.map(|what| match what {
        WorkedOut::Tokens => WORDS.get("brought.tokens"),
        WorkedOut::Parameters => WORDS.get("brought.params"),
    });
    let unused = Text::list(&brought.unused);
    let unused = (!brought.unused.is_empty()).then(|| WORDS.with("brought.unused", &named![unused]));
    worked_out.into_iter().chain(unused).collect()
}

/// How far beyond the runs the answer lies: by the budget, and by tokens a parameter.
fn far(setup: &Setup, law: &Law, runs: &[Run]) -> Result<Vec<Text>, Refusal> {
    // Where the law gives no answer, none is far.
    if !answers(law, setup.compute)? {
        return Ok(Vec::new());
    }
    let costs = || runs.iter().map(|run| training_flops(run.n, run.d));
    let (least_c, most_c) = (costs().fold(f64::INFINITY, f64::min), costs().fold(0.0, f64::max));
    let (below, times) = (least_c / setup.compute, setup.compute / most_c);
    let beyond = match () {
        () if times > ALIKE => Some(WORDS.with("fitted_far", &named![most_c, times])),
        () if below > ALIKE => Some(WORDS.with("fitted_far.below", &named![least_c, times = below])),
        () => None,
    };
    let ratios = || runs.iter().map(|run| run.d / run.n);
    let (low, high) = (ratios().fold(f64::INFINITY, f64::min), ratios().fold(0.0, f64::max));
    let ratio = law.optimum(setup.compute)?.ratio();
    let outside = ratio.is_finite() && !(low / ALIKE..=high * ALIKE).contains(&ratio);
    let outside = outside.then(|| WORDS.with("fitted_far.ratio", &named![ratio, low, high]));
    Ok(beyond.into_iter().chain(outside).collect())
}

type Constant = (&'static str, fn(&Law) -> f64);

const CONSTANTS: [Constant; 6] = [
    ("e", |law| law.e),
    ("a", |law| law.a),
    ("b", |law| law.b),
    ("alpha", |law| law.alpha),
    ("beta", |law| law.beta),
    ("exponent", |law| law.exponents().0),
];

/// Where 95 % of the resamples lie; `None` where too few are left.
fn interval(resampled: &Resampled, of: impl Fn(&Law) -> f64) -> Option<(f64, f64)> {
    resampled.interval(of).filter(|_| resampled.laws.len() >= FEWEST)
}

fn constants(setup: &Setup, law: &Law, resampled: &Resampled) -> Table {
    let own = setup.brought.is_some();
    let mut grid = Grid::new("constants", &WORDS);
    grid = grid.value("beside", WORDS.get(if own { "beside.published" } else { "beside.truth" }));
    let beside = if own { setup.law } else { TRUTH };
    for (id, of) in CONSTANTS {
        let ends = interval(resampled, of);
        let end = |value: Option<f64>| value.map_or_else(|| Cell::from(Text::same("–")), Cell::from);
        let (low, high) = (end(ends.map(|ends| ends.0)), end(ends.map(|ends| ends.1)));
        grid = grid.said(id, row![of(law), low, high, of(&beside)]);
    }
    grid.table()
}

/// Has the law a best split of the budget? Less than one parameter, or than one token, is none: an exponent is then all
/// but 0.
fn answers(law: &Law, compute: f64) -> Result<bool, Refusal> {
    let best = law.optimum(compute)?;
    let whole = |size: f64| size >= 1.0 && size.is_finite();
    Ok(law.alpha > 0.0 && law.beta > 0.0 && whole(best.n) && whole(best.d))
}

/// What the fitted law says of the budget; nothing sensible where an exponent is not above 0.
fn optimum(setup: &Setup, law: &Law, resampled: &Resampled) -> Result<Text, Refusal> {
    let best = law.optimum(setup.compute)?;
    let (n, d, compute) = (best.n, best.d, setup.compute_said);
    if !answers(law, setup.compute)? {
        return Ok(WORDS.with("fitted_optimum.none", &named![alpha = law.alpha, beta = law.beta]));
    }
    let sizes = resampled.wanted_sizes(setup.compute).filter(|_| resampled.laws.len() >= FEWEST);
    let Some((low, high)) = sizes else {
        return Ok(WORDS.with("fitted_optimum.alone", &named![compute, n, d, ratio = d / n]));
    };
    let id = match (low < 1.0, high.is_finite()) {
        (false, true) => "fitted_optimum",
        (true, true) => "fitted_optimum.from-none",
        (false, false) => "fitted_optimum.no-end",
        (true, false) => "fitted_optimum.anything",
    };
    Ok(WORDS.with(id, &named![compute, n, d, low, high, ratio = d / n]))
}

/// Constants that the runs hardly hold: an interval of an exponent as wide as the exponent.
fn loose(law: &Law, resampled: &Resampled) -> Option<Text> {
    let wide =
        |of: fn(&Law) -> f64| interval(resampled, of).is_some_and(|(low, high)| high - low > of(law).abs());
    let names = [
        ("α", wide(|law| law.alpha)),
        ("β", wide(|law| law.beta)),
        ("E", wide(|law| law.e)),
        ("A", wide(|law| law.a)),
        ("B", wide(|law| law.b)),
        ("a", wide(|law| law.exponents().0)),
    ];
    // The factors follow the exponents; alone they are no news.
    let exponents = names[..3].iter().any(|(_, wide)| *wide);
    let names: Vec<&str> = names.iter().filter(|(_, wide)| *wide).map(|(name, _)| *name).collect();
    exponents.then(|| WORDS.with("loose", &named![names = Text::new(names.join(", "), names.join("、"))]))
}

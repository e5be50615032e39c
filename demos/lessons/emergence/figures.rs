//! The pictures.

use concepts::emergence::{Threshold, clopper_pearson, reads_zero};

use super::WORDS;
use super::experiments::learning::{after_one, left, typical};
use super::experiments::table::{LINE, by_size};
use super::setup::Setup;
use super::sizes::{among, written};
use super::steps::context::TASKS;
use super::steps::finite::LEVEL;
use super::steps::series::lengths;
use super::steps::verdict::fits;
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::figure::Series;
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::named;

/// Points of a curve.
const FINE: usize = 60;
/// Lines that can be told apart.
const MOST_LINES: usize = 5;
/// Shares of right answers that are this far apart are seen to be.
const FAR: f64 = 0.25;
/// A share this small is not seen to be more than nothing.
const LOW: f64 = 0.05;
/// What is mostly right at the middle of the sizes has come early, and what is mostly wrong there comes late.
const HALF: f64 = 0.5;

pub(crate) fn figures(setup: &Setup) -> Result<Vec<Figure>, Refusal> {
    Ok(vec![thresholds(), shift(setup)?, zero(setup), two_metrics(setup)?, own(setup)?, context(setup)])
}

/// How many abilities are there by a size.
fn thresholds() -> Figure {
    let rows = by_size();
    let below = rows.iter().filter(|row| row.parameters < LINE).count();
    // A staircase: at each threshold one more.
    let stair = |(i, row): (usize, &Threshold)| [i, i + 1].map(|count| (row.parameters, count as f64));
    let points = rows.iter().enumerate().flat_map(stair);
    Sketch::lines("thresholds", &WORDS, [Log, Linear])
        .value("below", below)
        .value("rows", rows.len())
        .value("line", written(LINE))
        .formula("published", points)
        .rule(LINE)
        .figure()
}

fn shift(setup: &Setup) -> Result<Figure, Refusal> {
    let items = setup.test.items;
    let all = lengths(setup);
    let ends =
        [setup.law.size_for(0.02, all[0], items)?, setup.law.size_for(0.98, all[all.len() - 1], items)?];
    let sizes = Setup::between(ends[0], ends[1], 2 * FINE);
    let mut sketch = Sketch::lines("shift", &WORDS, [Log, Linear]);
    for &tokens in &all {
        let label = WORDS.with("shift.tokens", &named![tokens]);
        let points = sizes.iter().map(|&size| (size, setup.law.exact_match(size, tokens, items))).collect();
        sketch = sketch.series(Series::formula(label, points));
    }
    Ok(sketch.value("decades", setup.law.decades_between(0.1, 0.9, items)?).figure())
}

/// Of the sizes of the run some that are spread evenly.
fn some(sizes: &[f64]) -> Vec<f64> {
    let count = sizes.len().min(MOST_LINES);
    (0..count).map(|i| sizes[i * (sizes.len() - 1) / (count - 1).max(1)]).collect()
}

fn zero(setup: &Setup) -> Figure {
    let most = (setup.items as f64).max(1e6);
    let counts: Vec<f64> = Setup::between(1.0, most, FINE).into_iter().map(f64::round).collect();
    let shown = some(&setup.sizes);
    let appears = |score: f64| reads_zero(score, 1) > 0.5 && reads_zero(score, most as u64) < 0.5;
    let plain = shown.iter().any(|&size| appears(setup.exact(size)));
    let dark = shown.iter().any(|&size| reads_zero(setup.exact(size), most as u64) >= 0.5);
    let title = WORDS.get(match () {
        () if plain && dark => "zero_curve.some",
        () if plain => "zero_curve.plain",
        () => "zero_curve.other",
    });
    let mut sketch = Sketch::lines("zero_curve", &WORDS, [Log, Linear]).value("items", setup.items as f64);
    sketch = sketch.value("title", title);
    for size in shown {
        let score = setup.exact(size);
        let points = counts.iter().map(|&n| (n, reads_zero(score, n as u64))).collect();
        sketch = sketch.series(Series::formula(Text::same(among(size, &setup.sizes)), points));
    }
    sketch.rule(setup.items as f64).figure()
}

/// What a test reads of whole answers, and what a token is.
fn two_metrics(setup: &Setup) -> Result<Figure, Refusal> {
    let ends = (setup.sizes[0], setup.sizes[setup.sizes.len() - 1]);
    let fine = Setup::between(ends.0, ends.1, FINE);
    let exact = fine.iter().map(|&size| (size, setup.exact(size)));
    let token = fine.iter().map(|&size| (size, setup.law.exact_match(size, 1, setup.test.items)));
    let drawn = super::scores::drawn(&setup.law, &setup.test, &setup.sizes, setup.items, setup.seed);
    let mut read = Vec::new();
    for score in &drawn.rows {
        let (low, high) = clopper_pearson(score.correct, score.total, LEVEL)?;
        read.push((score.size, score.share(), low, high));
    }
    let middle = (ends.0 * ends.1).sqrt();
    let one = |size: f64| setup.law.exact_match(size, 1, setup.test.items);
    let apart = fine.iter().any(|&size| one(size) - setup.exact(size) > FAR);
    let title = WORDS.get(match () {
        () if setup.test.tokens == 1 => "two_metrics.one",
        () if apart && setup.exact(ends.1) < LOW => "two_metrics.not-yet",
        () if apart && one(middle) >= HALF && setup.exact(middle) < HALF && setup.exact(ends.1) >= HALF => {
            "two_metrics.several"
        }
        () if apart => "two_metrics.later",
        () => "two_metrics.close",
    });
    Ok(Sketch::lines("two_metrics", &WORDS, [Log, Linear])
        .value("title", title)
        .value("items", setup.items as f64)
        .value("length", setup.test.tokens)
        .formula("token", token)
        .formula("exact", exact)
        .spread("read", read)
        .figure())
}

fn own(setup: &Setup) -> Result<Figure, Refusal> {
    let rows = &setup.scores.rows;
    let found = &setup.found;
    let (first, last) = (rows[0].size, rows[rows.len() - 1].size);
    // With room on the right: a step at the last size must be seen to rise.
    let end = last * (last / first).powf(0.06);
    let end = if end.is_finite() { end } else { last };
    let fine = Setup::between(first, end, 2 * FINE);
    let fits = fits(setup)?;
    let mut read = Vec::new();
    for score in rows {
        let (low, high) = clopper_pearson(score.correct, score.total, LEVEL)?;
        read.push((score.size, score.share(), low, high));
    }
    let (x, title) = (
        WORDS.get(if setup.scores.compute { "read.compute" } else { "read.size" }),
        WORDS.get(match () {
            () if !fits => "own.alone",
            () if setup.scores.own => "own.of-file",
            () => "own.of-run",
        }),
    );
    let mut sketch = Sketch::lines("own", &WORDS, [Log, Linear]).value("size", x).value("title", title);
    if fits {
        let step = &found.step;
        let stair = [(first, step.low), (step.from, step.low), (step.from, step.high), (end, step.high)];
        sketch = sketch
            .formula("smooth", fine.iter().map(|&size| (size, found.smooth.at(size))))
            .formula("step", stair);
    }
    Ok(sketch.spread("scores", read).figure())
}

/// The error that is left, by the number of examples.
fn context(setup: &Setup) -> Figure {
    let d = setup.features;
    let most = (setup.examples.max(4 * d)) as f64;
    let mut counts: Vec<usize> =
        Setup::between(1.0, most, 9).into_iter().map(|n| n.round() as usize).collect();
    counts.dedup();
    let tasks = TASKS / 2;
    let (mut one, mut deep, mut foreign) = (Vec::new(), Vec::new(), Vec::new());
    for &n in &counts {
        let left = left((n, d), setup.layers, tasks, setup.seed);
        one.push((n as f64, after_one(&left.right).0));
        // Below this the axis would show rounding.
        deep.push((n as f64, typical(&left.right, setup.layers).max(1e-12)));
        foreign.push((n as f64, typical(&left.foreign, setup.layers)));
    }
    let expected = Setup::between(1.0, most, FINE).into_iter();
    Sketch::lines("context", &WORDS, [Log, Log])
        .value("layers", setup.layers)
        .formula("formula", expected.map(|n| (n, (d + 1) as f64 / (n + (d + 1) as f64))))
        .measured("one", one)
        .measured("deep", deep)
        .measured("foreign", foreign)
        .figure()
}

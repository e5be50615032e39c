//! C3, C9 data with and without labels, C8 pre-training and fine-tuning.

use concepts::classical::{Bag, Curve, CurveSettings, Language, Task, Units, Until, learning_curve, units};
use concepts::numerics::rng;
use concepts::numerics::statistics::{mean, variance};
use concepts::numerics::tolerance::GRADIENT;
use rand::seq::SliceRandom;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::{Qualified, Wrong};
use crate::lessons::paradigms::data::{Data, built_in};
use crate::lessons::paradigms::experiments::leads::at;
use crate::lessons::paradigms::experiments::order::preferred;
use crate::lessons::paradigms::setup::counted;
use crate::lessons::paradigms::steps::history::before;

/// Labelled remarks that are few.
const FEW: usize = 64;
/// Tokens that GPT-3 read (Brown et al. 2020, table 2.1).
const GPT3_TOKENS: f64 = 3e11;

/// Guessing between two labels on `n` rows, and four standard errors.
fn guessing(n: usize) -> f64 {
    0.5 + 4.0 * 0.5 / (n as f64).sqrt()
}

fn settings(seed: u64) -> CurveSettings {
    CurveSettings { smoothing: 1.0, penalty: 1.0, neighbours: 1, repeats: 30, most: FEW, seed }
}

fn curve(data: &Data, seed: u64) -> Result<Curve, concepts::classical::ClassicalError> {
    let (_, bags) = counted(&data.texts, Units::Single);
    learning_curve(&bags, &data.labels, 2, &settings(seed))
}

/// The remarks with labels that say nothing.
fn shuffled(seed: u64) -> Data {
    let mut data = built_in(Language::Chinese);
    data.labels.shuffle(&mut rng(seed, "Q9 shuffled labels"));
    data
}

/// C3: only what was trained, much labelled data
pub(crate) fn trained_tasks(c: &mut Case) -> Checked {
    let (right, n) = preferred(true, c.seed);
    let (mixed, _) = preferred(false, c.seed);
    let share = |right: usize| right as f64 / n as f64;
    c.value("sentences", n).value("right", right);
    c.as_written(|t| {
        t.at_most("untrained", share(right), guessing(n)).over(n).drawn();
    });
    c.corrected(Qualified, right, |t, right| {
        t.at_least("without-labels", share(right), guessing(n)).over(n).drawn();
    })
    .control("mixed", mixed);
    Ok(())
}

/// C8: both pre-train and fine-tune
pub(crate) fn pre_training(c: &mut Case) -> Checked {
    const EARLY: usize = 2;
    const END: Until = Until { gradient: GRADIENT / 10.0, steps: 2000 };
    let data = built_in(Language::Chinese);
    let (vocabulary, bags) = counted(&data.texts, Units::Single);
    let (classes, width) = (2, vocabulary.len());
    // Free labels, made from the text alone: is the remark a long one?
    let lengths: Vec<usize> = data.texts.iter().map(|text| units(text, Units::Single).len()).collect();
    let mut order = lengths.clone();
    order.sort_unstable();
    let free: Vec<usize> = lengths.iter().map(|&n| usize::from(n > order[order.len() / 2])).collect();
    let task = |labels| Task::new(&bags, labels, (classes, width), 1.0);
    let before_tuning = task(&free)?.minimum(vec![0.0; (width + 1) * classes], END)?.at;
    let tuned = |until: Until| -> Result<f64, concepts::classical::ClassicalError> {
        let labelled = task(&data.labels)?;
        let a = labelled.minimum(vec![0.0; labelled.size()], until)?.at;
        let b = labelled.minimum(before_tuning.clone(), until)?.at;
        // The bias may move by a constant that no probability sees.
        let weights = width * classes;
        Ok(a[..weights].iter().zip(&b).fold(0.0, |most: f64, (a, b)| most.max((a - b).abs())))
    };
    let (end, early) = (tuned(END)?, tuned(Until { steps: EARLY, ..END })?);
    let works = at(&curve(&data, c.seed)?, 0, 5);
    let no_labels = at(&curve(&shuffled(c.seed), c.seed)?, 0, 5);
    let tuned_rows = before().iter().filter(|row| row.tuned).count();
    let rows = before().len();
    c.value("early", EARLY)
        .value("rows", rows)
        .value("tuned", tuned_rows)
        .value("few", FEW)
        .value("works", works);
    c.as_written(|t| {
        t.at_least("remains", end, 10.0 * GRADIENT).over(width * classes);
        // Half of them would be common.
        t.at_least("published", tuned_rows as f64 / rows as f64, 0.5).over(rows);
    });
    c.corrected(Wrong, (end, works), |t, (remains, works)| {
        t.at_most("forgotten", remains, GRADIENT).over(width * classes);
        t.at_least("labels-alone", works, guessing(bags.len())).over(bags.len()).drawn();
    })
    .control("stopped", (early, works))
    .control("no-labels", (end, no_labels));
    Ok(())
}

/// C9: both need much data
pub(crate) fn much_data(c: &mut Case) -> Checked {
    let data = built_in(Language::Chinese);
    let n = data.texts.len();
    let bags: Vec<Bag> = counted(&data.texts, Units::Single).1;
    let read =
        bags.iter().flat_map(|bag| &bag.0).map(|(_, count)| count).sum::<f64>() * FEW as f64 / n as f64;
    let (right, wrong) = (curve(&data, c.seed)?, curve(&shuffled(c.seed), c.seed)?);
    let accuracy = |curve: &Curve| at(curve, 0, 5);
    let rises = |curve: &Curve| {
        let by = &curve.accuracy[0];
        let gains: Vec<f64> = by[5].iter().zip(&by[1]).map(|(more, less)| more - less).collect();
        mean(&gains) / (variance(&gains) / gains.len() as f64).sqrt()
    };
    let repeats = settings(c.seed).repeats;
    c.value("few", FEW).value("fewer", right.sizes[1]).value("n", n).value("read", read.round());
    c.value("accuracy", accuracy(&right)).value("gpt3", GPT3_TOKENS);
    c.as_written(|t| {
        t.at_most("few-are-useless", accuracy(&right), guessing(n)).over(n).drawn();
    });
    c.corrected(Qualified, right, |t, curve| {
        t.at_least("enough", accuracy(&curve), guessing(n)).over(n).drawn();
        t.at_least("rises", rises(&curve), 4.0).over(repeats).drawn();
        t.at_least("tokens", GPT3_TOKENS / read, 1e6);
    })
    .control("no-signal", wrong);
    Ok(())
}

//! Tables, sentences and the pictures.

use concepts::decoder::Answered;
use concepts::emergence::clopper_pearson;
use concepts::evaluation::{Bootstrap, Difference, Interval, mean_interval};
use concepts::numerics::statistics::mean;

use super::super::WORDS;
use super::trials::{Counted, Measured};
use crate::kit::figure::Scale::Linear;
use crate::kit::figure::{Figure, Series};
use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::{named, row};

/// Of repetitions, the share in which an interval holds the truth.
const LEVEL: f64 = 0.95;
/// A share of the gain that is this much larger is seen to be larger.
const PLAIN: f64 = 0.1;
/// Of a gain, a share that nobody sees.
const UNSEEN: f64 = 0.1;

pub(super) fn shown(measured: &[Measured], seed: u64) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let options = Bootstrap { level: LEVEL, seed, ..Bootstrap::default() };
    let tables = measured.iter().map(|task| table(task, &options)).collect::<Result<_, _>>()?;
    f.tables("shots", tables);
    let gain = gain(measured, &options)?;
    let rule = rule(measured, &options)?;
    let shown = |interval: &Interval| interval.difference() == Difference::Larger;
    // A gain alone may be the form of an answer, which exchanged examples have as well.
    let learned = rule.filter(shown).filter(|_| shown(&gain));
    let gain_said = match learned {
        Some(rule) => learns(most(measured), gain, rule),
        None => said("gain_said", most(measured), gain),
    };
    f.witness("gain", vec![(&["C3", "C10"], gain_said)]);
    f.note("same_note", same(measured));
    let rule_said = rule.map(|rule| said("rule_said", most(measured), rule));
    f.witness("rule", rule_said.into_iter().map(|said| (&["C3"][..], said)).collect());
    // The rule alone may only make up for what examples cost.
    let toy = match (learned, rule.filter(shown)) {
        (Some(_), _) => "toy.agrees",
        (None, Some(_)) => "toy.half",
        (None, None) => "toy.differs",
    };
    f.note("toy", Some(WORDS.get(toy)));
    // Of a gain that is not shown there are no shares to tell.
    let metric = metric(measured).filter(|_| shown(&gain));
    f.witness("metric", metric.into_iter().map(|said| (&["C11", "C16"][..], said)).collect());
    f.figure(share_right(measured));
    f.figure(nats(measured));
    Ok(f)
}

fn log_probs(answered: &[Answered]) -> Vec<f64> {
    answered.iter().map(|answer| answer.log_prob).collect()
}

fn greedy(answered: &[Answered]) -> usize {
    answered.iter().filter(|answer| answer.greedy).count()
}

/// How much more `ln p` one has than the other, question by question.
fn differences(a: &[Answered], b: &[Answered]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a.log_prob - b.log_prob).collect()
}

fn between(interval: Interval) -> String {
    format!("{} … {}", decimals(interval.low), decimals(interval.high))
}

/// Two decimals, more where two would make it 0, and a minus as wide as a plus.
fn decimals(value: f64) -> String {
    const MOST: usize = 6;
    let shown = |decimals: usize| format!("{value:.decimals$}").replace('-', "−");
    let is_some = |shown: &String| shown.contains(|digit: char| ('1'..='9').contains(&digit));
    (2..=MOST).map(shown).find(is_some).unwrap_or_else(|| "0.00".into())
}

fn table(task: &Measured, options: &Bootstrap) -> Result<Table, Refusal> {
    let row = |counted: &Counted| -> Result<_, Refusal> {
        let right = greedy(&counted.right);
        let (low, high) = clopper_pearson(right as u64, task.trials as u64, LEVEL)?;
        let gained = mean_interval(&differences(&counted.right, &task.counts[0].right), options)?;
        let gained = if counted.examples == 0 { "—".into() } else { between(gained) };
        let exchanged = counted.exchanged.as_ref().map(|exchanged| mean(&log_probs(exchanged)));
        let exchanged = exchanged.map_or_else(|| "—".into(), decimals);
        let share = right as f64 / task.trials as f64;
        let nats = decimals(mean(&log_probs(&counted.right)));
        Ok(row![
            counted.examples,
            format!("{share:.2}"),
            format!("{low:.2} … {high:.2}"),
            nats,
            gained,
            exchanged
        ])
    };
    let rows = task.counts.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    let grid = Grid::new("shots", &WORDS).value("task", task.name.clone()).value("trials", task.trials);
    Ok(grid.rows(rows).table())
}

/// The most examples that every task had.
fn most(measured: &[Measured]) -> usize {
    let last = |task: &Measured| task.counts.last().map_or(0, |counted| counted.examples);
    measured.iter().map(last).min().unwrap_or(0)
}

/// With the most examples.
fn full<'m>(task: &'m Measured, measured: &[Measured]) -> &'m Counted {
    let most = most(measured);
    task.counts.iter().find(|counted| counted.examples == most).unwrap_or(&task.counts[0])
}

fn gain(measured: &[Measured], options: &Bootstrap) -> Result<Interval, Refusal> {
    let of = |task: &Measured| differences(&full(task, measured).right, &task.counts[0].right);
    Ok(mean_interval(&measured.iter().flat_map(of).collect::<Vec<_>>(), options)?)
}

/// Right examples against those with exchanged answers.
fn rule(measured: &[Measured], options: &Bootstrap) -> Result<Option<Interval>, Refusal> {
    let of = |task| {
        let full: &Counted = full(task, measured);
        full.exchanged.as_ref().map(|exchanged| differences(&full.right, exchanged)).unwrap_or_default()
    };
    let all: Vec<f64> = measured.iter().flat_map(of).collect();
    Ok(if all.is_empty() { None } else { Some(mean_interval(&all, options)?) })
}

/// Of answers that repeat, an exchange leaves some as they were.
fn same(measured: &[Measured]) -> Option<Text> {
    let same: usize = measured.iter().map(|task| task.same).sum();
    let pairs: usize = measured.iter().map(|task| task.trials).sum();
    (same > 0).then(|| WORDS.with("same", &named![same, pairs]))
}

fn said(id: &'static str, examples: usize, interval: Interval) -> Text {
    let what = match interval.difference() {
        Difference::Larger => "larger",
        Difference::Smaller => "smaller",
        Difference::NotShown => "not-shown",
    };
    let [estimate, low, high] = [interval.estimate, interval.low, interval.high].map(decimals);
    let [lost, least, most] = [-interval.estimate, -interval.high, -interval.low].map(decimals);
    WORDS.with(&format!("{id}.{what}"), &named![examples, estimate, low, high, lost, least, most])
}

/// The gain, and what of it is lost when answers are exchanged.
fn learns(examples: usize, gain: Interval, rule: Interval) -> Text {
    // Exchanged answers may leave less than there was without examples.
    let id = if rule.estimate > gain.estimate { "gain_said.learns-all" } else { "gain_said.learns" };
    let [estimate, low, high] = [gain.estimate, gain.low, gain.high].map(decimals);
    let [rule, rule_low, rule_high] = [rule.estimate, rule.low, rule.high].map(decimals);
    WORDS.with(id, &named![examples, estimate, low, high, rule, rule_low, rule_high])
}

/// After the first example: how much of the whole gain is there by `ln p`, and by right answers?
fn metric(measured: &[Measured]) -> Option<Text> {
    let over = |at: &dyn Fn(&Measured) -> Option<f64>| {
        measured.iter().map(at).collect::<Option<Vec<_>>>().map(|values| mean(&values))
    };
    let nats = |counted: &Counted| mean(&log_probs(&counted.right));
    let right = |counted: &Counted| greedy(&counted.right) as f64 / counted.right.len() as f64;
    let share = |of: &dyn Fn(&Counted) -> f64| {
        let [none, one, all] = [
            over(&|task| Some(of(&task.counts[0])))?,
            over(&|task| Some(of(task.counts.get(1)?)))?,
            over(&|task| Some(of(full(task, measured))))?,
        ];
        (all > none).then(|| (one - none) / (all - none))
    };
    let (by_nats, by_right) = (share(&nats)?, share(&right)?);
    let id = match by_nats > by_right + PLAIN {
        true if by_right <= UNSEEN => "metric.later",
        true => "metric.behind",
        false => "metric.alike",
    };
    Some(WORDS.with(id, &named![by_nats, by_right]))
}

fn curve(label: Text, points: Vec<(usize, f64)>) -> Series {
    Series::measured(label, points.into_iter().map(|(examples, y)| (examples as f64, y)).collect())
}

fn share_right(measured: &[Measured]) -> Figure {
    let mut sketch = Sketch::lines("real-right", &WORDS, [Linear, Linear]);
    for task in measured {
        let share = |counted: &Counted| greedy(&counted.right) as f64 / task.trials as f64;
        let points = task.counts.iter().map(|counted| (counted.examples, share(counted))).collect();
        sketch = sketch.series(curve(Text::same(task.name.clone()), points));
    }
    sketch.figure()
}

fn nats(measured: &[Measured]) -> Figure {
    let mut sketch = Sketch::lines("real-nats", &WORDS, [Linear, Linear]);
    for task in measured {
        let nats = |answered: &[Answered]| -mean(&log_probs(answered));
        let right = task.counts.iter().map(|counted| (counted.examples, nats(&counted.right))).collect();
        sketch = sketch.series(curve(Text::same(task.name.clone()), right));
        let exchanged = |counted: &Counted| Some((counted.examples, nats(counted.exchanged.as_ref()?)));
        let exchanged = task.counts.iter().filter_map(exchanged).collect();
        let label = WORDS.with("real-nats.exchanged", &named![task = task.name.clone()]);
        sketch = sketch.series(curve(label, exchanged));
    }
    sketch.figure()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_0_is_not_written_so() {
        let shown = [-1.234, 0.5, -0.0004, 0.0, -0.0, 1e-9].map(decimals).join(" ");
        assert_eq!(shown, "−1.23 0.50 −0.0004 0.00 0.00 0.00");
    }
}

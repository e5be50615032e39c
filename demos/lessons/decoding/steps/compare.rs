//! The comparison as tables.

use concepts::evaluation::{Difference, Interval};

use super::advice::advice;
use super::differences::{differences, paper};
use super::joined;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::number::plain;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::experiments::comparison::Comparison;
use crate::lessons::decoding::experiments::row::{Quantity, Row};
use crate::lessons::decoding::strategies::Numbers;
use crate::{named, row};

pub(crate) fn compare(comparison: &Comparison, numbers: &Numbers, phrase: Option<usize>) -> Findings {
    let mut f = Findings::default();
    let size = comparison.size;
    f.number("n_prompts", size.prompts as f64);
    f.number("n_seeds", size.seeds as f64);
    f.number("n_tokens", size.tokens as f64);
    f.number("n_resamples", size.resamples as f64);
    lowest(comparison, &mut f);
    f.table("quality", quality(comparison));
    f.table("diversity", diversity(comparison));
    f.table("cost", cost(comparison));
    f.tables("differences", differences(comparison));
    f.table("paper", paper());
    f.table("advice", advice(comparison, numbers, phrase));
    f
}

/// More strategies than this at the lowest place are counted, not named.
const NAMED: usize = 3;

/// The strategy with the lowest perplexity beside held-out text.
fn lowest(comparison: &Comparison, f: &mut Findings) {
    let surprise = |row: &Row| -comparison.interval(row, Quantity::LogProb).estimate;
    let lowest = comparison.written().min_by(|a, b| surprise(a).total_cmp(&surprise(b)));
    let (Some(lowest), Some(human)) = (lowest, comparison.human()) else { return };
    let distinct = |row: &Row| comparison.interval(row, Quantity::Distinct).estimate;
    // Those that look the same on the page share the place.
    let shown = |row: &Row| two(surprise(row).exp());
    let first: Vec<&Row> = comparison.written().filter(|row| shown(row) == shown(lowest)).collect();
    let (lowest_perplexity, human_perplexity) = (shown(lowest), shown(human));
    let name = match first.len() {
        n if n > NAMED => WORDS.with("lowest.several", &named![n]),
        _ => joined(
            "list.names",
            first.iter().map(|row| WORDS.with("lowest.name", &named![name = row.label.clone()])),
        )
        .unwrap_or_else(|| lowest.label.clone()),
    };
    let who = named![name, lowest_perplexity, human_perplexity];
    let human_too = shown(lowest) == shown(human);
    f.words("lowest", WORDS.with(if human_too { "lowest.equal" } else { "lowest.below" }, &who));
    if human_too {
        f.words("lowest_pairs", WORDS.get("lowest.no-gap"));
        f.words("lowest_short", WORDS.with("lowest.short-equal", &who));
        return;
    }
    let (said, in_short) = match comparison.beside_human(lowest, Quantity::Distinct) {
        Some(Difference::Smaller) => ("lowest.dull", "lowest.short-dull"),
        Some(_) => ("lowest.varied", "lowest.short"),
        None => ("lowest.wordless", "lowest.short"),
    };
    let pairs = named![lowest = distinct(lowest), human = distinct(human), who = lowest.label.clone()];
    f.words("lowest_pairs", WORDS.with(said, &pairs));
    let in_short = WORDS.with(in_short, &pairs);
    f.words("lowest_short", WORDS.with("lowest.short-below", &[&who[..], &named![in_short]].concat()));
}

/// A number with its interval, and what it is beside held-out text.
fn shown(interval: Interval, sign: Option<Difference>) -> Cell {
    if interval.estimate.is_infinite() {
        return interval.estimate.into();
    }
    if [interval.low, interval.estimate, interval.high].iter().any(|end| !end.is_finite()) {
        return "–".into();
    }
    let sign = match sign {
        Some(Difference::Larger) => " ↑",
        Some(Difference::Smaller) => " ↓",
        Some(Difference::NotShown) => " ≈",
        None => "",
    };
    let [low, estimate, high] = [interval.low, interval.estimate, interval.high].map(two);
    format!("{estimate} [{low}, {high}]{sign}").into()
}

/// Two decimals, or whole numbers where they are large.
fn two(value: f64) -> String {
    match value.abs() {
        1e9.. => plain(value),
        100.0.. => format!("{value:.0}"),
        _ => format!("{:.2}", value + 0.0),
    }
}

fn measured(comparison: &Comparison, row: &Row, quantity: Quantity) -> Cell {
    shown(comparison.interval(row, quantity), comparison.beside_human(row, quantity))
}

/// `e^(−x)` of an interval: its ends change places.
fn perplexity(interval: Interval) -> Interval {
    Interval {
        estimate: (-interval.estimate).exp(),
        low: (-interval.high).exp(),
        high: (-interval.low).exp(),
    }
}

fn opposite(difference: Difference) -> Difference {
    match difference {
        Difference::Larger => Difference::Smaller,
        Difference::Smaller => Difference::Larger,
        Difference::NotShown => Difference::NotShown,
    }
}

fn quality(comparison: &Comparison) -> Table {
    let of = |row: &Row| {
        let sign = comparison.beside_human(row, Quantity::LogProb).map(opposite);
        let log_prob = comparison.interval(row, Quantity::LogProb);
        let perplexity = shown(perplexity(log_prob), sign);
        row![row.label.clone(), shown(log_prob, None), perplexity, measured(comparison, row, Quantity::Loops)]
    };
    Grid::new("quality", &WORDS).rows(comparison.rows.iter().map(of)).table()
}

fn diversity(comparison: &Comparison) -> Table {
    let of = |row: &Row| {
        let [distinct, alike] =
            [Quantity::Distinct, Quantity::SelfBleu].map(|quantity| measured(comparison, row, quantity));
        row![row.label.clone(), distinct, alike, shown(row.zipf, None)]
    };
    Grid::new("diversity", &WORDS).rows(comparison.rows.iter().map(of)).table()
}

fn cost(comparison: &Comparison) -> Table {
    // Of a strategy that wrote nothing there is no share and no number per token.
    let known = |value: f64| if value.is_finite() { two(value).into() } else { Cell::Number(f64::NAN) };
    let of = |row: &Row| {
        let candidates = shown(comparison.interval(row, Quantity::Candidates), None);
        let [unique, calls] = [Quantity::Unique, Quantity::Calls]
            .map(|quantity| known(comparison.interval(row, quantity).estimate));
        row![row.label.clone(), candidates, known(row.candidates_spread), unique, calls]
    };
    Grid::new("cost", &WORDS).rows(comparison.written().map(of)).table()
}

//! The comparison as tables.

use concepts::evaluation::{Difference, Interval};

use super::advice::advice;
use super::differences::{differences, paper};
use super::{joined, two_decimals};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::number::plain;
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::experiments::comparison::{Comparison, Size};
use crate::lessons::decoding::experiments::row::{Quantity, Row};
use crate::lessons::decoding::experiments::windows::FEWEST;
use crate::lessons::decoding::knobs::Kind;
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
    f.words("directions_said", directions(comparison));
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
    let dullest = dullest(comparison, &first).unwrap_or(lowest);
    let one = match first.len() {
        1 => name.clone(),
        n => WORDS.with("lowest.one-of", &named![name = dullest.label.clone(), more = n - 1]),
    };
    let who = named![name, one, lowest_perplexity, human_perplexity];
    let human_too = shown(lowest) == shown(human);
    f.words("lowest", WORDS.with(if human_too { "lowest.equal" } else { "lowest.below" }, &who));
    if human_too {
        f.words("lowest_pairs", WORDS.get("lowest.no-gap"));
        f.words("lowest_short", WORDS.with("lowest.short-equal", &who));
        return;
    }
    let (said, in_short) = match comparison.beside_human(dullest, Quantity::Distinct) {
        Some(Difference::Smaller) => ("lowest.dull", "lowest.short-dull"),
        Some(_) => ("lowest.varied", "lowest.short"),
        None => ("lowest.wordless", "lowest.short"),
    };
    let distinct = |row: &Row| distinct(comparison, row);
    let pairs = named![lowest = distinct(dullest), human = distinct(human), who = dullest.label.clone()];
    f.words("lowest_pairs", WORDS.with(said, &pairs));
    let in_short = WORDS.with(in_short, &pairs);
    f.words("lowest_short", WORDS.with("lowest.short-below", &[&who[..], &named![in_short]].concat()));
}

/// What carries over to other models, unless the two ends, greedy search and pure sampling, look the same here.
fn directions(comparison: &Comparison) -> Text {
    let row = |kind| comparison.written().find(|row| row.kind == Some(kind));
    let perplexity = |row: &Row| two((-comparison.interval(row, Quantity::LogProb).estimate).exp());
    let ends = [Kind::Greedy, Kind::Sampling].map(|kind| row(kind).map(perplexity));
    match ends {
        [Some(greedy), Some(pure)] if greedy == pure => WORDS.with("directions_said.alike", &named![greedy]),
        _ => WORDS.get("directions_said"),
    }
}

/// Different pairs of words, as a share of all.
fn distinct(comparison: &Comparison, row: &Row) -> f64 {
    comparison.interval(row, Quantity::Distinct).estimate
}

/// Of strategies that share a place the one that repeats its pairs of words most: what is said of one must not be
/// milder than what is true of another. Of equals beam search, whose sentence quotes it.
fn dullest<'c>(comparison: &Comparison, rows: &[&'c Row]) -> Option<&'c Row> {
    let others = |row: &Row| row.kind != Some(Kind::Beam);
    rows.iter().copied().min_by(|a, b| {
        let pairs = distinct(comparison, a).total_cmp(&distinct(comparison, b));
        pairs.then(others(a).cmp(&others(b)))
    })
}

/// That texts are shorter than a person asked for, and why: a large vocabulary leaves time for `fit` characters, the
/// held-out text has room for as many as were compared.
pub(crate) fn shortened(asked: usize, fit: usize, comparison: &Comparison, choices: usize) -> Option<Text> {
    let Size { tokens, .. } = comparison.size;
    let id = if tokens < fit { "shortened" } else { "shortened.vocabulary" };
    (tokens < asked).then(|| WORDS.with(id, &named![asked, tokens, choices, fewest = FEWEST]))
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
        _ => two_decimals(value),
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

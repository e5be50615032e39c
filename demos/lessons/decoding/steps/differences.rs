//! Differences between strategies, and the numbers of the paper that proposed top-p.

use concepts::evaluation::{Difference, Interval};

use crate::kit::findings::{Cell, Table};
use crate::kit::grid::Grid;
use crate::kit::number::without_zero_sign;
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::experiments::comparison::Comparison;
use crate::lessons::decoding::experiments::row::Quantity;
use crate::lessons::decoding::knobs::Kind;
use crate::{named, row};

/// Differences that are asked about: the first less the second.
const PAIRS: [(Kind, Kind); 7] = [
    (Kind::Beam, Kind::Greedy),
    (Kind::NoRepeat, Kind::Greedy),
    (Kind::Temperature, Kind::Sampling),
    (Kind::TopK, Kind::Sampling),
    (Kind::TopP, Kind::Sampling),
    (Kind::TopP, Kind::TopK),
    (Kind::MinP, Kind::TopP),
];

/// None where no pair was compared.
pub(crate) fn differences(comparison: &Comparison) -> Vec<Table> {
    let cell = |interval: Interval| match interval.difference() {
        _ if interval.estimate.is_nan() => Text::same("–"),
        Difference::NotShown => WORDS.get("differences.none"),
        _ => Text::same(shown(&interval)),
    };
    let of = |&(first, second): &(Kind, Kind)| -> Option<Vec<Cell>> {
        let (a, b) = (comparison.row(first)?, comparison.row(second)?);
        let pair = WORDS.with("differences.pair", &named![first = a.label.clone(), second = b.label.clone()]);
        let [log_prob, distinct, alike] = [Quantity::LogProb, Quantity::Distinct, Quantity::SelfBleu]
            .map(|quantity| cell(comparison.difference(a, b, quantity)));
        Some(row![pair, log_prob, distinct, alike])
    };
    let rows: Vec<_> = PAIRS.iter().filter_map(of).collect();
    if rows.is_empty() { Vec::new() } else { vec![Grid::new("differences", &WORDS).rows(rows).table()] }
}

/// `[-0.10, +0.34]`
pub(super) fn shown(of: &Interval) -> String {
    format!("[{}, {}]", signed(of.low, of), signed(of.high, of))
}

/// `+0.12`, with as many digits as its interval needs. What is zero has no sign.
pub(super) fn signed(value: f64, of: &Interval) -> String {
    let digits = digits(of);
    without_zero_sign(format!("{value:+.digits$}"))
}

/// Two decimals, or as many as show on which side of 0 both ends of an interval are. What is smaller than six
/// decimals is rounding, and gets no more of them.
fn digits(interval: &Interval) -> usize {
    let ends = [interval.low, interval.high].map(f64::abs);
    let nearest = ends.into_iter().filter(|end| *end > 0.0).fold(f64::INFINITY, f64::min);
    (2..=6).find(|&digits| nearest >= 0.5 * 10f64.powi(-digits)).unwrap_or(2) as usize
}

/// Holtzman et al. 2020, table 1: GPT-2 Large on web text. Greedy could not be verified.
pub(crate) fn paper() -> Table {
    let rows = [
        ("human", ["12.38", "0.31", "0.93", "0.28"]),
        ("greedy", ["1.50", "0.50", "1.00", "73.66"]),
        ("beam", ["1.48", "0.44", "0.94", "28.94"]),
        ("sampling", ["22.73", "0.28", "0.93", "0.22"]),
        ("top-k", ["13.82", "0.32", "0.96", "0.28"]),
        ("top-p", ["13.13", "0.32", "0.95", "0.36"]),
    ];
    let grid = Grid::new("paper", &WORDS);
    rows.into_iter().fold(grid, |grid, (id, numbers)| grid.said(id, numbers.map(Cell::from).into())).table()
}

//! The comparison as tables.

use concepts::evaluation::{Difference, Interval};

use super::advice::advice;
use super::differences::{differences, paper};
use super::{joined, two_decimals};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::number::plain;
use crate::kit::text::Text;
use crate::kit::words::Named;
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
    f.words("carries", carries(comparison));
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

/// The strategy with the lowest perplexity beside held-out text: of all on the page, of the searches in the
/// answer, which speaks of them.
fn lowest(comparison: &Comparison, f: &mut Findings) {
    if let Some(lowest) = Lowest::new(comparison, |_| true) {
        let human_too = lowest.perplexity() == lowest.of(lowest.human);
        let who = lowest.who();
        f.words("lowest", WORDS.with(if human_too { "lowest.equal" } else { "lowest.below" }, &who));
        let pairs = lowest.pairs(["lowest.dull", "lowest.varied", "lowest.wordless"]);
        f.words("lowest_pairs", if human_too { WORDS.get("lowest.no-gap") } else { pairs });
    }
    let searches = |row: &Row| row.kind.is_some_and(is_search);
    if let Some(lowest) = Lowest::new(comparison, searches) {
        let in_short = lowest.pairs(["lowest.short-dull", "lowest.short", "lowest.short"]);
        let who = [&lowest.who()[..], &named![in_short]].concat();
        let below = lowest.is_below_human();
        f.words(
            "lowest_short",
            WORDS.with(if below { "lowest.short-below" } else { "lowest.short-equal" }, &who),
        );
    }
}

/// Does a strategy look for a probable text?
pub(crate) fn is_search(kind: Kind) -> bool {
    matches!(kind, Kind::Greedy | Kind::NoRepeat | Kind::Beam)
}

/// Strategies that share the lowest perplexity, as far as the page shows it.
struct Lowest<'c> {
    comparison: &'c Comparison,
    human: &'c Row,
    first: Vec<&'c Row>,
    dullest: &'c Row,
}

impl<'c> Lowest<'c> {
    /// Among some of the strategies. One whose texts are empty has no perplexity.
    fn new(comparison: &'c Comparison, among: impl Fn(&Row) -> bool) -> Option<Lowest<'c>> {
        let known: Vec<&Row> =
            comparison.written().filter(|row| among(row) && !surprise(comparison, row).is_nan()).collect();
        let by = |a: &&&Row, b: &&&Row| surprise(comparison, a).total_cmp(&surprise(comparison, b));
        let lowest: &Row = known.iter().min_by(by)?;
        let same = |row: &&Row| shown_perplexity(comparison, row) == shown_perplexity(comparison, lowest);
        let first: Vec<&Row> = known.iter().copied().filter(same).collect();
        let dullest = dullest(comparison, &first)?;
        Some(Lowest { comparison, human: comparison.human()?, first, dullest })
    }

    fn of(&self, row: &Row) -> String {
        shown_perplexity(self.comparison, row)
    }

    /// That of all of them.
    fn perplexity(&self) -> String {
        self.of(self.dullest)
    }

    fn is_below_human(&self) -> bool {
        let below = surprise(self.comparison, self.dullest) < surprise(self.comparison, self.human);
        below && self.perplexity() != self.of(self.human)
    }

    /// Their names, the one of which more is said, and the perplexities.
    fn who(&self) -> Vec<Named> {
        let names = self.first.iter().map(|row| WORDS.with("lowest.name", &named![name = row.label.clone()]));
        let name = match self.first.len() {
            n if n > NAMED => WORDS.with("lowest.several", &named![n]),
            _ => joined("list.names", names).unwrap_or_else(|| self.dullest.label.clone()),
        };
        let one = match self.first.len() {
            1 => name.clone(),
            n => WORDS.with("lowest.one-of", &named![name = self.dullest.label.clone(), more = n - 1]),
        };
        let (lowest_perplexity, human_perplexity) = (self.perplexity(), self.of(self.human));
        named![name, one, lowest_perplexity, human_perplexity].into()
    }

    /// Of their pairs of words: fewer different ones than in held-out text, not fewer, or none to count.
    fn pairs(&self, [dull, varied, wordless]: [&str; 3]) -> Text {
        let id = match self.comparison.beside_human(self.dullest, Quantity::Distinct) {
            Some(Difference::Smaller) => dull,
            Some(_) => varied,
            None => wordless,
        };
        let [lowest, human] = [self.dullest, self.human].map(|row| distinct(self.comparison, row));
        WORDS.with(id, &named![lowest, human, who = self.dullest.label.clone()])
    }
}

/// `−ln p` a token; NaN of a strategy that wrote nothing.
fn surprise(comparison: &Comparison, row: &Row) -> f64 {
    -comparison.interval(row, Quantity::LogProb).estimate
}

fn shown_perplexity(comparison: &Comparison, row: &Row) -> String {
    two(surprise(comparison, row).exp())
}

/// What carries over: the directions, if they show.
fn carries(comparison: &Comparison) -> Text {
    let both = comparison.row(Kind::Greedy).zip(comparison.row(Kind::Sampling));
    let gap = both.map(|(greedy, drawn)| comparison.difference(greedy, drawn, Quantity::LogProb));
    let shows = gap.is_some_and(|gap| gap.difference() == Difference::Larger);
    WORDS.get(match () {
        () if !shows => "carries.not-shown",
        () if both.is_some_and(|(greedy, _)| repeats(comparison, greedy)) => "carries.directions",
        () => "carries.no-repetition",
    })
}

/// Is a strategy shown to repeat itself within a text more than people do? Short texts may not show it.
fn repeats(comparison: &Comparison, row: &Row) -> bool {
    comparison.beside_human(row, Quantity::Loops) == Some(Difference::Larger)
        || comparison.beside_human(row, Quantity::Distinct) == Some(Difference::Smaller)
}

/// Different pairs of words, as a share of all.
fn distinct(comparison: &Comparison, row: &Row) -> f64 {
    comparison.interval(row, Quantity::Distinct).estimate
}

/// Of strategies that share a place the one that repeats its pairs of words most: what is said of one must not be
/// milder than what is true of another. Of equals beam search, whose sentence quotes it.
fn dullest<'c>(comparison: &Comparison, rows: &[&'c Row]) -> Option<&'c Row> {
    let others = |row: &Row| row.kind != Some(Kind::Beam);
    let known = |row: &Row| Some(distinct(comparison, row)).filter(|share| !share.is_nan());
    // Without words there are no pairs to repeat.
    let repeats = |row: &Row| known(row).unwrap_or(f64::INFINITY);
    rows.iter().copied().min_by(|a, b| {
        let pairs = repeats(a).total_cmp(&repeats(b));
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
        // Of texts that have no room for a loop nothing can be said.
        let room = comparison.size.has_room_for_loops();
        let loops = if room { measured(comparison, row, Quantity::Loops) } else { "–".into() };
        row![row.label.clone(), shown(log_prob, None), perplexity, loops]
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

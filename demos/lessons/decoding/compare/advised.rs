//! What is advised, row by row: beside the best of the others at the same cost, with an interval.

use concepts::evaluation::{Bootstrap, Difference, Interval, holm, mean_interval, sign_flip};
use concepts::numerics::statistics::mean;

use super::dialogue::{Dialogue, JUNK, LANGUAGES};
use super::matched::LEVEL;
use super::tables::{mark, signed, two};
use super::tasks::{Advice, BEAMS, COLD, P, PROMPTS, SOLVERS, Tested, VOTES, decoders, place};
use super::{label, open};
use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::kit::number::short;
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::steps::joined;
use crate::{named, row};

/// Random signs of a test.
const DRAWS: usize = 9_999;

/// A strategy with what it reached, prompt by prompt; the higher the better.
struct Tried {
    name: Text,
    values: Vec<f64>,
}

/// A row of the advice.
struct Line {
    id: &'static str,
    /// The advised one comes first.
    tried: Vec<Tried>,
    /// Prompts in a row that belong to one seed, and how many seeds there are.
    seeds: (usize, usize),
    written: Written,
}

/// What came out of a row.
struct Verdict {
    line: Line,
    /// The best of those that are not advised.
    best: usize,
    /// The advised one less that.
    gain: Interval,
    difference: Difference,
    /// Seeds in which the difference points the same way.
    agree: usize,
}

/// All rows, each with its verdict.
pub(super) struct Advised(Vec<Verdict>);

/// Strategies of one text, of as many rows as narrow beams take, and of as many as a vote takes.
const ONE: [&str; 4] = ["greedy", "sampling", "cold", "top-p"];
const MANY: [&str; 2] = ["wide", "vote"];

impl Advised {
    pub(super) fn new(advice: &Advice, seed: u64) -> Advised {
        let lines = lines(advice).into_iter().flatten();
        let judged: Vec<(Verdict, f64)> = lines.filter_map(|line| judge(line, seed)).collect();
        let raw: Vec<f64> = judged.iter().map(|(_, p)| *p).collect();
        let adjusted = holm(&raw).unwrap_or(raw);
        let verdict = |((verdict, _), p): ((Verdict, f64), f64)| Verdict {
            difference: match verdict.gain.estimate {
                _ if p >= LEVEL => Difference::NotShown,
                gain if gain > 0.0 => Difference::Larger,
                _ => Difference::Smaller,
            },
            ..verdict
        };
        Advised(judged.into_iter().zip(adjusted).map(verdict).collect())
    }

    /// A row of the advice a line.
    pub(super) fn table(&self) -> Table {
        let grid = Grid::new("advised", &WORDS)
            .value("votes", VOTES)
            .value("junk", format!("{:.1} %", 100.0 * JUNK));
        let grid = grid.value("beams", BEAMS).value("languages", LANGUAGES as usize);
        let one = |grid: Grid<'static>, of: &Verdict| {
            let named = |place: usize| {
                let Tried { name, values } = &of.line.tried[place];
                let value = of.line.written.value(mean(values).abs());
                WORDS.with("advised.reached", &named![name = name.clone(), value])
            };
            let Interval { estimate, low, high } = of.gain;
            let [low, gain, high] = [low, estimate, high].map(|end| of.line.written.gain(end));
            let gain = format!("{gain} [{low}, {high}] {}", mark(of.difference));
            let seeds = format!("{}/{}", of.agree, of.line.seeds.1);
            grid.said(of.line.id, row![named(0), named(of.best), gain, seeds])
        };
        self.0.iter().fold(grid, one).table()
    }

    /// Which rows hold, which are not decided, which do not hold: a sentence each.
    pub(super) fn notes(&self) -> Vec<Text> {
        let of = |(id, difference): (&str, Difference)| {
            let rows = self.0.iter().filter(|verdict| verdict.difference == difference);
            let name = |verdict: &Verdict| {
                WORDS.with(&format!("advised.{}", verdict.line.id), &named![votes = VOTES])
            };
            let rows = joined("list.names", rows.map(name))?;
            Some(WORDS.with(&format!("advised_notes.{id}"), &named![rows]))
        };
        let kinds =
            [("holds", Difference::Larger), ("open", Difference::NotShown), ("fails", Difference::Smaller)];
        kinds.into_iter().filter_map(of).collect()
    }
}

/// How values of a row are written, and their differences: those of shares in points.
#[derive(Clone, Copy)]
enum Written {
    /// Tenths of a per cent: of whole ones a reader who subtracts would get another gain.
    Tenths,
    /// Two decimals.
    Score,
}

impl Written {
    fn value(self, value: f64) -> String {
        match self {
            Self::Tenths => format!("{:.1} %", 100.0 * value),
            Self::Score => two(value),
        }
    }

    fn gain(self, value: f64) -> String {
        let text = match self {
            Self::Tenths => signed(100.0 * value, 1),
            Self::Score => signed(value, 2),
        };
        text.replace('-', "−")
    }
}

/// The advised one against the best of the others.
fn judge(line: Line, seed: u64) -> Option<(Verdict, f64)> {
    let others = 1..line.tried.len();
    let best = others.max_by(|a, b| mean(&line.tried[*a].values).total_cmp(&mean(&line.tried[*b].values)))?;
    let pairs = line.tried[0].values.iter().zip(&line.tried[best].values);
    let gains: Vec<f64> = pairs.map(|(own, other)| own - other).collect();
    let gain = mean_interval(&gains, &Bootstrap { resamples: 1000, seed, ..Bootstrap::default() }).ok()?;
    let p = sign_flip(&gains, DRAWS, seed).ok()?.value;
    let (each, seeds) = line.seeds;
    let of_seed = |seed: usize| -> f64 {
        gains.chunks(each).enumerate().filter(|(i, _)| i % seeds == seed).map(|(_, part)| mean(part)).sum()
    };
    let agree = (0..seeds).filter(|&seed| of_seed(seed) * gain.estimate > 0.0).count();
    Some((Verdict { line, best, gain, difference: Difference::NotShown, agree }, p))
}

/// Every row of the advice.
fn lines(advice: &Advice) -> Vec<Option<Line>> {
    let Advice { tested, dialogue, .. } = advice;
    let sums = ["addition", "worked", "modular"];
    let short_beam = ["beam", "greedy", "sampling", "cold", "top-p"];
    let [greedy, wide] = ["greedy", "wide"].map(|first| {
        let rest = MANY.into_iter().filter(move |id| *id != first);
        std::iter::once(first).chain(rest).collect::<Vec<_>>()
    });
    let mut code = of_tasks("code-many", tested, &["code"], &greedy, Written::Tenths);
    if let Some(line) = &mut code {
        line.tried.extend(checked(tested));
    }
    vec![
        of_tasks("code", tested, &["code"], &ONE, Written::Tenths),
        code,
        of_tasks("sums", tested, &sums, &ONE, Written::Tenths),
        of_tasks("sums-many", tested, &sums, &greedy, Written::Tenths),
        of_tasks("translation", tested, &["translation-score"], &short_beam, Written::Score),
        of_tasks("translation-many", tested, &["translation-score"], &wide, Written::Score),
        Some(near(dialogue)),
        varied(dialogue),
    ]
}

/// Strategies on some of the tasks, the advised one first.
fn of_tasks(
    id: &'static str,
    tested: &[Tested],
    tasks: &[&str],
    strategies: &[&'static str],
    written: Written,
) -> Option<Line> {
    let there: Vec<&Tested> =
        tasks.iter().map(|id| tested.iter().find(|task| task.id == *id)).collect::<Option<_>>()?;
    let one = |strategy: &&'static str| {
        let place = place(strategy)?;
        let values = there.iter().flat_map(|task| task.by_prompt(place)).collect();
        Some(Tried { name: name(strategy), values })
    };
    let tried = strategies.iter().map(one).collect::<Option<_>>()?;
    Some(Line { id, tried, seeds: (PROMPTS, SOLVERS as usize), written })
}

/// Where a checker tells what is right, one of several draws has to be: the probability that one is.
fn checked(tested: &[Tested]) -> Option<Tried> {
    let code = tested.iter().find(|task| task.id == "code")?;
    let once = code.by_prompt(place("sampling")?);
    let values = once.iter().map(|p| 1.0 - (1.0 - p).powi(VOTES as i32)).collect();
    Some(Tried { name: WORDS.with("advised.checked", &named![votes = VOTES]), values })
}

/// How near to people texts are: less distance is better.
fn near(dialogue: &Dialogue) -> Line {
    let one = |id: &str| {
        let values = dialogue.distance.iter().find(|(known, _)| *known == id).map_or(&[][..], |(_, of)| of);
        Tried { name: name(id), values: values.iter().map(|distance| -distance).collect() }
    };
    let tried = ["top-p", "greedy", "sampling", "cold", "min-p"].map(one).into();
    Line { id: "dialogue", tried, seeds: (1, LANGUAGES as usize), written: Written::Tenths }
}

/// How varied texts are where they are equally good; none if the advised one cannot be made so.
fn varied(dialogue: &Dialogue) -> Option<Line> {
    use concepts::comparison::Family::TopP;
    let known = |values: &Vec<f64>| values.iter().all(|value| value.is_finite());
    let mut all: Vec<_> = dialogue.variety.iter().filter(|(_, values)| known(values)).collect();
    all.sort_by_key(|(family, _)| *family != TopP);
    all.first().filter(|(family, _)| *family == TopP)?;
    let one =
        |(family, values): &(_, Vec<f64>)| Tried { name: label::family(*family), values: values.clone() };
    let tried = all.into_iter().map(one).collect();
    Some(Line { id: "varied", tried, seeds: (1, LANGUAGES as usize), written: Written::Tenths })
}

/// A strategy as the tables call it.
fn name(id: &str) -> Text {
    let values = named![
        beams = BEAMS,
        wide = VOTES,
        votes = VOTES,
        cold = short(COLD),
        p = short(P),
        min_p = short(open::MIN_P)
    ];
    debug_assert!(id == "min-p" || decoders().iter().any(|(known, _)| *known == id));
    WORDS.with(&format!("advised.of-{id}"), &values)
}

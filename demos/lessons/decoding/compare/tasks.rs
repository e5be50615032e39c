//! What is advised, tested where it is known what is right: greedy for answers, beams for translation.

use std::sync::{Arc, Mutex, PoisonError};

use concepts::decoding::Filter;
use concepts::evaluation::{Bootstrap, Difference, holm, sign_flip};
use concepts::tasks::{
    Addition, Compared, Copying, Decoder, Expression, ModularSum, Noise, Outcome, Plan, Retrieval, Solver,
    Sorting, Task, TasksError, Translation, compare,
};
use rayon::prelude::*;

use super::dialogue::{Dialogue, dialogue};
use super::matched::LEVEL;
use super::modes::{Modes, modes};
use super::open::{Open, open};
use super::tables::{percent, two};
use crate::kit::findings::{Cell, Table};
use crate::kit::grid::Grid;
use crate::kit::number::short;
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::named;

/// Solvers of each task, and prompts of each solver.
pub(crate) const SOLVERS: u64 = 5;
pub(super) const PROMPTS: usize = 12;
/// Texts of a vote.
pub(crate) const VOTES: usize = 8;
pub(crate) const BEAMS: usize = 4;
/// Numbers of the other strategies.
pub(crate) const COLD: f64 = 0.7;
pub(crate) const P: f64 = 0.9;
/// Prefixes below this probability are not followed.
const FLOOR: f64 = 2e-4;
/// Random signs of a test.
const DRAWS: usize = 4_999;

/// The strategies, each with the id of its words.
pub(super) fn decoders() -> Vec<(&'static str, Decoder)> {
    vec![
        ("greedy", Decoder::Greedy),
        ("beam", Decoder::beam(BEAMS)),
        ("wide", Decoder::beam(VOTES)), // at the price of the vote
        ("sampling", Decoder::temperature(1.0)),
        ("cold", Decoder::temperature(COLD)),
        ("top-p", Decoder::cut(1.0, Filter::TopP(P))),
        ("vote", Decoder::vote(VOTES, COLD)),
    ]
}

/// What counts of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// Right or wrong.
    Right,
    /// How near it is to what people wrote.
    Bleu,
    /// Whether it is a sentence of the language at all.
    Parses,
}

/// A task with what every strategy reached.
pub(super) struct Tested {
    pub(super) id: &'static str,
    rows: Vec<Compared>,
    counts: Counts,
    /// Beside greedy, after Holm's correction over all tasks.
    marks: Vec<Difference>,
}

impl Tested {
    fn value(&self, place: usize) -> f64 {
        let row = &self.rows[place];
        if self.counts == Counts::Right { row.accuracy.estimate } else { row.score.estimate }
    }

    /// What a strategy reached at each prompt, solver after solver.
    pub(super) fn by_prompt(&self, place: usize) -> Vec<f64> {
        let value = |of: &Outcome| if self.counts == Counts::Right { of.accuracy } else { of.score };
        self.rows[place].by_prompt.iter().map(value).collect()
    }

    /// By prompt, less greedy.
    fn gains(&self, place: usize) -> Vec<f64> {
        let (own, greedy) = (self.by_prompt(place), self.by_prompt(0));
        own.iter().zip(greedy).map(|(own, greedy)| own - greedy).collect()
    }
}

/// All that is tested where it is known what is right.
pub(super) struct Advice {
    pub(super) tested: Vec<Tested>,
    pub(super) open: Open,
    pub(super) dialogue: Dialogue,
    pub(super) modes: Modes,
}

/// The advice, tested. It depends on the seed alone, so that of the last one is kept: a page in another language, or on
/// other strategies, asks for the same.
pub(super) fn advice(seed: u64) -> Result<Arc<Advice>, TasksError> {
    static LAST: Mutex<Option<(u64, Arc<Advice>)>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, advice)) = last.as_ref().filter(|(known, _)| *known == seed) {
        return Ok(advice.clone());
    }
    let advice = Arc::new(Advice {
        tested: tested(seed)?,
        open: open(seed)?,
        dialogue: dialogue(seed)?,
        modes: modes(seed)?,
    });
    *last = Some((seed, advice.clone()));
    Ok(advice)
}

/// Every task with every strategy.
fn tested(seed: u64) -> Result<Vec<Tested>, TasksError> {
    let tasks: [(&'static str, Box<dyn Task + Send>); 8] = [
        ("copying", Box::new(Copying { length: 4 })),
        ("sorting", Box::new(Sorting { length: 3 })),
        ("retrieval", Box::new(Retrieval { pairs: 6 })),
        ("addition", Box::new(Addition { digits: 2, worked: false })),
        ("worked", Box::new(Addition { digits: 2, worked: true })),
        ("modular", Box::new(ModularSum { terms: 3, modulus: 7, worked: true })),
        ("code", Box::new(Expression { additions: 2 })),
        ("translation", Box::new(TRANSLATION)),
    ];
    let decoders: Vec<Decoder> = decoders().into_iter().map(|(_, decoder)| decoder).collect();
    let mut all = Vec::new();
    for (id, task) in &tasks {
        let rows = compared(&**task, &decoders, PROMPTS, seed)?;
        let of = |id, counts| Tested { id, rows: rows.clone(), counts, marks: Vec::new() };
        all.push(of(id, Counts::Right));
        // Of these it counts, too, how near they are to what people wrote, or whether they parse.
        match *id {
            "translation" => all.push(of("translation-score", Counts::Bleu)),
            "code" => all.push(of("code-parses", Counts::Parses)),
            _ => {}
        }
    }
    mark(&mut all, seed);
    Ok(all)
}

/// Sentences of three concepts; most people translate freely.
pub(super) const TRANSLATION: Translation = Translation { concepts: 3, free: 0.6 };

/// Strategies on one task, each with so many prompts of every solver.
pub(crate) fn compared(
    task: &(dyn Task + Send),
    decoders: &[Decoder],
    prompts: usize,
    seed: u64,
) -> Result<Vec<Compared>, TasksError> {
    let solvers = solvers_of(task, seed)?;
    let bootstrap = Bootstrap { resamples: 500, seed, ..Bootstrap::default() };
    compare(&solvers, task, decoders, &Plan { instances: prompts, floor: FLOOR, bootstrap, seed })
}

/// The solvers of a task.
pub(super) fn solvers_of(task: &dyn Task, seed: u64) -> Result<Vec<Solver<'_>>, TasksError> {
    (0..SOLVERS).map(|i| Solver::new(task, Noise::default(), seed.wrapping_add(i))).collect()
}

/// Which differences to greedy are shown.
fn mark(all: &mut [Tested], seed: u64) {
    let cells: Vec<Vec<f64>> =
        all.iter().flat_map(|task| (1..task.rows.len()).map(|place| task.gains(place))).collect();
    let raw: Vec<f64> =
        cells.par_iter().map(|gains| sign_flip(gains, DRAWS, seed).map_or(1.0, |p| p.value)).collect();
    let mut shown = holm(&raw).unwrap_or(raw).into_iter().zip(cells).map(|(p, gains)| {
        let sum: f64 = gains.iter().sum();
        match () {
            () if p >= LEVEL => Difference::NotShown,
            () if sum > 0.0 => Difference::Larger,
            () => Difference::Smaller,
        }
    });
    for task in all {
        task.marks = shown.by_ref().take(task.rows.len() - 1).collect();
    }
}

/// How the solvers err, in words.
pub(super) fn solvers() -> Text {
    let noise = Noise::default();
    let values = named![
        solvers = SOLVERS,
        each = PROMPTS,
        margin = short(noise.margin),
        spread = short(noise.spread),
        tail = percent(noise.tail)
    ];
    WORDS.with("solvers", &values)
}

/// What chance still decides: the largest difference of accuracies that is not shown.
pub(super) fn chance(all: &[Tested]) -> Option<Text> {
    let gap = |task: &Tested, place: usize| (task.value(place) - task.value(0)).abs();
    // Where greedy is always right, the least difference shows.
    let open = |task: &&Tested| task.counts != Counts::Bleu && task.value(0) < 1.0;
    let hidden = all.iter().filter(open).flat_map(|task| {
        let marks = task.marks.iter().enumerate().filter(|(_, mark)| **mark == Difference::NotShown);
        marks.map(move |(place, _)| gap(task, place + 1))
    });
    let most = hidden.reduce(f64::max)?;
    let n = SOLVERS as usize * PROMPTS;
    Some(WORDS.with("tasks_chance", &named![n, points = format!("{:.0}", 100.0 * most)]))
}

/// By how much the worst cell may be too low, for texts that were not followed.
pub(super) fn unseen(all: &[Tested]) -> f64 {
    all.iter().flat_map(|task| &task.rows).map(|row| row.unseen).fold(0.0, f64::max)
}

/// Right answers by task and strategy.
pub(super) fn table(all: &[Tested]) -> Table {
    let cell = |task: &Tested, place: usize| -> Cell {
        let value = task.value(place);
        let mark = place.checked_sub(1).and_then(|place| task.marks.get(place)).map(|mark| match mark {
            Difference::Larger => " ↑",
            Difference::Smaller => " ↓",
            Difference::NotShown => " ≈",
        });
        let apart = matches!(mark, Some(" ↑" | " ↓"));
        let value = match task.counts {
            Counts::Bleu => two(value),
            // An arrow between equal numbers would say nothing: one digit more.
            _ if apart && percent(value) == percent(task.value(0)) => format!("{:.1} %", 100.0 * value),
            _ => percent(value),
        };
        format!("{value}{}", mark.unwrap_or_default()).into()
    };
    let grid = Grid::new("tasks", &WORDS).value("beams", BEAMS).value("wide", VOTES).value("votes", VOTES);
    let grid = grid.value("cold", short(COLD)).value("p", short(P));
    all.iter()
        .fold(grid, |grid, task| {
            let cells = (0..task.rows.len()).map(|place| cell(task, place)).collect();
            grid.said(task.id, cells)
        })
        .table()
}

/// What strategies reach, over all tasks but translating, and translating.
#[derive(Debug, Clone, Copy)]
pub(super) struct Means {
    pub greedy: f64,
    pub drawn: f64,
    pub voted: f64,
    pub greedy_score: f64,
    pub beam_score: f64,
}

/// The place of a strategy in the list.
pub(super) fn place(id: &str) -> Option<usize> {
    decoders().iter().position(|(known, _)| *known == id)
}

pub(super) fn means(all: &[Tested]) -> Option<Means> {
    let right: Vec<&Tested> =
        all.iter().filter(|task| task.counts == Counts::Right && task.id != "translation").collect();
    let mean = |place: usize| right.iter().map(|task| task.value(place)).sum::<f64>() / right.len() as f64;
    let translation = all.iter().find(|task| task.counts == Counts::Bleu)?;
    Some(Means {
        greedy: mean(place("greedy")?),
        drawn: mean(place("sampling")?),
        voted: mean(place("vote")?),
        greedy_score: translation.value(place("greedy")?),
        beam_score: translation.value(place("beam")?),
    })
}

/// BLEU of translations, greedy and with beams.
pub(super) fn scores(all: &[Tested]) -> Option<[f64; 2]> {
    means(all).map(|means| [means.greedy_score, means.beam_score])
}

/// In one line: what a right answer asks for, and what an open end.
pub(super) fn summary(all: &[Tested], open: &Open) -> Option<Text> {
    let means = means(all)?;
    let distance =
        |id: &str| open.rows.iter().find(|(known, _)| *known == id).map(|(_, of)| of.total_variation);
    let values = named![
        greedy = percent(means.greedy),
        sampling = percent(means.drawn),
        votes = VOTES,
        vote = percent(means.voted),
        beams = BEAMS,
        beam = two(means.beam_score),
        alone = two(means.greedy_score),
        p = short(P),
        open = two(distance("top-p")?),
        pure = two(distance("sampling")?),
        closed = two(distance("greedy")?)
    ];
    Some(WORDS.with("summary.tasks", &values))
}

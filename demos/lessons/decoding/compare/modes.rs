//! Does a search find the most probable text? Asked where that text is known.

use concepts::decoding::LanguageModel;
use concepts::evaluation::{Bootstrap, Interval, mean_interval};
use concepts::numerics::rng;
use concepts::numerics::statistics::mean;
use concepts::tasks::{Chain, Reading, Search, Solver, Sought, Task, TasksError, Writer, mode, read, sought};
use rayon::prelude::*;

use super::open::{LANGUAGE, language};
use super::tables::{percent, two};
use super::tasks::{PROMPTS, SOLVERS, TRANSLATION, solvers_of};
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::kit::number::formatted;
use crate::kit::sketch::Sketch;
use crate::kit::text::{Lang, Text};
use crate::lessons::decoding::WORDS;
use crate::{named, row};

/// Beams, and draws of which the most probable is kept: at equal cost.
pub(super) const WIDTHS: [usize; 5] = [1, 2, 4, 8, 16];
/// Words of an open text; a mode of more is found by no search here.
const WORDS_OF_A_TEXT: usize = 20;

/// What the searches made of all prompts of one language.
struct Searched {
    /// By search in the order of [`searches`], by prompt.
    rows: Vec<Vec<Sought>>,
    /// `p(mode)`, its logarithm, on average.
    log_prob: f64,
}

/// Searches in a language of texts that go on, and in one of sentences that end.
pub(super) struct Modes {
    open: Searched,
    sentences: Searched,
    /// The share of most probable sentences that are right, and what they score.
    right: f64,
    score: f64,
    seed: u64,
}

fn searches() -> Vec<Search> {
    WIDTHS.map(Search::Beams).into_iter().chain(WIDTHS.map(Search::Draws)).collect()
}

/// A model, a prompt, and what is most probable after it.
struct Asked<'m, M> {
    model: &'m M,
    prompt: Vec<u32>,
    mode: Vec<u32>,
}

/// All searches at every prompt.
fn searched<M: LanguageModel + Sync>(
    asked: &[Asked<M>],
    longest: usize,
    seed: u64,
) -> Result<Searched, TasksError> {
    let of = |Asked { model, prompt, mode }: &Asked<M>| -> Result<(Vec<Sought>, f64), TasksError> {
        let one = |search| sought(*model, prompt, mode, search, longest, seed);
        let rows: Vec<Sought> = searches().into_iter().map(one).collect::<Result<_, _>>()?;
        let once = rows[WIDTHS.len()].found; // one draw
        Ok((rows, once.ln()))
    };
    let all: Vec<(Vec<Sought>, f64)> =
        asked.par_iter().with_max_len(1).map(of).collect::<Result<_, TasksError>>()?;
    let by_search = |place: usize| all.iter().map(|(rows, _)| rows[place]).collect();
    Ok(Searched {
        rows: (0..2 * WIDTHS.len()).map(by_search).collect(),
        log_prob: mean(&all.iter().map(|(_, log_prob)| *log_prob).collect::<Vec<_>>()),
    })
}

/// Searches in both languages.
pub(super) fn modes(seed: u64) -> Result<Modes, TasksError> {
    let chains: Vec<Chain> =
        (0..SOLVERS).map(|i| language(seed.wrapping_add(i))).collect::<Result<_, _>>()?;
    let writers: Vec<Writer> =
        chains.iter().map(|chain| Writer::new(chain, 0.0, 1)).collect::<Result<_, _>>()?;
    let mut asked = Vec::new();
    for (model, chain) in writers.iter().zip(&chains) {
        for word in (0..PROMPTS).map(|i| i * LANGUAGE / PROMPTS) {
            let mode = chain.most_probable_after(word, WORDS_OF_A_TEXT);
            asked.push(Asked { model, prompt: vec![word as u32], mode });
        }
    }
    let solvers = solvers_of(&TRANSLATION, seed)?;
    let sentences = sentences(&solvers, seed)?;
    let judged = |Asked { prompt, mode, .. }: &Asked<Solver>| match read(&TRANSLATION, mode) {
        Reading::Answer(answer) => {
            (f64::from(u8::from(TRANSLATION.is_right(prompt, &answer))), TRANSLATION.score(prompt, &answer))
        }
        Reading::Open | Reading::Nothing => (0.0, 0.0),
    };
    let (right, score): (Vec<f64>, Vec<f64>) = sentences.iter().map(judged).unzip();
    Ok(Modes {
        open: searched(&asked, WORDS_OF_A_TEXT, seed)?,
        sentences: searched(&sentences, TRANSLATION.longest(), seed)?,
        right: mean(&right),
        score: mean(&score),
        seed,
    })
}

/// The prompts of the translations in the table of tasks, each with its most probable text.
fn sentences<'m, 't>(solvers: &'m [Solver<'t>], seed: u64) -> Result<Vec<Asked<'m, Solver<'t>>>, TasksError> {
    let prompts = solvers.iter().enumerate().flat_map(|(place, model)| {
        let mut draws = rng(seed, &format!("tasks prompts {place}"));
        (0..PROMPTS).map(move |_| (model, TRANSLATION.prompt(&mut draws)))
    });
    let prompts: Vec<(&Solver, Vec<u32>)> = prompts.collect();
    let of = |(model, prompt): &(&'m Solver<'t>, Vec<u32>)| -> Result<Asked<'m, Solver<'t>>, TasksError> {
        let mode = mode(*model, prompt, TRANSLATION.longest())?;
        Ok(Asked { model, prompt: prompt.clone(), mode })
    };
    prompts.par_iter().with_max_len(1).map(of).collect()
}

impl Modes {
    fn found(&self, of: &Searched, place: usize) -> Option<Interval> {
        let values: Vec<f64> = of.rows[place].iter().map(|row| row.found).collect();
        let options = Bootstrap { resamples: 500, seed: self.seed, ..Bootstrap::default() };
        mean_interval(&values, &options).ok()
    }

    /// How often each search finds the mode, and how much less probable is what it finds.
    pub(super) fn table(&self) -> Table {
        let cells = |of: &Searched, place: usize| {
            let found = self.found(of, place).map_or("–".into(), with_interval);
            let behind = mean(&of.rows[place].iter().map(|row| row.behind).collect::<Vec<_>>());
            [found, less(behind)]
        };
        let grid = Grid::new("modes", &WORDS).value("words", WORDS_OF_A_TEXT);
        let shown = searches().into_iter().enumerate().filter(|(_, search)| match search {
            Search::Beams(_) => true,
            Search::Draws(k) => [1, WIDTHS[WIDTHS.len() - 1]].contains(k),
        });
        let rows = shown.map(|(place, search)| {
            let id = match search {
                Search::Beams(1) => "greedy",
                Search::Beams(_) => "beams",
                Search::Draws(1) => "draw",
                Search::Draws(_) => "draws",
            };
            let (Search::Beams(k) | Search::Draws(k)) = search;
            let label = WORDS.with(&format!("modes.{id}"), &named![k]);
            let [[first, behind], [second, short]] = [&self.open, &self.sentences].map(|of| cells(of, place));
            row![label, first, behind, second, short]
        });
        grid.rows(rows).table()
    }

    /// Whether finding it is worth something.
    pub(super) fn note(&self, [greedy, beam]: [f64; 2]) -> Text {
        let values = named![
            right = percent(self.right),
            score = two(self.score),
            greedy = two(greedy),
            beam = two(beam),
            open = short(self.open.log_prob),
            sentence = short(self.sentences.log_prob)
        ];
        WORDS.with("modes_note", &values)
    }

    /// How often the mode is found, against the rows that it costs.
    pub(super) fn figure(&self) -> Figure {
        let points = |of: &Searched, first: usize| {
            let point = |(i, k): (usize, &usize)| {
                self.found(of, first + i).map(|found| (*k as f64, found.estimate, found.low, found.high))
            };
            WIDTHS.iter().enumerate().filter_map(point).collect::<Vec<_>>()
        };
        let draws = WIDTHS.len();
        Sketch::lines("compared-mode", &WORDS, [Log, Linear])
            .value("words", WORDS_OF_A_TEXT)
            .spread("beams-open", points(&self.open, 0))
            .spread("beams-sentences", points(&self.sentences, 0))
            .spread("draws-open", points(&self.open, draws))
            .spread("draws-sentences", points(&self.sentences, draws))
            .figure()
    }
}

/// Two decimals, and of less the digit that counts: where a search misses now and then, it is not level.
fn less(nats: f64) -> String {
    formatted(nats, ".2", Lang::En).unwrap_or_else(|| two(nats))
}

/// A share with its interval.
fn with_interval(of: Interval) -> String {
    let [low, high] = [of.low, of.high].map(|end| format!("{:.0}", 100.0 * end));
    format!("{} [{low}, {high}]", percent(of.estimate))
}

/// A probability of this logarithm, as one in so many.
fn short(log_prob: f64) -> String {
    crate::kit::number::short((-log_prob).exp().round())
}

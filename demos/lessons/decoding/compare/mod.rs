//! The comparison of decoding strategies as a benchmark: `demo decoding --compare`, and `--judge` for texts that
//! another program wrote.
//!
//! Texts come first, numbers after: what is measured is measured in records ([`records`]), whoever wrote them.
//!
//! | file | what it holds |
//! |---|---|
//! | `recipes` | which settings are compared |
//! | `models`, `writer`, `real` | who writes, and who judges; a writer may be any model |
//! | `generate`, `watch` | the texts of all settings, round by round; budget, bar and Ctrl-C |
//! | `records` | texts in a file, one JSON object a line, in both directions |
//! | `source` | written here, or a person's own file |
//! | `assess` | from texts to numbers with intervals |
//! | `matched` | strategies where they are equally strong |
//! | `label`, `tables`, `figures`, `summary`, `worth`, `beside` | what the page shows |
//! | `tasks` | what is advised, where it is known what is right |
//! | `unused` | flags that were given in vain |
//! | `results` | all numbers, for another program |
//! | `study` | the benchmark in small, for claims |

mod assess;
mod beside;
mod figures;
mod generate;
mod label;
mod matched;
mod models;
mod real;
mod recipes;
mod records;
mod results;
mod source;
pub(super) mod study;
mod summary;
mod tables;
pub(super) mod tasks;
mod unused;
mod watch;
mod worth;
mod writer;

use concepts::comparison::Recipe;
use concepts::decoding::speculative_speedup;
use serde_json::json;

use assess::{Against, Assessed};
use source::Source;

use super::WORDS;
use super::knobs;
use crate::kit::findings::{Findings, Item, Table};
use crate::kit::knob::{Refusal, Values};
use crate::kit::lesson::{Benchmark, Setting};
use crate::kit::text::Text;
use crate::named;

/// The second page of the lesson.
pub(super) static BENCHMARK: Benchmark =
    Benchmark { asked, run, prose: "compare", gallery: &[("compare", "")] };

fn asked(values: &Values) -> bool {
    knobs::COMPARE.of(values) || knobs::JUDGE.of(values).is_some()
}

fn run(setting: &Setting) -> Result<Findings, Refusal> {
    let source = Source::new(setting)?;
    let strength = |recipe: &Recipe| source.strength(recipe);
    let judge = &*source.judge.judge;
    let against = Against { known: &source.known, judge, strength: &strength, seed: setting.seed };
    let assessed = Assessed::new(&source.records, &against);
    if assessed.prompts == 0 {
        return Err(Refusal(WORDS.with("refused.judge-unpaired", &named![n = assessed.unpaired])));
    }
    page(setting, &source, &assessed)
}

fn page(setting: &Setting, source: &Source, assessed: &Assessed) -> Result<Findings, Refusal> {
    let matched = matched::matched(assessed, setting.seed);
    let mut f = Findings::default();
    f.words("about", source.about.clone());
    let mut said = notes(source, assessed);
    said.extend(unused::named(&setting.values)?);
    f.notes("compared_notes", said);
    let advised = match knobs::JUDGE.of(&setting.values) {
        Some(_) => None,
        None => Some(tasks::advice(setting.seed)?),
    };
    let of_tasks = advised.as_ref().and_then(|advice| tasks::summary(&advice.tested, &advice.open));
    f.notes("along", figures::along(assessed).into_iter().collect());
    f.notes("say_strength", vec![summary::say(&matched)]);
    f.notes("summary", summary::summary(assessed, &matched, of_tasks));
    f.tables("tasks", advised.iter().map(|advice| tasks::table(&advice.tested)).collect());
    f.tables("open_ended", advised.iter().map(|advice| tasks::open_table(&advice.open)).collect());
    let tested = advised.as_ref().map(|advice| advice.tested.as_slice());
    f.tables("worth", worth::table(assessed, &matched, &source.records, tested).into_iter().collect());
    f.table("beam_memory", tables::beam_memory());
    f.number("unseen", advised.as_ref().map_or(0.0, |advice| tasks::unseen(&advice.tested)));
    f.number("n_solvers", tasks::SOLVERS as f64);
    f.number("n_instances", tasks::PROMPTS as f64);
    f.number("n_prompts", assessed.prompts as f64);
    f.number("n_resamples", assess::RESAMPLES as f64);
    f.number("interval", assess::LEVEL);
    f.tables("nearest", filled(tables::nearest(assessed)));
    f.tables("matched", tables::matched(&matched));
    f.tables("matched_otherwise", tables::matched_otherwise(assessed, &matched));
    f.note("matched_note", matched_note(&matched));
    f.tables("whole", filled(tables::whole(assessed)));
    f.notes("beside", beside::texts(&source.records));
    f.table("all_settings", tables::all(assessed));
    f.tables("compared_cost", filled(tables::cost(assessed)));
    for (id, figure) in FIGURES.into_iter().zip(figures::figures(assessed)) {
        match figure {
            Some(figure) => f.add(id, Item::Figure(Box::new(figure))),
            None => f.note(id, None),
        }
    }
    f.figure(figures::speculative(speedups()?, COST));
    let about = json!({ "seed": setting.seed, "prompts": assessed.prompts, "texts": source.records.len() });
    f.results(results::results(assessed, &matched, &about));
    if let Some(path) = knobs::EXPORT.of(&setting.values) {
        f.file("export", path.into(), records::lines(&source.records));
    }
    Ok(f)
}

/// A table, if it has rows.
fn filled(table: Table) -> Vec<Table> {
    if table.rows.is_empty() { Vec::new() } else { vec![table] }
}

/// The ids of the figures, in their order.
const FIGURES: [&str; 4] = ["compared-trade", "compared-strength", "compared-heat", "compared-position"];

/// What was left out, and what a reader must know.
fn notes(source: &Source, assessed: &Assessed) -> Vec<Text> {
    let mut notes = source.notes.clone();
    if assessed.unpaired > 0 {
        notes.push(WORDS.with("compared.unpaired", &named![n = assessed.unpaired, of = assessed.prompts]));
    }
    if assessed.empty > 0 {
        notes.push(WORDS.with("compared.empty", &named![n = assessed.empty]));
    }
    if assessed.human().is_none() && source.writer.is_none() {
        notes.push(WORDS.get("compared.no-human"));
    }
    if assessed.prompts < 2 {
        notes.push(WORDS.get("compared.one-prompt"));
    }
    notes
}

/// How many prompts would show the smallest differences that were not shown.
fn matched_note(cells: &[matched::Cell]) -> Option<Text> {
    use concepts::evaluation::Difference;
    let hidden: Vec<usize> = cells
        .iter()
        .filter(|cell| cell.axis == matched::Axis::Entropy && !cell.is_base())
        .filter(|cell| cell.shown() == Difference::NotShown)
        .filter_map(|cell| cell.needed)
        .collect();
    let middle = {
        let mut sorted = hidden.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied()?
    };
    Some(WORDS.with("compared.needed", &named![n = hidden.len(), middle]))
}

/// What a draft costs beside the model, as one of a twentieth of the size does.
const COST: f64 = 0.05;

/// Proposed tokens, and the speed-up at each acceptance rate.
type Speedup = (usize, Vec<(f64, f64)>);

/// The speed of speculative decoding by acceptance, for some numbers of proposed tokens.
fn speedups() -> Result<Vec<Speedup>, Refusal> {
    let curve = |gamma: u32| {
        let points = (0..=19).map(|i| f64::from(i) / 20.0);
        let each = points.map(|alpha| Ok((alpha, speculative_speedup(alpha, gamma, COST)?)));
        Ok((gamma as usize, each.collect::<Result<Vec<_>, Refusal>>()?))
    };
    [2, 4, 8].into_iter().map(curve).collect()
}

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
//! | `records`, `pieces`, `twice` | texts in a file, one JSON object a line or an array of them, in both directions |
//! | `source`, `starts`, `judged` | written here, after held-out text or a person's own words; or their own file |
//! | `assess` | from texts to numbers with intervals |
//! | `matched` | strategies where they are equally strong |
//! | `samplers` | the fast samplers: their memory, and what to time |
//! | `label`, `tables`, `cost`, `figures`, `summary`, `worth`, `beside` | what the page shows |
//! | `notes` | what was left out, and what a reader must know |
//! | `tasks`, `open`, `dialogue` | what is advised, where it is known what is right, and how people write |
//! | `advised`, `modes` | the advice row by row; whether searches find the most probable text |
//! | `unused` | flags that were given in vain |
//! | `results` | all numbers, for another program |
//! | `study` | the benchmark in small, for claims |

mod advised;
mod assess;
mod beside;
pub(super) mod cost;
mod dialogue;
mod figures;
mod generate;
mod judged;
mod label;
mod matched;
mod models;
mod modes;
mod notes;
pub(super) mod open;
mod pieces;
mod real;
mod recipes;
mod records;
mod results;
pub(super) mod samplers;
mod source;
mod starts;
pub(super) mod study;
mod summary;
mod tables;
pub(super) mod tasks;
mod twice;
mod unused;
mod watch;
mod worth;
mod writer;

use concepts::comparison::{Measure, Recipe};
use serde_json::json;

use assess::{Against, Assessed, Row};
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
    Benchmark { asked, run, prose: "compare", gallery: &[("compare", "")], parts: None };

pub(super) fn asked(values: &Values) -> bool {
    knobs::COMPARE.of(values) || knobs::JUDGE.of(values).is_some()
}

/// What to say while a person's own model writes. The built-in ones are quick.
pub(super) fn waiting(values: &Values) -> Option<Text> {
    let writes = knobs::COMPARE.of(values) && knobs::JUDGE.of(values).is_none();
    writes.then(|| models::waiting(values))?
}

fn run(setting: &Setting) -> Result<Findings, Refusal> {
    let source = Source::new(setting)?;
    let strength = |recipe: &Recipe| source.strength(recipe);
    let judge = &*source.judge.judge;
    let read = source.writer.is_none();
    let against = Against { known: &source.known, read, judge, strength: &strength, seed: setting.seed };
    let assessed = Assessed::new(&source.records, &against);
    if assessed.prompts == 0 {
        // Whoever writes here writes after the same prompts.
        let blank = || Refusal(WORDS.get("refused.compare-blank"));
        return Err(if read { judged::unpaired(&source.records, &[]) } else { blank() });
    }
    page(setting, &source, &assessed)
}

fn page(setting: &Setting, source: &Source, assessed: &Assessed) -> Result<Findings, Refusal> {
    let matched = matched::matched(assessed, setting.seed);
    let mut f = Findings::default();
    f.words("intro", source.intro.clone());
    f.words("about", source.about.clone());
    let mut said = notes::of_measures(source, assessed);
    said.extend(unused::named(&setting.values)?);
    f.notes("compared_notes", said);
    let advised = match knobs::JUDGE.of(&setting.values) {
        Some(_) => None,
        None => Some(tasks::advice(setting.seed)?),
    };
    let of_tasks = advised.as_ref().and_then(|advice| tasks::summary(&advice.tested, &advice.open));
    f.notes("summary", summary::summary(assessed, &matched, of_tasks));
    let tested = advised.as_ref().map(|advice| advice.tested.as_slice());
    f.tables("worth", worth::table(assessed, &matched, &source.records, tested).into_iter().collect());
    f.extend(measured(source, assessed, &matched));
    f.extend(advised_items(advised.as_deref(), setting.seed));
    f.extend(costs(source, assessed, setting.seed)?);
    f.note(
        "intervals",
        notes::intervals(assessed, matched.iter().any(|cell| cell.decidable && !cell.is_base())),
    );
    // A person's own file has the texts already, and nothing of it is timed.
    let written_here = |id| source.writer.is_some().then(|| WORDS.get(id));
    f.note("times_below", written_here("compared.times"));
    f.words("files_said", WORDS.get(if matched.is_empty() { "files_said.all" } else { "files_said" }));
    f.note("has_texts", written_here("compared.has-texts"));
    f.table("all_settings", tables::all(assessed));
    let about = json!({ "seed": setting.seed, "prompts": assessed.prompts, "texts": source.records.len() });
    f.results(results::results(assessed, &matched, &about));
    if let Some(path) = knobs::EXPORT.of(&setting.values) {
        f.file("export", path.into(), records::lines(&source.records));
    }
    Ok(f)
}

/// What the texts show, as tables and figures.
fn measured(source: &Source, assessed: &Assessed, matched: &[matched::Cell]) -> Findings {
    let mut f = Findings::default();
    let nearest = tables::nearest_rows(assessed);
    f.tables("nearest", filled(tables::nearest(assessed)));
    f.tables("whole", filled(tables::whole(assessed)));
    f.note("js", assessed.human().map(|_| WORDS.get("js")));
    f.note("known_mark", known_mark(assessed));
    f.note("likeness", tables::likeness(assessed));
    f.tables("matched", tables::matched(matched));
    f.tables("matched_otherwise", tables::matched_otherwise(assessed, matched));
    f.note("matched_note", matched_note(matched));
    f.note("say_strength", summary::say(matched));
    f.note("heats", summary::heats(assessed));
    let figures = figures::figures(assessed);
    let followed = figures.last().is_some_and(Option::is_some);
    for (id, figure) in FIGURES.into_iter().zip(figures) {
        match figure {
            Some(figure) => f.add(id, Item::Figure(Box::new(figure))),
            None => f.note(id, None),
        }
    }
    f.note("along", figures::along(assessed));
    f.note("along_why", followed.then(|| along_why(source, assessed)));
    figures::curves(assessed).into_iter().for_each(|(id, said)| f.note(id, said));
    f.notes("beside", beside::texts(&source.records, &nearest, source.writer.is_none()));
    f
}

/// Known words of people: the mark to reach.
fn known_mark(assessed: &Assessed) -> Option<Text> {
    let people = assessed.interval(assessed.human()?, Measure::Known).estimate;
    if !people.is_finite() {
        return None;
    }
    // What is written as 100 % is no mark below it.
    Some(match tables::percent(people).as_str() {
        "100 %" => WORDS.get("known_mark.all"),
        share => WORDS.with("known_mark", &named![people = share]),
    })
}

/// Why surprise goes along the text as it does.
fn along_why(source: &Source, assessed: &Assessed) -> Text {
    let loops = |row: &Row| row.measured.of(Measure::Loops).iter().any(|share| *share > 0.0);
    WORDS.get(match &source.writer {
        Some(writer) if writer.is_short_sighted() => {
            if figures::searches_begin_low(assessed) {
                "along_why.ngram"
            } else {
                "along_why.blind"
            }
        }
        Some(_) if !assessed.written().any(loops) => "along_why.short",
        _ => "along_why",
    })
}

/// What is advised, where it was tested.
fn advised_items(advised: Option<&tasks::Advice>, seed: u64) -> Findings {
    let mut f = Findings::default();
    let rows = advised.map(|advice| advised::Advised::new(advice, seed));
    f.tables("advised", rows.iter().map(advised::Advised::table).collect());
    f.notes("advised_notes", rows.iter().flat_map(advised::Advised::notes).collect());
    f.tables("tasks", advised.map(|advice| tasks::table(&advice.tested)).into_iter().collect());
    f.tables("open_ended", advised.map(|advice| open::open_table(&advice.open)).into_iter().collect());
    f.tables("modes", advised.map(|advice| advice.modes.table()).into_iter().collect());
    f.note("modes_note", advised.and_then(|advice| Some(advice.modes.note(tasks::scores(&advice.tested)?))));
    match advised {
        Some(advice) => f.figure(advice.modes.figure()),
        None => f.note("compared-mode", None),
    }
    f.note("solvers", advised.map(|_| tasks::solvers()));
    f.note("tasks_chance", advised.and_then(|advice| tasks::chance(&advice.tested)));
    let unseen = advised.map_or(0.0, |advice| tasks::unseen(&advice.tested));
    f.words("unseen", Text::same(format!("{:.2} %", 100.0 * unseen)));
    f
}

/// What it costs. Of a person's own texts nothing is known but what their file says.
fn costs(source: &Source, assessed: &Assessed, seed: u64) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let counted = filled(cost::cost(assessed));
    let known = source.writer.is_some() || !counted.is_empty();
    f.tables("compared_cost", counted);
    f.tables("sampler_memory", known.then(|| samplers::memory(seed)).transpose()?.into_iter().collect());
    f.tables("beam_memory", known.then(cost::beam_memory).into_iter().collect());
    f.words("draft_cost", Text::same(tables::percent(cost::DRAFT)));
    let speeds = cost::speeds(seed)?;
    f.tables("speculated", known.then(|| cost::speculated(&speeds)).into_iter().collect());
    let figure = figures::speculative(&speeds, cost::DRAFT);
    match known {
        true => f.figure(figure),
        false => f.note(figure.id, None),
    }
    Ok(f)
}

/// A table, if it has rows.
fn filled(table: Table) -> Vec<Table> {
    if table.rows.is_empty() { Vec::new() } else { vec![table] }
}

/// The ids of the figures, in their order.
const FIGURES: [&str; 4] = ["compared-trade", "compared-strength", "compared-heat", "compared-position"];

/// How many prompts would show the smallest differences that were not shown.
fn matched_note(cells: &[matched::Cell]) -> Option<Text> {
    use concepts::evaluation::Difference;
    let hidden: Vec<usize> = cells
        .iter()
        // Where too few prompts could show any difference, no cell has a sign.
        .filter(|cell| cell.axis == matched::Axis::Entropy && !cell.is_base() && cell.decidable)
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

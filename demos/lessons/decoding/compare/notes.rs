//! What was left out of a run, and what a reader must know of it.

use std::collections::BTreeSet;

use concepts::comparison::{Family, Measure, Recipe, Record};

use super::assess::{Assessed, FEWEST, LEVEL, RESAMPLES, Row};
use super::generate::{Generated, Size, Starts};
use super::source::Source;
use super::tables::{percent, short_number};
use super::writer::Writer;
use super::{label, models};
use crate::kit::knob::Values;
use crate::kit::text::Text;
use crate::lessons::decoding::steps::joined;
use crate::lessons::decoding::{WORDS, knobs};
use crate::named;

/// Means of lengths that are further apart than this are named.
const UNEQUAL: f64 = 1.2;

/// Of how far the writing came, beside what was asked for.
pub(super) fn of_writing(generated: &Generated, asked: Size, tokens: usize) -> Vec<Text> {
    let mut notes = Vec::new();
    let size = generated.size;
    if let Some(done) = generated.ended {
        notes.push(WORDS.with("compared.ended", &named![done, of = size.prompts]));
    }
    if size.each < asked.each {
        notes.push(WORDS.with("compared.ended-texts", &named![done = size.each, of = asked.each]));
    }
    if let Some(seconds) = generated.late {
        notes.push(WORDS.with("compared.late", &named![seconds]));
    }
    if size.tokens < tokens {
        let (given, short) = (tokens, size.tokens);
        notes.push(WORDS.with("compared.shorter", &named![given, short]));
    }
    notes
}

/// Of texts beyond those that were asked for: prompts are not left out, and all have as many.
pub(super) fn more_texts(asked: usize, size: Size) -> Option<Text> {
    let texts = size.prompts * size.each;
    (texts > asked).then(|| WORDS.with("compared.more-texts", &named![asked, texts]))
}

/// Of flags that change less than one would think.
pub(super) fn of_flags(values: &Values, recipes: &[Recipe], records: &[Record]) -> Vec<Text> {
    let mut notes = Vec::new();
    let there = |family: Family| recipes.iter().any(|recipe| recipe.family == family);
    if values.given(&knobs::LENGTH_PENALTY) && there(Family::Beam) && equally_long(records) {
        notes.push(WORDS.get("compared.length-penalty"));
    }
    if values.given(&knobs::K) && knobs::K.of(values) == 0 && there(Family::TopK) {
        notes.push(WORDS.get("compared.k-zero"));
    }
    if !there(Family::Temperature) {
        notes.push(WORDS.get("compared.no-temperature"));
    }
    if models::own_file(values).is_some() {
        notes.push(WORDS.get("compared.own-model"));
    }
    notes
}

/// Of prompts that are the same text as another, which count once.
pub(super) fn same_prompts(records: &[Record], prompts: usize) -> Option<Text> {
    let distinct: BTreeSet<&str> = records.iter().map(|record| record.prompt.as_str()).collect();
    let n = prompts.saturating_sub(distinct.len());
    (n > 0).then(|| WORDS.with("compared.same-prompts", &named![n]))
}

/// Characters named where a text has more that a model never read.
const NAMED: usize = 12;

/// Characters of a person's prompts that the training text does not have: the writer spells them byte by byte.
pub(super) fn unread(starts: &Starts, writer: &dyn Writer, training: &str) -> Option<Text> {
    let Starts::Own(own) = starts else { return None };
    let prompts: String = own.iter().map(|prompt| writer.decode(prompt)).collect();
    strange(&prompts, training, ["compared.unread", "compared.unread-many"])
}

/// Characters of a person's texts that the judge has not read.
pub(super) fn unjudged(records: &[Record], learned: &str) -> Option<Text> {
    let texts: String = records.iter().map(|record| record.text.as_str()).collect();
    strange(&texts, learned, ["compared.unjudged", "compared.unjudged-many"])
}

/// What is said of the characters of a text that another text does not have; `many`: where not all are named.
fn strange(text: &str, known: &str, [few, many]: [&str; 2]) -> Option<Text> {
    let known: BTreeSet<char> = known.chars().collect();
    let strange: BTreeSet<char> = text.chars().filter(|character| !known.contains(character)).collect();
    let shown: String = strange.iter().take(NAMED).collect();
    let more = strange.len().saturating_sub(NAMED);
    let values = named![n = strange.len(), shown, more];
    (!strange.is_empty()).then(|| WORDS.with(if more == 0 { few } else { many }, &values))
}

/// Names of special tokens in a person's prompts.
pub(super) fn marks(starts: &Starts, writer: &dyn Writer) -> Option<Text> {
    let Starts::Own(own) = starts else { return None };
    let prompts: Vec<String> = own.iter().map(|prompt| writer.decode(prompt)).collect();
    writer.marks(&prompts.join("\n"))
}

/// Have all texts of beams as many tokens?
fn equally_long(records: &[Record]) -> bool {
    let beams = records.iter().filter(|record| record.strategy == Family::Beam.word());
    let mut lengths: Vec<usize> = beams.filter_map(|record| Some(record.log_probs.as_ref()?.len())).collect();
    lengths.dedup();
    lengths.len() == 1
}

/// Of what was measured.
pub(super) fn of_measures(source: &Source, assessed: &Assessed) -> Vec<Text> {
    let mut notes = source.notes.clone();
    if assessed.unpaired > 0 {
        notes.push(WORDS.with("compared.unpaired", &named![n = assessed.unpaired, of = assessed.prompts]));
    }
    if assessed.empty > 0 {
        notes.push(WORDS.with("compared.empty", &named![n = assessed.empty]));
    }
    notes.extend(silent(&source.records));
    if assessed.human().is_none() && source.writer.is_none() {
        notes.push(WORDS.get("compared.no-human"));
    }
    if assessed.human().is_some_and(|human| human.log_probs.iter().flatten().any(|ln| ln.is_infinite())) {
        notes.push(WORDS.get("compared.infinite"));
    }
    notes.extend(unequal(assessed));
    if assessed.prompts < 2 {
        notes.push(WORDS.get("compared.one-prompt"));
    } else if let Some(human) = assessed.human().filter(|_| assessed.prompts < FEWEST) {
        let id = if human.read { "compared.few-prompts-read" } else { "compared.few-prompts" };
        notes.push(WORDS.with(id, &named![n = assessed.prompts, fewest = FEWEST]));
    }
    notes
}

/// What intervals and arrows rest on, as far as the page has any: one prompt has no interval, and without people nothing
/// is marked beside them.
pub(super) fn intervals(assessed: &Assessed, has_signs: bool) -> Option<Text> {
    (assessed.prompts > 1).then_some(())?;
    let interval = percent(LEVEL);
    let mut said = vec![
        WORDS.with("intervals", &named![interval, n_prompts = assessed.prompts, n_resamples = RESAMPLES]),
    ];
    if assessed.human().is_some() && assessed.prompts >= FEWEST {
        said.push(WORDS.get("intervals.people"));
    }
    if has_signs {
        said.push(WORDS.get("intervals.strength"));
    }
    Some(Text::joined(&said, [" ", ""]))
}

/// Strategies that wrote nothing that can be seen: no table has them.
fn silent(records: &[Record]) -> Option<Text> {
    let mut strategies: Vec<&str> = Vec::new();
    for record in records {
        if !strategies.contains(&record.strategy.as_str()) {
            strategies.push(&record.strategy);
        }
    }
    let blank = |strategy: &&str| {
        records
            .iter()
            .filter(|record| record.strategy == **strategy)
            .all(|record| record.text.trim().is_empty())
    };
    let name = |strategy: &str| Family::named(strategy).map_or_else(|| Text::same(strategy), label::family);
    let names = joined("list.names", strategies.into_iter().filter(blank).map(name))?;
    Some(WORDS.with("compared.silent", &named![names]))
}

/// All settings whose texts read as long as those of this one.
fn as_long(assessed: &Assessed, row: &Row) -> Text {
    let length = |row: &Row| short_number(assessed.interval(row, Measure::Length).estimate);
    let same = assessed.rows.iter().filter(|other| length(other) == length(row)).map(label::row);
    joined("list.names", same).unwrap_or_else(|| label::row(row))
}

/// The shortest and the longest texts, if they are far apart: what repeats and what is alike depends on length.
fn unequal(assessed: &Assessed) -> Option<Text> {
    let length = |row: &Row| assessed.interval(row, Measure::Length).estimate;
    let known = || assessed.rows.iter().filter(|row| length(row).is_finite());
    let shortest = known().min_by(|a, b| length(a).total_cmp(&length(b)))?;
    let longest = known().max_by(|a, b| length(a).total_cmp(&length(b)))?;
    let values = named![
        shortest = as_long(assessed, shortest),
        low = short_number(length(shortest)),
        longest = as_long(assessed, longest),
        high = short_number(length(longest))
    ];
    let said = || WORDS.with("compared.unequal", &values);
    (length(longest) > UNEQUAL * length(shortest)).then(said)
}

//! What is learned from a real text: the tokens, and how the text shortens.

use std::cmp::Ordering;
use std::path::PathBuf;

use concepts::tokenizer::bpe::{BpeOptions, ReadableTrainer, count_words};

use super::shown_tokens::{one_line, shown};
use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::lessons::tokenization::WORDS;
use crate::lessons::tokenization::corpus::Corpus;
use crate::lessons::tokenization::experiments::growth::{Point, growth};
use crate::lessons::tokenization::experiments::held_out::measured;
use crate::lessons::tokenization::learn::{Algorithm, unigram_share};
use crate::lessons::tokenization::setup::{Setup, wanted};
use crate::{named, row};

/// Tokens in a row of the list.
const LISTED: usize = 10;

pub(crate) fn learned(setup: &Setup, f: &mut Findings) {
    f.words("corpus", setup.corpus.name.clone());
    let on = if setup.loaded.is_some() { "on-corpus.measured" } else { "on-corpus.learned" };
    f.words("on_corpus", WORDS.with(on, &named![corpus = setup.corpus.name.clone()]));
    f.number("corpus_bytes", setup.corpus.training.len() as f64);
    f.number("vocabulary", setup.tokenizer.len() as f64);
    f.words("algorithm", Text::same(setup.algorithm.name()));
    f.note("note_small", too_small(setup));
    let sampled = setup.algorithm == Algorithm::Unigram && setup.loaded.is_none();
    let share = unigram_share(&setup.corpus);
    f.note("note_sampled", (sampled && share < 1.0).then(|| WORDS.with("note_sampled", &named![share])));
    f.note("note_cut", said_cut(&setup.corpus));
    f.note("note_undivided", setup.corpus.undivided.then(|| WORDS.get("note_undivided")));
    f.table("tokens", tokens(setup));
    f.table("growth", table(&growth(setup), setup.corpus.undivided));
    let traced = setup.trace.then(|| trace(setup));
    let no_merge = traced.as_ref().is_some_and(Vec::is_empty);
    f.note("note_untraced", no_merge.then(|| WORDS.get("note_untraced")));
    f.tables("trace", traced.unwrap_or_default());
    f.note("note_files", files(setup));
}

/// Fewer tokens than were asked for.
fn too_small(setup: &Setup) -> Option<Text> {
    let made = if setup.loaded.is_some() { return None } else { setup.made() };
    let asked = wanted(setup.size);
    let merging = setup.algorithm != Algorithm::Unigram;
    let id = match made.cmp(&asked) {
        Ordering::Equal => return None,
        Ordering::Greater if merging => "note_small.alphabet",
        Ordering::Greater => "note_small.characters",
        Ordering::Less if merging => "note_small.no-pair",
        Ordering::Less => "note_small.no-piece",
    };
    Some(WORDS.with(id, &named![made, asked]))
}

/// A character that the file begins and does not end.
fn said_cut(corpus: &Corpus) -> Option<Text> {
    (corpus.cut > 0).then(|| WORDS.with("note_cut", &named![bytes = corpus.cut]))
}

fn files(setup: &Setup) -> Option<Text> {
    let said = |id: &str, path: &PathBuf| WORDS.with(id, &named![path = name(&path.display().to_string())]);
    let loaded = setup.loaded.as_ref().map(|file| said("note_files.loaded", &file.path));
    let saved = setup.save.as_ref().map(|path| said("note_files.saved", path));
    match (loaded, saved) {
        (Some(loaded), Some(saved)) => Some(WORDS.with("note_files.both", &named![loaded, saved])),
        (loaded, saved) => loaded.or(saved),
    }
}

/// Tokens from the beginning, the middle and the end of the list, in the order of their ids; of a short
/// list, all.
fn tokens(setup: &Setup) -> Table {
    let all = setup.tokenizer.len();
    // Without merges there is only the alphabet to show.
    let first = if setup.first_learned() < all { setup.first_learned() } else { 0 };
    let learned = all - first;
    let starts: Vec<usize> = if learned <= 4 * LISTED {
        (first..all).step_by(LISTED).collect()
    } else {
        vec![first, first + learned / 4, first + learned / 2, all - LISTED]
    };
    let row = |&start: &usize| {
        let end = (start + LISTED).min(all);
        let shown: Vec<String> = (start..end).map(|id| shown(&setup.tokenizer, id as u32)).collect();
        let ids = if end - start > 1 { format!("{start}–{}", end - 1) } else { start.to_string() };
        row![ids, shown.join("  ")]
    };
    Grid::new("tokens", &WORDS).rows(starts.iter().map(row)).table()
}

/// Of a text too short to hold anything out the two rates are of the same text: one of them is shown.
fn table(points: &[Point], undivided: bool) -> Table {
    if undivided {
        let row = |at: &Point| row![at.merges, at.vocabulary, at.held_out_tokens, at.training];
        let table = Grid::new("growth_undivided", &WORDS).rows(points.iter().map(row)).table();
        return table;
    }
    let row = |at: &Point| row![at.merges, at.vocabulary, at.held_out_tokens, at.held_out, at.training];
    Grid::new("growth", &WORDS).rows(points.iter().map(row)).table()
}

/// Merges that are traced, and pairs shown before each.
const TRACED: usize = 12;
const PAIRS: usize = 6;

/// The most frequent pairs before each of the first merges on the corpus; nothing where no two symbols are neighbours.
fn trace(setup: &Setup) -> Vec<Table> {
    let words = count_words(setup.bpe.pre.split(measured(&setup.corpus.training)));
    let options = BpeOptions { base: setup.bpe.bpe.base(), merges: TRACED, ..BpeOptions::default() };
    let Ok(trainer) = ReadableTrainer::new(&words, &options) else { return Vec::new() };
    let row = |(i, step): (usize, concepts::tokenizer::bpe::Step)| {
        let pair = |pair: &concepts::tokenizer::bpe::PairCount| {
            let mark = match () {
                () if pair.pair == step.merged => " ●",
                () if step.ties.contains(&pair.pair) => " ○",
                () => "",
            };
            let shown =
                |symbol: &concepts::tokenizer::Symbol| one_line(&symbol.to_string()).replace(' ', "␣");
            format!("{}+{} {}{mark}", shown(&pair.pair.0), shown(&pair.pair.1), pair.count)
        };
        let shown: Vec<String> = step.counts.iter().take(PAIRS).map(pair).collect();
        row![i + 1, one_line(&step.token().to_string()).replace(' ', "␣"), shown.join("  ")]
    };
    let mut steps = trainer.enumerate().map(row).peekable();
    if steps.peek().is_none() { Vec::new() } else { vec![Grid::new("trace", &WORDS).rows(steps).table()] }
}

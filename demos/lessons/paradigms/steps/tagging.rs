//! A sentence tagged by a hidden Markov model, and how well that goes.

use std::cmp::Ordering;

use concepts::classical::{ClassicalError, Language, every_path, tagged};
use concepts::numerics::statistics::proportion_interval;

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::paradigms::WORDS;
use crate::lessons::paradigms::experiments::tagging::{By, Right, left_out};
use crate::lessons::paradigms::setup::Setup;
use crate::{named, row};

/// Paths that the page tries one by one.
const TRIED: f64 = 20_000.0;
/// Of 95 intervals in 100 the share lies inside.
const Z: f64 = 1.96;

pub(crate) fn tagging(setup: &Setup) -> Result<Findings, ClassicalError> {
    let mut f = Findings::default();
    f.formula(
        "f_hidden",
        r"P(y, x) = \pi(y_1)\,B(y_1, x_1)\,\prod_{t=2}^{n} A(y_{t-1}, y_t)\,B(y_t, x_t)",
        "P(y, x) = π(y₁)·B(y₁, x₁)·Π A(yₜ₋₁, yₜ)·B(yₜ, xₜ)",
    );
    f.formula(
        "f_viterbi",
        r"\delta_t(j) = \max_i\left(\delta_{t-1}(i) + \ln A(i, j)\right) + \ln B(j, x_t)",
        "δₜ(j) = maxᵢ (δₜ₋₁(i) + ln A(i, j)) + ln B(j, xₜ)",
    );
    let (n, k) = (setup.words.len(), setup.tagger.names().len());
    f.words("text", Text::same(setup.text.clone()));
    f.number("n", n as f64);
    f.number("tags", k as f64);
    f.number("symbols", setup.tagger.model().symbols() as f64);
    f.number("tag_smoothing", setup.tag_smoothing);
    f.number("tagged_sentences", tagged(setup.language).len() as f64);
    f.words("tagged_in", WORDS.get(in_language(setup.language)));
    f.table("tagged", table(setup)?);
    paths(setup, &mut f)?;
    let unknown = setup.words.iter().filter(|word| !setup.tagger.knows(word)).count();
    f.note("note_unknown", (unknown > 0).then(|| WORDS.with("note_unknown", &named![unknown, words = n])));
    f.note("note_cut", (setup.language == Language::Chinese).then(|| WORDS.get("note_cut")));
    let by_all = left_out_by_all(setup)?;
    f.table("taggers", taggers(&by_all));
    f.words("taggers_said", taggers_said(&by_all));
    Ok(f)
}

pub(crate) fn in_language(language: Language) -> &'static str {
    match language {
        Language::English => "languages.english",
        Language::Chinese => "languages.chinese",
    }
}

/// The name of a tag.
pub(crate) fn tag_name(tag: &str) -> Text {
    WORDS.get(&format!("tag.{}", tag.to_lowercase()))
}

/// Each word with its tag on the best path, and how sure that is over all paths.
fn table(setup: &Setup) -> Result<Table, ClassicalError> {
    let symbols = setup.tagger.symbols(&setup.words);
    let marginals = setup.tagger.model().chain(&symbols)?.marginals()?;
    let names = setup.tagger.names();
    let grid = Grid::new("tagged", &WORDS);
    let rows: Vec<_> = setup
        .words
        .iter()
        .enumerate()
        .map(|(t, word)| {
            let known = grid.word(if setup.tagger.knows(word) { "known" } else { "unknown" });
            let tag = setup.decoded.tags[t];
            let rival =
                (0..names.len()).filter(|&j| j != tag).fold(None, |best: Option<usize>, j| match best {
                    Some(best) if marginals[[t, best]] >= marginals[[t, j]] => Some(best),
                    _ => Some(j),
                });
            let second = rival.map_or(Text::same(""), |j| tag_name(&names[j]));
            row![word.as_str(), known, tag_name(&names[tag]), marginals[[t, tag]], second]
        })
        .collect();
    Ok(grid.rows(rows).table())
}

/// How many paths there are, and the first words tried by all of them.
fn paths(setup: &Setup, f: &mut Findings) -> Result<(), ClassicalError> {
    let (n, k) = (setup.words.len() as f64, setup.tagger.names().len() as f64);
    let (paths, steps) = (k.powf(n), (n - 1.0) * k * k + k);
    f.number("paths", paths);
    let id = if steps < paths { "viterbi_said" } else { "viterbi_said.short" };
    f.words("viterbi_said", WORDS.with(id, &named![steps]));
    let few = ((TRIED.ln() / k.ln()).floor() as usize).clamp(1, setup.words.len());
    let symbols = setup.tagger.symbols(&setup.words[..few]);
    let all = every_path(&setup.tagger.model().chain(&symbols)?)?;
    let most = all.iter().map(|path| path.1).fold(f64::NEG_INFINITY, f64::max);
    let found = setup.tagger.model().viterbi(&symbols)?;
    let sum: f64 = all.iter().map(|path| path.1.exp()).sum();
    f.number("tried_words", few as f64);
    f.number("tried", all.len() as f64);
    f.number("best_off", (most - found.ln_probability).abs());
    f.number("sum_off", (sum.ln() - setup.tagger.model().forward(&symbols)?).abs());
    Ok(())
}

/// Each sentence tagged by what the others say: by the chain, by each word alone, by the commonest tag.
fn left_out_by_all(setup: &Setup) -> Result<[Right; 3], ClassicalError> {
    let sentences = tagged(setup.language);
    let of = |by| left_out(&sentences, by, setup.tag_smoothing);
    Ok([of(By::Chain)?, of(By::WordAlone)?, of(By::Commonest)?])
}

fn taggers(by_all: &[Right; 3]) -> Table {
    let mut grid = Grid::new("taggers", &WORDS);
    for (id, right) in ["chain", "word", "commonest"].into_iter().zip(by_all) {
        let &Right { words, of_words, .. } = right;
        let (low, high) = proportion_interval(words, of_words, Z);
        let interval = WORDS.with("interval", &named![low, high]);
        let share = Text::same(format!("{words}/{of_words}"));
        grid = grid.said(id, row![share, right.word_share(), interval, right.sentence_share()]);
    }
    grid.table()
}

fn taggers_said([chain, alone, _]: &[Right; 3]) -> Text {
    let id = match chain.words.cmp(&alone.words) {
        Ordering::Greater => "taggers_said",
        Ordering::Equal => "taggers_said.same",
        Ordering::Less => "taggers_said.worse",
    };
    WORDS.with(id, &named![more = chain.words.abs_diff(alone.words), of_words = chain.of_words])
}

//! C17: what training WordPiece takes.

use concepts::tokenizer::wordpiece::{Criterion, Ties, Until, train};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree;
use crate::lessons::tokenization::experiments::counting::{Counted, Score, from_counts};
use crate::lessons::tokenization::experiments::prose::frequent_words;

/// Merges, and the words of the English text that they are learned from. So few that cutting all words anew
/// for each pair, which is a control, stays a matter of milliseconds.
const MERGES: usize = 20;
const WORDS: usize = 60;

/// Merges that the library makes too under a criterion.
fn agreeing(words: &[(String, u64)], own: &Counted, criterion: Criterion) -> f64 {
    let training = train(words, criterion, Ties::FirstMet, Until::Merges(MERGES));
    let join = |(left, right): &(String, String)| format!("{left}{}", right.trim_start_matches("##"));
    let theirs = training.iter().flat_map(|training| training.merges.iter().map(join));
    own.merged.iter().zip(theirs).filter(|(a, b)| *a == b).count() as f64
}

/// C17: a language model must be trained. A world is two trainers, by the ratio and by the likelihood.
pub(crate) fn needs_a_model(c: &mut Case) -> Checked {
    let words = frequent_words(WORDS);
    let by = |score| from_counts(&words, score, MERGES);
    let (ratio, likelihood, pairs, anew) =
        (by(Score::Ratio), by(Score::Likelihood), by(Score::Pairs), by(Score::CutAnew));
    let readings = |one: &Counted, other: &Counted| {
        one.words_read.max(other.words_read) as f64 / pairs.words_read as f64
    };
    c.value("merges", MERGES).value("words", WORDS);
    c.as_written(|t| {
        t.at_least("slower", readings(&ratio, &likelihood), 2.0).over(words.len() * MERGES);
    });
    c.value("read", likelihood.words_read).value("scored", ratio.scored);
    c.corrected(Degree::Wrong, [&ratio, &likelihood], |t, [ratio, likelihood]: [&Counted; 2]| {
        let merges = MERGES as f64;
        t.exactly("ratio", agreeing(&words, ratio, Criterion::Ratio), merges).over(words.len());
        t.exactly("likelihood", agreeing(&words, likelihood, Criterion::Likelihood), merges)
            .over(words.len());
        t.exactly("readings", readings(ratio, likelihood), 1.0).over(words.len() * MERGES);
    })
    .control("pairs-alone", [&pairs, &pairs])
    .control("cut-anew", [&ratio, &anew]);
    Ok(())
}

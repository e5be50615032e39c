//! C6 to C8: byte-pair encoding on the nine words of the written answer.

use concepts::tokenizer::bpe::{Pair, TieRule, WordCount, WordEnd};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree;
use crate::lessons::tokenization::experiments::learned::{
    chosen_once, disagreements, largest_rise, readable, recounted_errors, sizes_missed, tied_corpora,
};
use crate::lessons::tokenization::experiments::sentencepiece::marked;
use crate::lessons::tokenization::experiments::whiteboard::{
    CORPUS, RULES, count, joins, merges, options, steps, tie_paths, token,
};

/// A way to learn merges.
type Trainer = fn(&[WordCount<String>]) -> Vec<Pair>;
/// Words with their counts.
type Corpus<'a> = &'a [WordCount<&'a str>];

/// C6: merge the most frequent pair, count again
pub(crate) fn the_algorithm(c: &mut Case) -> Checked {
    let corpora = tied_corpora(c.seed);
    c.holds(readable as Trainer, |t, learn| {
        let learned: Vec<_> = corpora.iter().map(|words| (words, learn(words))).collect();
        let sum = |of: fn(&[WordCount<String>], &[Pair]) -> usize| {
            learned.iter().map(|(words, merges)| of(words, merges)).sum::<usize>() as f64
        };
        let merges = learned.iter().map(|(_, merges)| merges.len()).sum();
        let rise = learned.iter().map(|(words, merges)| largest_rise(words, merges)).max();
        t.exactly("recounted", sum(recounted_errors), 0.0).over(merges).drawn();
        t.exactly("up-to-date", sum(disagreements), 0.0).over(corpora.len()).drawn();
        t.at_most("rise", rise.unwrap_or(1) as f64, 0.0).over(corpora.len()).drawn();
        t.exactly("sizes", sum(|words, _| sizes_missed(words)), 0.0).over(corpora.len()).drawn();
    })
    .control("once", chosen_once);
    Ok(())
}

/// In how many of the twelve trainings (four tie rules, three ways to mark the end of a word) the merge
/// of this number joins these two.
fn agreeing(words: Corpus, number: usize, left: &str, right: &str) -> f64 {
    let ends = [WordEnd::Unmarked, WordEnd::Symbol, WordEnd::Suffix];
    let runs = RULES.iter().flat_map(|(rule, _)| ends.map(|end| merges(words, &options(*rule, end))));
    runs.filter(|merges| merges.get(number).is_some_and(|pair| joins(pair, left, right))).count() as f64
}

/// The corpus with another number of `newest`.
fn with_newest(count: u64) -> [WordCount<&'static str>; 3] {
    CORPUS.map(|(word, known)| (word, if word == "newest" { count } else { known }))
}

/// The counts of a pair before the first merge.
fn at_first(words: Corpus, left: &str, right: &str) -> u64 {
    let steps = steps(words, &options(TieRule::First, WordEnd::Unmarked));
    steps.first().map_or(0, |step| count(step, left, right))
}

/// Pairs level with the second merge once ▁ stands before each word.
fn level_when_marked(words: Corpus) -> f64 {
    let steps = steps(&marked(words), &options(TieRule::First, WordEnd::Unmarked));
    steps.get(1).map_or(0, |step| step.ties.len()) as f64
}

/// C7: the first merge is l+o
pub(crate) fn first_merge(c: &mut Case) -> Checked {
    let (we, lo) = (at_first(&CORPUS, "w", "e"), at_first(&CORPUS, "l", "o"));
    c.as_written(|t| {
        t.at_least("ahead", lo as f64 - we.max(lo) as f64, 0.0);
    });
    c.value("we", we).value("lo", lo);
    c.corrected(Degree::Wrong, &CORPUS[..], |t, words| {
        t.exactly("we", at_first(words, "w", "e") as f64, 6.0);
        t.exactly("lo", at_first(words, "l", "o") as f64, 5.0);
        t.exactly("first", agreeing(words, 0, "w", "e"), 12.0);
        t.exactly("second", agreeing(words, 1, "l", "o"), 12.0);
        t.exactly("marked", level_when_marked(words), 2.0);
    })
    .control("fewer", &with_newest(2));
    Ok(())
}

/// The answer's own sequence: l+o, lo+w, low+e. How many ways to break the ties begin so.
fn as_written(paths: &[Vec<Pair>]) -> usize {
    let wanted = [("l", "o"), ("lo", "w"), ("low", "e")];
    let follows = |path: &&Vec<Pair>| {
        path.len() >= 3 && path.iter().zip(wanted).all(|(pair, (left, right))| joins(pair, left, right))
    };
    paths.iter().filter(follows).count()
}

/// The number of the merge that makes low, ties to the pair met first; 0 if none does.
fn place_of_low(words: Corpus, end: WordEnd) -> f64 {
    let merges = merges(words, &options(TieRule::First, end));
    merges.iter().position(|pair| token(pair) == "low").map_or(0, |i| i + 1) as f64
}

/// C8: then lo+w, then low+e
pub(crate) fn second_and_third(c: &mut Case) -> Checked {
    let all = tie_paths(&CORPUS);
    let forgotten = [CORPUS[0], CORPUS[1]];
    c.as_written(|t| {
        t.at_least("begins", as_written(&all) as f64, 1.0).over(all.len());
    });
    let third = steps(&CORPUS, &options(TieRule::First, WordEnd::Unmarked)).into_iter().nth(2);
    let (most, low) = third.as_ref().map_or((0, 0), |step| (step.count, count(step, "lo", "w")));
    let tied = third.iter().flat_map(|step| &step.ties).map(|(a, b)| format!("{a}+{b}"));
    c.value("tied", tied.collect::<Vec<_>>().join(" ")).value("most", most).value("low", low);
    c.value("forgotten", as_written(&tie_paths(&forgotten)));
    c.corrected(Degree::Wrong, &CORPUS[..], |t, words| {
        let paths = tie_paths(words);
        let low_e = paths.iter().filter(|path| path.iter().any(|pair| joins(pair, "low", "e")));
        t.exactly("low", place_of_low(words, WordEnd::Unmarked), 7.0);
        t.exactly("low-marked", place_of_low(words, WordEnd::Symbol), 8.0);
        t.exactly("low-e", low_e.count() as f64, 0.0).over(paths.len());
    })
    .control("without-newest", &forgotten);
    Ok(())
}

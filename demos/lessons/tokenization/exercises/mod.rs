//! What to write oneself: learning a vocabulary, and cutting words with it.

mod bpe_encode;
mod bpe_train;
mod unigram_viterbi;
mod wordpiece;

use crate::kit::exercise::{Exercise, Flaws};
use crate::kit::words::Words;
use crate::words;

static WORDS: Words = words!("exercises");

/// The exercises of the lesson, in the order in which one learns them.
pub(super) static EXERCISES: &[&Exercise] =
    &[&bpe_train::EXERCISE, &bpe_encode::EXERCISE, &wordpiece::EXERCISE, &unigram_viterbi::EXERCISE];

/// `left right`, as a file of merges has it.
fn two(pair: &str) -> (String, String) {
    let (left, right) = pair.split_once(' ').unwrap_or((pair, ""));
    (left.to_string(), right.to_string())
}

/// The symbols of a word, with every place of a pair merged from the left.
fn merge(symbols: &[String], (left, right): &(String, String), flaws: &Flaws) -> Vec<String> {
    if flaws.has("plain-replace") {
        let text = symbols.join(" ").replace(&format!("{left} {right}"), &format!("{left}{right}"));
        return text.split(' ').map(str::to_string).collect();
    }
    let (mut out, mut i, mut done) = (Vec::new(), 0, false);
    while i < symbols.len() {
        let fits = i + 1 < symbols.len() && symbols[i] == *left && symbols[i + 1] == *right;
        if fits && !(done && flaws.has("first-place-only")) {
            out.push(format!("{left}{right}"));
            i += 2;
            done = true;
        } else {
            out.push(symbols[i].clone());
            i += 1;
        }
    }
    out
}

fn characters(word: &str) -> Vec<String> {
    word.chars().map(String::from).collect()
}

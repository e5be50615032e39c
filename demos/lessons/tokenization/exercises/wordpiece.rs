//! Cutting a word by the longest match.

use concepts::numerics::rng;
use concepts::tokenizer::wordpiece::WordPiece;
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::Value;
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

const UNKNOWN: &str = "[UNK]";

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "wordpiece",
    words: &WORDS,
    section: "5",
    takes: &[Field::new("word", Form::Text, ""), Field::new("pieces", Form::Texts, "V")],
    gives: &[Field::new("tokens", Form::Texts, "n")],
    solve,
    right,
    flaws: &[
        Flaw::of("shortest", "C18"),
        Flaw::of("marks-lost", "C18"),
        Flaw::of("looked-up-bare", "C18"),
        Flaw::of("rest-unknown", "C18"),
        Flaw::of("character-unknown", "C18"),
        Flaw::of("rest-dropped", "C18"),
        Flaw::of("goes-back", "C18"),
        Flaw::new("empty-unknown"),
    ],
    cases,
    twin: Twin::Whiteboard("wordpiece"),
    follow_ups: ["unigram-viterbi", "bpe-encode"],
};

fn right(given: &Given) -> Value {
    let mut pieces = vec![UNKNOWN.to_string()];
    pieces.extend(given.texts("pieces"));
    let model = WordPiece::new(pieces, UNKNOWN).expect("no piece stands twice");
    json!(model.cut(given.text("word")))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (word, pieces) = (given.text("word"), given.texts("pieces"));
    let letters: Vec<char> = word.chars().collect();
    if letters.is_empty() && flaws.has("empty-unknown") {
        return Solution::new(json!([UNKNOWN]));
    }
    if flaws.has("goes-back") {
        return Solution::new(json!(any_cut(&letters, 0, &pieces).unwrap_or_else(|| vec![UNKNOWN.into()])));
    }
    let (mut tokens, mut start): (Vec<String>, usize) = (Vec::new(), 0);
    while start < letters.len() {
        let fits = |end: &usize| pieces.contains(&marked(&letters[start..*end], start, flaws));
        let mut ends = start + 1..=letters.len();
        let end = if flaws.has("shortest") { ends.find(fits) } else { ends.rev().find(fits) };
        match end {
            Some(end) => {
                tokens.push(shown(&letters[start..end], start, flaws));
                start = end;
            }
            None if flaws.has("character-unknown") => {
                tokens.push(UNKNOWN.into());
                start += 1;
            }
            None if flaws.has("rest-unknown") => {
                tokens.push(UNKNOWN.into());
                break;
            }
            None if flaws.has("rest-dropped") => break,
            None => return Solution::new(json!([UNKNOWN])),
        }
    }
    Solution::new(json!(tokens))
}

/// What is looked up.
fn marked(letters: &[char], start: usize, flaws: &Flaws) -> String {
    let text: String = letters.iter().collect();
    if start == 0 || flaws.has("looked-up-bare") { text } else { format!("##{text}") }
}

fn shown(letters: &[char], start: usize, flaws: &Flaws) -> String {
    let text: String = letters.iter().collect();
    let bare = flaws.has("marks-lost") || flaws.has("looked-up-bare");
    if start == 0 || bare { text } else { format!("##{text}") }
}

/// The first cut that goes through, the longest pieces first.
fn any_cut(letters: &[char], start: usize, pieces: &[String]) -> Option<Vec<String>> {
    if start == letters.len() {
        return Some(Vec::new());
    }
    (start + 1..=letters.len()).rev().find_map(|end| {
        let piece = marked(&letters[start..end], start, &Flaws::NONE);
        let rest = if pieces.contains(&piece) { any_cut(letters, end, pieces)? } else { return None };
        Some([vec![piece], rest].concat())
    })
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise wordpiece");
    let of = |word: &str, pieces: &[&str]| json!({ "word": word, "pieces": pieces });
    let mut drawn = |length: usize, n: usize| {
        let mut text = |length: usize| -> String {
            (0..length).map(|_| ['a', 'b', 'c'][rng.random_range(0..3)]).collect()
        };
        let word = text(length);
        // Every character alone, so that the word can be cut, and longer pieces of it.
        let mut pieces: Vec<String> = ["a", "b", "c", "##a", "##b", "##c"].map(String::from).to_vec();
        for i in 0..n {
            let piece = format!("{}{}", if i % 3 == 0 { "" } else { "##" }, text(2 + i % 3));
            if !pieces.contains(&piece) {
                pieces.push(piece);
            }
        }
        json!({ "word": word, "pieces": pieces })
    };
    let pieces = ["play", "##ing", "##i", "##n", "##g", "p", "ing", "un", "##aff", "##able", "##a", "aff"];
    vec![
        Case::hand(of("playing", &pieces)),
        Case::hand(of("unaffable", &pieces)),
        Case::drawn(drawn(8, 12)),
        Case::drawn(drawn(15, 24)),
        Case::edge("no-piece", of("unable!", &pieces)),
        Case::edge("dead-end", of("abcd", &["abc", "ab", "##cd", "a", "##bc"])),
        Case::edge("no-beginning", of("xplay", &["play", "##play", "##x"])),
        Case::edge("whole-word", of("playing", &["play", "##ing", "playing"])),
        Case::edge("four-bytes", of("😀𝒳好", &["😀", "##𝒳好", "##𝒳", "##好", "𝒳"])),
        Case::edge("empty-text", of("", &["a", "##a"])),
    ]
}

//! The most probable cut of a word.

use concepts::numerics::rng;
use concepts::tokenizer::unigram::Unigram;
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "unigram-viterbi",
    words: &WORDS,
    section: "6",
    takes: &[
        Field::new("word", Form::Text, ""),
        Field::new("pieces", Form::Texts, "V"),
        Field::new("log_p", Form::Numbers, "V"),
    ],
    gives: &[Field::new("tokens", Form::Texts, "n"), Field::new("score", Form::Number, "")],
    solve,
    right,
    flaws: &[
        Flaw::new("longest-first"),
        Flaw::new("likeliest-first"),
        Flaw::new("fewest"),
        Flaw::new("sums-probs"),
        Flaw::new("last-alone"),
        Flaw::new("mean"),
        Flaw::new("longest-missed"),
        Flaw::new("not-reversed"),
    ],
    cases,
    twin: Twin::Whiteboard("unigram"),
    follow_ups: ["wordpiece", "bpe-encode"],
};

fn answer(tokens: &[String], score: f64) -> Value {
    value::named([("tokens", json!(tokens)), ("score", value::number(score))])
}

fn right(given: &Given) -> Value {
    let pieces: Vec<(String, f64)> = given.texts("pieces").into_iter().zip(given.numbers("log_p")).collect();
    let model = Unigram::new(pieces, None).expect("the cases fit");
    let cut = model.best(given.text("word"));
    let tokens: Vec<String> = model.text(&cut).into_iter().map(str::to_string).collect();
    answer(&tokens, cut.log_probability)
}

/// Pieces with the logarithms of their probabilities.
struct Pieces {
    texts: Vec<String>,
    log_p: Vec<f64>,
}

impl Pieces {
    fn log_p(&self, piece: &str) -> Option<f64> {
        self.texts.iter().position(|text| text == piece).map(|i| self.log_p[i])
    }
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let letters: Vec<char> = given.text("word").chars().collect();
    let pieces = Pieces { texts: given.texts("pieces"), log_p: given.numbers("log_p") };
    if flaws.has("longest-first") || flaws.has("likeliest-first") {
        return Solution::new(from_the_left(&letters, &pieces, flaws));
    }
    let n = letters.len();
    let mut longest = pieces.texts.iter().map(|text| text.chars().count()).max().unwrap_or(0);
    if flaws.has("longest-missed") {
        longest = longest.saturating_sub(1).max(1);
    }
    // What is compared, the sum of logarithms, the number of pieces, where the last begins.
    let mut best = vec![(f64::NEG_INFINITY, 0.0, 0usize, 0usize); n + 1];
    best[0] = (0.0, 0.0, 0, 0);
    for end in 1..=n {
        for start in end.saturating_sub(longest)..end {
            let piece: String = letters[start..end].iter().collect();
            let Some(log_p) = pieces.log_p(&piece).filter(|_| best[start].0 > f64::NEG_INFINITY) else {
                continue;
            };
            let (sum, count) = (best[start].1 + log_p, best[start].2 + 1);
            let compared = if flaws.has("fewest") {
                -(count as f64) + 1e-3 * sum
            } else if flaws.has("sums-probs") {
                best[start].0 + log_p.exp()
            } else if flaws.has("last-alone") {
                log_p
            } else if flaws.has("mean") {
                sum / count as f64
            } else {
                sum
            };
            if compared > best[end].0 {
                best[end] = (compared, sum, count, start);
            }
        }
    }
    let (mut tokens, mut end) = (Vec::new(), n);
    while end > 0 {
        let start = best[end].3;
        tokens.push(letters[start..end].iter().collect::<String>());
        end = start;
    }
    if !flaws.has("not-reversed") {
        tokens.reverse();
    }
    let sums = value::numbers(best.iter().map(|best| best.1));
    let mut out = answer(&tokens, best[n].1);
    if n > 0 && ["sums-probs", "last-alone", "mean"].iter().any(|id| flaws.has(id)) {
        // The score that was compared, or the right one of the cut that was found.
        out["score"] = json!(value::ANY_NUMBER);
    }
    Solution::new(out).step("best", sums)
}

/// Without looking ahead.
fn from_the_left(letters: &[char], pieces: &Pieces, flaws: &Flaws) -> Value {
    let (mut tokens, mut score, mut start) = (Vec::new(), 0.0, 0);
    while start < letters.len() {
        let fitting = (start + 1..=letters.len()).filter_map(|end| {
            let piece: String = letters[start..end].iter().collect();
            Some((pieces.log_p(&piece)?, piece, end))
        });
        let chosen = if flaws.has("longest-first") {
            fitting.max_by_key(|(_, _, end)| *end)
        } else {
            fitting.max_by(|a, b| a.0.total_cmp(&b.0))
        };
        let Some((log_p, piece, end)) = chosen else { break };
        tokens.push(piece);
        score += log_p;
        start = end;
    }
    answer(&tokens, score)
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise unigram viterbi");
    let of = |word: &str, pieces: &[(&str, f64)]| {
        let (texts, log_p): (Vec<&str>, Vec<f64>) = pieces.iter().copied().unzip();
        json!({ "word": word, "pieces": texts, "log_p": log_p })
    };
    let mut drawn = |length: usize, n: usize| {
        let mut texts: Vec<String> = ["a", "b", "c"].map(String::from).to_vec();
        let mut text = |length: usize| -> String {
            (0..length).map(|_| ['a', 'b', 'c'][rng.random_range(0..3)]).collect()
        };
        let word = text(length);
        let all: Vec<char> = word.chars().collect();
        for i in 0..n {
            // Pieces of the word itself, so that there is something to choose from.
            let width = 2 + i % 3;
            let piece: String = all[i * 5 % (length - width)..][..width].iter().collect();
            if !texts.contains(&piece) {
                texts.push(piece);
            }
        }
        // What is long may be likely too, so that cuts of every length compete.
        let log_p: Vec<f64> = texts
            .iter()
            .map(|text| -rng.random_range(if text.len() == 1 { 2.0..4.0 } else { 1.5..7.0 }))
            .collect();
        json!({ "word": word, "pieces": texts, "log_p": log_p })
    };
    vec![
        Case::hand(of("ab", &[("a", -1.0), ("b", -1.0), ("ab", -1.5)])),
        Case::hand(of("abc", &[("a", -1.0), ("b", -3.0), ("c", -3.0), ("ab", -2.0), ("bc", -1.5)])),
        Case::drawn(drawn(8, 8)),
        Case::drawn(drawn(12, 14)),
        Case::drawn(drawn(16, 20)),
        Case::edge("dead-end", tempting()),
        Case::edge("one-character", of("a", &[("a", -2.0), ("aa", -1.0)])),
        Case::edge("same-letters", of("aaaaa", &[("a", -2.0), ("aa", -3.1), ("aaa", -6.5)])),
        Case::edge(
            "longer-token",
            of("abcd", &[("a", -2.0), ("b", -2.0), ("c", -2.0), ("d", -2.0), ("abcd", -9.0)]),
        ),
        Case::edge("four-bytes", of("😀𝒳好", &[("😀", -2.0), ("𝒳", -2.0), ("好", -2.5), ("𝒳好", -3.0)])),
        Case::edge("empty-text", of("", &[("a", -1.0)])),
    ]
}

/// Every rule of thumb cuts it in a way of its own.
fn tempting() -> Value {
    json!({
        "word": "abcde",
        "pieces": ["a", "b", "c", "d", "e", "de", "abcd", "bcde", "bc", "abc", "cde"],
        "log_p": [-3.0, -5.0, -4.0, -2.0, -4.5, -3.0, -4.0, -5.0, -4.5, -6.5, -3.5],
    })
}

//! How many characters have to be changed.

use concepts::emergence;
use concepts::numerics::rng;
use rand::Rng;
use serde_json::json;

use super::{WORDS, code_points};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "edit-distance",
    words: &WORDS,
    section: "4",
    takes: &[Field::new("a", Form::Text, "m"), Field::new("b", Form::Text, "n")],
    gives: &[Field::new("distance", Form::Whole, "")],
    solve,
    right,
    flaws: &[
        Flaw::new("bytes"),
        Flaw::new("halves"),
        Flaw::new("replacing-costs-two"),
        Flaw::new("place-by-place"),
        Flaw::new("swap-costs-one"),
        Flaw::new("free-start"),
        Flaw::new("last-lost"),
        Flaw::new("relative"),
    ],
    cases,
    twin: Twin::Library("concepts::emergence::edit_distance"),
    follow_ups: ["exact-match", "unigram-viterbi"],
};

fn right(given: &Given) -> Value {
    json!(emergence::edit_distance(&code_points(given.text("a")), &code_points(given.text("b"))))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let units = |text: &str| -> Vec<u32> {
        if flaws.has("bytes") {
            text.bytes().map(u32::from).collect()
        } else if flaws.has("halves") {
            text.encode_utf16().map(u32::from).collect()
        } else {
            text.chars().map(u32::from).collect()
        }
    };
    let (a, b) = (units(given.text("a")), units(given.text("b")));
    let (m, n) = (a.len(), b.len());
    if flaws.has("place-by-place") {
        let differ = a.iter().zip(&b).filter(|(x, y)| x != y).count();
        return Solution::new(json!(differ + m.abs_diff(n)));
    }
    let mut d = vec![vec![0usize; n + 1]; m + 1];
    for i in 0..=m {
        for j in 0..=n {
            d[i][j] = if i == 0 {
                if flaws.has("free-start") { 0 } else { j }
            } else if j == 0 {
                i
            } else {
                let replaced = if flaws.has("replacing-costs-two") { 2 } else { 1 };
                let cost = if a[i - 1] == b[j - 1] { 0 } else { replaced };
                (d[i - 1][j] + 1).min(d[i][j - 1] + 1).min(d[i - 1][j - 1] + cost)
            };
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if swapped && flaws.has("swap-costs-one") {
                d[i][j] = d[i][j].min(d[i - 2][j - 2] + 1);
            }
        }
    }
    let last = if flaws.has("last-lost") { d[m.saturating_sub(1)][n.saturating_sub(1)] } else { d[m][n] };
    if flaws.has("relative") {
        // Two empty texts: 0/0, unless somebody looked out for it.
        let share = value::number(last as f64 / m.max(n) as f64);
        return Solution::new(if m.max(n) == 0 { json!(value::UNTOLD) } else { share });
    }
    Solution::new(json!(last)).step("last_row", json!(d[m]))
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise edit distance");
    let of = |a: &str, b: &str| json!({ "a": a, "b": b });
    let mut drawn = |m: usize, n: usize| {
        let mut text = |length: usize| -> String {
            (0..length).map(|_| ['a', 'b', 'c', '好'][rng.random_range(0..4)]).collect()
        };
        of(&text(m), &text(n))
    };
    vec![
        Case::hand(of("cat", "cut")),
        Case::hand(of("kitten", "sitting")),
        Case::drawn(drawn(6, 8)),
        Case::drawn(drawn(12, 9)),
        Case::drawn(drawn(5, 5)),
        Case::edge("shifted", of("abcdef", "bcdefg")),
        Case::edge("swapped", of("form", "from")),
        Case::edge("four-bytes", of("😀好𝒳", "𝒳好x")),
        Case::edge("empty-text", of("", "abc")),
        Case::edge("both-empty", of("", "")),
    ]
}

//! The share of answers that are right to the last character.

use concepts::emergence;
use concepts::numerics::rng;
use rand::Rng;
use serde_json::json;

use super::{WORDS, code_points};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "exact-match",
    words: &WORDS,
    section: "4",
    takes: &[Field::new("predictions", Form::Texts, "n"), Field::new("answers", Form::Texts, "n")],
    gives: &[Field::new("share", Form::Number, "")],
    solve,
    right,
    flaws: &[
        Flaw::new("contains"),
        Flaw::new("begins"),
        Flaw::new("case-ignored"),
        Flaw::new("not-trimmed"),
        Flaw::new("all-spaces"),
        Flaw::new("any-place"),
        Flaw::new("empty-left-out"),
        Flaw::new("counted"),
        Flaw::of("by-character", "C16"),
    ],
    cases,
    twin: Twin::Whiteboard("mirage"),
    follow_ups: ["edit-distance", "perplexity"],
};

fn right(given: &Given) -> Value {
    let (predictions, answers) = (given.texts("predictions"), given.texts("answers"));
    let distance = |(a, b): (&String, &String)| {
        emergence::edit_distance(&code_points(trimmed(a)), &code_points(trimmed(b)))
    };
    let correct = predictions.iter().zip(&answers).filter(|pair| distance(*pair) == 0).count();
    value::number(correct as f64 / answers.len() as f64)
}

fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\n'])
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (predictions, answers) = (given.texts("predictions"), given.texts("answers"));
    let read = |text: &String| {
        let text = if flaws.has("not-trimmed") { text } else { trimmed(text) };
        let text = if flaws.has("all-spaces") { text.replace([' ', '\n'], "") } else { text.to_string() };
        if flaws.has("case-ignored") { text.to_lowercase() } else { text }
    };
    let expected: Vec<String> = answers.iter().map(read).collect();
    let (mut scores, mut asked) = (Vec::new(), 0);
    for (prediction, answer) in predictions.iter().map(read).zip(&expected) {
        asked += usize::from(!(prediction.is_empty() && flaws.has("empty-left-out")));
        scores.push(score(&prediction, answer, &expected, flaws));
    }
    let sum: f64 = scores.iter().sum();
    let share = if flaws.has("counted") { sum } else { sum / asked as f64 };
    Solution::new(value::number(share)).step("scores", value::numbers(scores))
}

fn score(prediction: &str, answer: &str, all: &[String], flaws: &Flaws) -> f64 {
    if flaws.has("by-character") {
        let longest = prediction.chars().count().max(answer.chars().count());
        let same = prediction.chars().zip(answer.chars()).filter(|(a, b)| a == b).count();
        return if longest == 0 { 1.0 } else { same as f64 / longest as f64 };
    }
    f64::from(if flaws.has("contains") {
        prediction.contains(answer)
    } else if flaws.has("begins") {
        prediction.starts_with(answer)
    } else if flaws.has("any-place") {
        all.iter().any(|other| other == prediction)
    } else {
        prediction == answer
    })
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise exact-match");
    let of =
        |predictions: &[&str], answers: &[&str]| json!({ "predictions": predictions, "answers": answers });
    let mut drawn = |n: usize| {
        let answers: Vec<String> = (0..n).map(|_| rng.random_range(10..1000).to_string()).collect();
        let mut spoilt = |answer: &String| match rng.random_range(0..5) {
            0 | 1 => answer.clone(),
            2 => format!("{answer} "),
            3 => format!("= {answer}"),
            _ => format!("{answer}0"),
        };
        let predictions: Vec<String> = answers.iter().map(&mut spoilt).collect();
        json!({ "predictions": predictions, "answers": answers })
    };
    vec![
        Case::hand(of(&["4", "5"], &["4", "6"])),
        Case::hand(of(&["11", "the answer is 11", "11 apples", "12"], &["11"; 4])),
        Case::drawn(drawn(6)),
        Case::drawn(drawn(12)),
        Case::edge("letter-case", of(&["Paris", "paris", "NaCl"], &["Paris", "Paris", "NACL"])),
        Case::edge("spaces", of(&[" 42\n", "4 2", "42"], &["42", "42", "42 "])),
        Case::edge("wrong-place", of(&["b", "a", "c"], &["a", "b", "c"])),
        Case::edge("empty-text", of(&["", "", "x"], &["x", "y", "x"])),
        Case::edge("four-bytes", of(&["😀", "橘子", "𝒳"], &["😀", "橙子", "𝒳𝒳"])),
    ]
}

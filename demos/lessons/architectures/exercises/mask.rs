//! Who may see whom: causal, prefix and sliding window.

use concepts::architecture::Architecture;
use concepts::attention::Mask;
use concepts::numerics::rng;
use ndarray::Array2;
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "mask",
    words: &WORDS,
    section: "1",
    takes: &[
        Field::new("n", Form::Whole, ""),
        Field::new("kind", Form::Text, ""),
        Field::new("size", Form::Whole, ""),
    ],
    gives: &[Field::new("seen", Form::Truths, "n × n")],
    solve,
    right,
    flaws: &[
        Flaw::of("hidden-itself", "attention C10"),
        Flaw::of("turned-round", "attention C10"),
        Flaw::of("transposed", "C7"),
        Flaw::of("prefix-ignored", "C2"),
        Flaw::new("prefix-sees-all"),
        Flaw::new("prefix-one-more"),
        Flaw::new("window-one-more"),
        Flaw::of("window-both-sides", "C7"),
        Flaw::new("window-ignored"),
    ],
    cases,
    twin: Twin::Whiteboard("masks"),
    follow_ups: ["attention", "multi-head"],
};

fn right(given: &Given) -> Value {
    let (n, size) = (given.whole("n"), given.whole("size"));
    let mask = match given.text("kind") {
        "prefix" => Architecture::PrefixLm { prefix: size }.self_mask(n).expect("the cases fit"),
        "window" => Mask::Window(size),
        _ => Mask::Causal,
    };
    value::table(&mask.table(n, n))
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (n, size, kind) = (given.whole("n"), given.whole("size"), given.text("kind"));
    let past = |i: usize, j: usize| j < i || (j == i && !flaws.has("hidden-itself"));
    let prefix = if flaws.has("prefix-one-more") { size + 1 } else { size };
    let window = if flaws.has("window-one-more") { size + 1 } else { size };
    let seen = |i: usize, j: usize| match kind {
        "prefix" if flaws.has("prefix-ignored") => past(i, j),
        "prefix" if flaws.has("prefix-sees-all") => past(i, j) || i < prefix,
        "prefix" => past(i, j) || j < prefix,
        "window" if flaws.has("window-ignored") => past(i, j),
        "window" if flaws.has("window-both-sides") => i.abs_diff(j) < window,
        "window" => past(i, j) && i - j < window,
        _ => past(i, j),
    };
    let table = Array2::from_shape_fn((n, n), |(i, j)| {
        let (i, j) = if flaws.has("transposed") { (j, i) } else { (i, j) };
        seen(i, j) != flaws.has("turned-round")
    });
    Solution::new(value::table(&table))
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |n: usize, kind: &str, size: usize| json!({ "n": n, "kind": kind, "size": size });
    let mut rng = rng(seed, "exercise mask");
    let mut drawn = |kind: &str| {
        let n = rng.random_range(5..12);
        of(n, kind, rng.random_range(2..n - 1))
    };
    vec![
        Case::hand(of(3, "causal", 0)),
        Case::hand(of(4, "prefix", 2)),
        Case::hand(of(4, "window", 2)),
        Case::drawn(drawn("prefix")),
        Case::drawn(drawn("window")),
        Case::drawn(drawn("window")),
        Case::edge("one-token", of(1, "causal", 0)),
        Case::edge("empty-prefix", of(4, "prefix", 0)),
        Case::edge("all-prefix", of(3, "prefix", 3)),
        Case::edge("window-of-one", of(4, "window", 1)),
        Case::edge("wide-window", of(4, "window", 9)),
    ]
}

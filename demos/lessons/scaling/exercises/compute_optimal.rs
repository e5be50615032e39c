//! Parameters and tokens that make the best of a budget.

use concepts::numerics::rng;
use concepts::scaling::{BESIROGLU, HOFFMANN, Law};
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "compute-optimal",
    words: &WORDS,
    section: "7",
    takes: &[
        Field::new("c", Form::Number, ""),
        Field::new("a", Form::Number, ""),
        Field::new("b", Form::Number, ""),
        Field::new("alpha", Form::Number, ""),
        Field::new("beta", Form::Number, ""),
    ],
    gives: &[Field::new("n", Form::Number, ""), Field::new("d", Form::Number, "")],
    solve,
    right,
    flaws: &[
        Flaw::of("exponents-swapped", "C15"),
        Flaw::of("no-six", "C9"),
        Flaw::of("same-factor", "C15"),
        Flaw::of("halves", "C8"),
        Flaw::of("factor-turned", "C15"),
        Flaw::of("factor-without-root", "C15"),
        Flaw::of("factor-without-exponents", "C15"),
        Flaw::of("twenty", "C10"),
    ],
    cases,
    twin: Twin::Whiteboard("optimum"),
    follow_ups: ["training-flops", "ridge"],
};

fn right(given: &Given) -> Value {
    let [a, b, alpha, beta] = ["a", "b", "alpha", "beta"].map(|name| given.number(name));
    let best = Law { e: 0.0, a, b, alpha, beta }.optimum(given.number("c")).expect("a budget above 0");
    answer(best.n, best.d)
}

fn answer(n: f64, d: f64) -> Value {
    value::named([("n", value::number(n)), ("d", value::number(d))])
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let [c, a, b, alpha, beta] = ["c", "a", "b", "alpha", "beta"].map(|name| given.number(name));
    let products = if flaws.has("no-six") { c } else { c / 6.0 };
    if flaws.has("twenty") {
        let n = (products / 20.0).sqrt();
        return Solution::new(answer(n, 20.0 * n));
    }
    let sum = alpha + beta;
    let (of_n, of_d) = if flaws.has("halves") {
        (0.5, 0.5)
    } else if flaws.has("exponents-swapped") {
        (alpha / sum, beta / sum)
    } else {
        (beta / sum, alpha / sum)
    };
    let ratio = if flaws.has("factor-without-exponents") { a / b } else { alpha * a / (beta * b) };
    let ratio = if flaws.has("factor-turned") { 1.0 / ratio } else { ratio };
    let g = if flaws.has("factor-without-root") { ratio } else { ratio.powf(1.0 / sum) };
    let n = g * products.powf(of_n);
    let d = if flaws.has("same-factor") { g * products.powf(of_d) } else { products.powf(of_d) / g };
    Solution::new(answer(n, d)).step("g", value::number(g))
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise compute-optimal");
    let of = |c: f64, [a, b, alpha, beta]: [f64; 4]| json!({ "c": c, "a": a, "b": b, "alpha": alpha, "beta": beta });
    let mut drawn = || {
        let c = 10f64.powf(rng.random_range(18.0..25.0));
        let mut near = |low: f64, high: f64| rng.random_range(low..high);
        of(c, [near(200.0, 800.0), near(200.0, 3000.0), near(0.25, 0.5), near(0.25, 0.5)])
    };
    let published = |law: Law| [law.a, law.b, law.alpha, law.beta];
    vec![
        Case::hand(of(600.0, [1.0, 1.0, 0.5, 0.5])),
        Case::hand(of(600.0, [4.0, 1.0, 0.5, 0.5])),
        Case::drawn(drawn()),
        Case::drawn(drawn()),
        Case::drawn(drawn()),
        Case::edge("published", of(5.76e23, published(HOFFMANN))),
        Case::edge("published", of(5.76e23, published(BESIROGLU))),
        Case::edge("tokens-matter-less", of(1e21, [400.0, 400.0, 0.2, 0.6])),
    ]
}

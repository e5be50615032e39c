//! Adam with decoupled weight decay.

use concepts::numerics::{normal, rng};
use concepts::regularization::{Rates, Rule, Weight};
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "adamw",
    words: &WORDS,
    section: "7",
    takes: &[
        Field::new("w", Form::Numbers, "n"),
        Field::new("grads", Form::Matrix, "T × n"),
        Field::new("lr", Form::Number, ""),
        Field::new("betas", Form::Numbers, "2"),
        Field::new("eps", Form::Number, ""),
        Field::new("decay", Form::Number, ""),
    ],
    gives: &[Field::new("after", Form::Numbers, "n")],
    solve,
    right,
    flaws: &[
        Flaw::of("decay-in-gradient", "C11"),
        Flaw::of("decay-without-lr", "C12"),
        Flaw::of("no-decay", "C11"),
        Flaw::of("plain-gradient", "C12"),
        Flaw::new("no-correction"),
        Flaw::new("correction-fixed"),
        Flaw::new("step-zero"),
        Flaw::of("eps-inside", "C12"),
        Flaw::of("no-root", "C12"),
        Flaw::new("betas-swapped"),
        Flaw::of("decay-after", "C12"),
    ],
    cases,
    twin: Twin::Whiteboard("adamw"),
    follow_ups: ["ridge", "lasso-coordinate-descent"],
};

fn rates(given: &Given) -> Rates {
    let betas = given.numbers("betas");
    let [lr, decay, epsilon] = ["lr", "decay", "eps"].map(|name| given.number(name));
    Rates { lr, decay, beta1: betas[0], beta2: betas[1], epsilon }
}

fn right(given: &Given) -> Value {
    let (grads, rates) = (given.matrix("grads"), rates(given));
    let after = given.numbers("w").into_iter().enumerate().map(|(i, w)| {
        let mut weight = Weight::new(w);
        grads.column(i).iter().for_each(|&g| weight.step(Rule::AdamW, &rates, g));
        weight.w
    });
    value::numbers(after)
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (mut w, grads, rates) = (given.numbers("w"), given.matrix("grads"), rates(given));
    let (mut m, mut v) = (vec![0.0; w.len()], vec![0.0; w.len()]);
    let swapped = flaws.has("betas-swapped");
    let [beta1, beta2] = if swapped { [rates.beta2, rates.beta1] } else { [rates.beta1, rates.beta2] };
    let mut first = Vec::new();
    for (t, grad) in grads.rows().into_iter().enumerate() {
        let counted = t as i32 + i32::from(!flaws.has("step-zero"));
        let t = if flaws.has("correction-fixed") { 1 } else { counted };
        for i in 0..w.len() {
            let old = w[i];
            let g = grad[i] + if flaws.has("decay-in-gradient") { rates.decay * old } else { 0.0 };
            m[i] = beta1 * m[i] + (1.0 - beta1) * g;
            v[i] = beta2 * v[i] + (1.0 - beta2) * g * g;
            let corrected = !flaws.has("no-correction");
            let correct = |x: f64, beta: f64| if corrected { x / (1.0 - beta.powi(t)) } else { x };
            let (m_hat, v_hat) = (correct(m[i], beta1), correct(v[i], beta2));
            let update =
                if flaws.has("plain-gradient") { g } else { m_hat / scale(v_hat, rates.epsilon, flaws) };
            w[i] = old - rates.lr * update;
            w[i] -= decay(old, w[i], &rates, flaws);
        }
        if first.is_empty() {
            first.clone_from(&w);
        }
    }
    Solution::new(value::numbers(w)).step("first_step", value::numbers(first))
}

fn scale(v_hat: f64, epsilon: f64, flaws: &Flaws) -> f64 {
    if flaws.has("eps-inside") {
        (v_hat + epsilon).sqrt()
    } else if flaws.has("no-root") {
        v_hat + epsilon
    } else {
        v_hat.sqrt() + epsilon
    }
}

/// What the decay takes away; `old` is the weight before the step.
fn decay(old: f64, now: f64, rates: &Rates, flaws: &Flaws) -> f64 {
    if flaws.has("no-decay") || flaws.has("decay-in-gradient") {
        return 0.0;
    }
    let lr = if flaws.has("decay-without-lr") { 1.0 } else { rates.lr };
    lr * rates.decay * if flaws.has("decay-after") { now } else { old }
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise adamw");
    let of = |w: Value, grads: Value, [lr, eps, decay]: [f64; 3], betas: [f64; 2]| json!({ "w": w, "grads": grads, "lr": lr, "betas": betas, "eps": eps, "decay": decay });
    let mut drawn = |n: usize, steps: usize, size: f64, rates: [f64; 3], betas: [f64; 2]| {
        let (w, grads) = (normal((1, n), 1.0, &mut rng), normal((steps, n), size, &mut rng));
        of(value::numbers(w), value::matrix(&grads), rates, betas)
    };
    let usual = [0.9, 0.999];
    vec![
        Case::hand(of(json!([1.0]), json!([[2.0]]), [0.1, 0.0, 0.5], [0.5, 0.5])),
        Case::hand(of(json!([4.0]), json!([[1.0], [1.0]]), [0.5, 0.0, 0.5], [0.5, 0.75])),
        Case::drawn(drawn(3, 1, 1.0, [0.1, 1e-8, 0.3], usual)),
        Case::drawn(drawn(2, 4, 2.0, [0.1, 1e-8, 0.2], usual)),
        Case::drawn(drawn(4, 6, 0.5, [0.05, 1e-3, 0.4], [0.8, 0.95])),
        Case::edge("no-penalty", drawn(2, 3, 1.0, [0.1, 1e-8, 0.0], usual)),
        Case::edge("tiny-gradients", drawn(2, 3, 1e-3, [0.1, 1e-3, 0.1], usual)),
        Case::edge(
            "no-gradient",
            of(json!([2.0, -1.0]), json!([[0.0, 0.0], [0.0, 0.0]]), [0.1, 1e-8, 0.5], usual),
        ),
        Case::edge("large-steps", drawn(2, 2, 1.0, [0.5, 1e-2, 0.8], [0.9, 0.99])),
    ]
}

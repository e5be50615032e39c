//! The gradient of attention by hand.

use concepts::attention::{Mask, attention_backward};
use concepts::numerics::softmax::softmax_rows;
use concepts::numerics::{normal, rng};
use ndarray::{Array2, Axis};
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "attention-backward",
    words: &WORDS,
    section: "12",
    takes: &[
        Field::new("q", Form::Matrix, "n_q × d_k"),
        Field::new("k", Form::Matrix, "n_k × d_k"),
        Field::new("v", Form::Matrix, "n_k × d_v"),
        Field::new("g", Form::Matrix, "n_q × d_v"),
    ],
    gives: &[
        Field::new("dq", Form::Matrix, "n_q × d_k"),
        Field::new("dk", Form::Matrix, "n_k × d_k"),
        Field::new("dv", Form::Matrix, "n_k × d_v"),
    ],
    solve,
    right,
    flaws: &[
        Flaw::of("no-scale", "C3"),
        Flaw::of("scale-twice", "C3"),
        Flaw::new("no-row-dot"),
        Flaw::new("diagonal-only"),
        Flaw::of("over-queries", "C2"),
        Flaw::new("row-mean"),
        Flaw::new("scores-as-weights"),
        Flaw::new("weights-twice"),
    ],
    cases,
    twin: Twin::Whiteboard("backward"),
    follow_ups: ["multi-head", "online-softmax"],
};

fn right(given: &Given) -> Value {
    let [q, k, v, g] = ["q", "k", "v", "g"].map(|name| given.matrix(name));
    let grads = attention_backward(q.view(), k.view(), v.view(), &Mask::None, g.view());
    let grads = grads.expect("the cases fit");
    named(&grads.dq, &grads.dk, &grads.dv)
}

fn named(dq: &Array2<f64>, dk: &Array2<f64>, dv: &Array2<f64>) -> Value {
    value::named([("dq", value::matrix(dq)), ("dk", value::matrix(dk)), ("dv", value::matrix(dv))])
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let [q, k, v, g] = ["q", "k", "v", "g"].map(|name| given.matrix(name));
    let root = (q.ncols() as f64).sqrt();
    let scores = q.dot(&k.t()) / root;
    let a = softmax_rows(&scores);
    let dv = if flaws.has("scores-as-weights") { scores.t().dot(&g) } else { a.t().dot(&g) };
    let da = g.dot(&v.t());
    let ds = through_softmax(&a, &da, flaws);
    let back = if flaws.has("no-scale") {
        1.0
    } else if flaws.has("scale-twice") {
        root * root
    } else {
        root
    };
    let (dq, dk) = (ds.dot(&k) / back, ds.t().dot(&q) / back);
    Solution::new(named(&dq, &dk, &dv))
        .step("weights", value::matrix(&a))
        .step("d_weights", value::matrix(&da))
        .step("d_scores", value::matrix(&ds))
}

fn through_softmax(a: &Array2<f64>, da: &Array2<f64>, flaws: &Flaws) -> Array2<f64> {
    if flaws.has("diagonal-only") {
        return a * &a.mapv(|a| 1.0 - a) * da;
    }
    let product = a * da;
    let subtracted = if flaws.has("no-row-dot") {
        Array2::zeros(a.dim())
    } else if flaws.has("over-queries") {
        product.sum_axis(Axis(0)).broadcast(a.dim()).expect("a row").to_owned()
    } else {
        let row = if flaws.has("row-mean") {
            da.sum_axis(Axis(1)) / da.ncols() as f64
        } else {
            product.sum_axis(Axis(1))
        };
        row.insert_axis(Axis(1)).broadcast(a.dim()).expect("a column").to_owned()
    };
    let outer = if flaws.has("weights-twice") { &product - &subtracted } else { da - &subtracted };
    a * &outer
}

fn cases(seed: u64) -> Vec<Case> {
    let hand = json!({
        "q": [[1.0]], "k": [[0.0], [0.0]], "v": [[1.0], [3.0]], "g": [[1.0]],
    });
    let wide = json!({
        "q": [[2.0, 0.0]], "k": [[0.0, 1.0], [0.0, 0.0]], "v": [[2.0], [0.0]], "g": [[1.0]],
    });
    let mut rng = rng(seed, "exercise attention backward");
    let mut drawn = |[n_q, n_k, d_k, d_v]: [usize; 4], size: f64| {
        let mut draw = |rows, columns, size| value::matrix(&normal((rows, columns), size, &mut rng));
        json!({
            "q": draw(n_q, d_k, size), "k": draw(n_k, d_k, 1.0), "v": draw(n_k, d_v, 1.0), "g": draw(n_q, d_v, 1.0),
        })
    };
    vec![
        Case::hand(hand),
        Case::hand(wide),
        Case::drawn(drawn([3, 3, 4, 4], 1.0)),
        Case::drawn(drawn([2, 5, 3, 2], 1.0)),
        Case::drawn(drawn([4, 3, 2, 3], 1.0)),
        Case::edge("one-token", drawn([1, 1, 3, 2], 1.0)),
        Case::edge("one-key", drawn([3, 1, 2, 2], 1.0)),
        Case::edge("huge-scores", drawn([2, 3, 2, 2], 1e4)),
    ]
}

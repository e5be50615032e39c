//! CLIP's loss of a batch of pairs.

use concepts::contrastive::{Objective, Sharpness, Side, contrast, unit_rows};
use concepts::numerics::{normal, rng};
use ndarray::Array2;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "info-nce",
    words: &WORDS,
    section: "2",
    takes: &[
        Field::new("images", Form::Matrix, "n × d"),
        Field::new("texts", Form::Matrix, "n × d"),
        Field::new("temperature", Form::Number, ""),
    ],
    gives: &[Field::new("loss", Form::Number, "")],
    solve,
    right,
    flaws: &[
        Flaw::of("one-way", "C6"),
        Flaw::of("both-added", "C6"),
        Flaw::of("no-unit", "C5"),
        Flaw::of("no-temperature", "C5"),
        Flaw::of("temperature-times", "C5"),
        Flaw::of("without-positive", "C7"),
        Flaw::of("whole-matrix", "C7"),
        Flaw::new("summed"),
        Flaw::at("no-shift", "attention 6"),
    ],
    cases,
    twin: Twin::Whiteboard("info_nce"),
    follow_ups: ["log-softmax", "cross-entropy"],
};

fn right(given: &Given) -> Value {
    let unit = |name, side| unit_rows(given.matrix(name).view(), side).expect("the cases fit");
    let (images, texts) = (unit("images", Side::Images), unit("texts", Side::Texts));
    let sharpness = Sharpness::temperature(given.number("temperature")).expect("the cases fit");
    let loss = contrast(images.view(), texts.view(), Objective::CLIP, sharpness);
    value::number(loss.expect("the cases fit").loss)
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let [mut images, mut texts] = ["images", "texts"].map(|name| given.matrix(name));
    if !flaws.has("no-unit") {
        for mut row in images.rows_mut().into_iter().chain(texts.rows_mut()) {
            let length = row.dot(&row).sqrt();
            row /= length;
        }
    }
    let temperature = given.number("temperature");
    let factor = if flaws.has("no-temperature") {
        1.0
    } else if flaws.has("temperature-times") {
        temperature
    } else {
        1.0 / temperature
    };
    let logits = images.dot(&texts.t()) * factor;
    let [to_text, to_image] = [logits.clone(), logits.t().to_owned()].map(|logits| one_way(&logits, flaws));
    let loss = if flaws.has("one-way") {
        to_text
    } else if flaws.has("both-added") {
        to_text + to_image
    } else {
        (to_text + to_image) / 2.0
    };
    // ∞ by the logarithm of the sum, NaN by that of the quotient.
    let overflows = flaws.has("no-shift") && !loss.is_finite();
    Solution::new(if overflows { json!(value::NO_NUMBER) } else { value::number(loss) })
        .step("logits", value::matrix(&logits))
        .step("to_text", value::number(to_text))
        .step("to_image", value::number(to_image))
}

/// The loss of finding one's partner among the columns.
fn one_way(logits: &Array2<f64>, flaws: &Flaws) -> f64 {
    let all: Vec<f64> = logits.iter().copied().collect();
    let losses = logits.outer_iter().enumerate().map(|(i, row)| {
        let mut among = if flaws.has("whole-matrix") { all.clone() } else { row.to_vec() };
        if flaws.has("without-positive") {
            among.remove(i);
        }
        log_sum(&among, flaws) - row[i]
    });
    let sum: f64 = losses.sum();
    if flaws.has("summed") { sum } else { sum / logits.nrows() as f64 }
}

fn log_sum(logits: &[f64], flaws: &Flaws) -> f64 {
    let top = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shift = if flaws.has("no-shift") { 0.0 } else { top };
    shift + logits.iter().map(|l| (l - shift).exp()).sum::<f64>().ln()
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |images: Value, texts: Value, temperature: f64| json!({ "images": images, "texts": texts, "temperature": temperature });
    let plain = of(json!([[1.0, 0.0], [0.0, 1.0]]), json!([[1.0, 0.0], [0.0, 1.0]]), 1.0);
    // Cosines 0.6 and 0.8, 0 and 1.
    let long = of(json!([[3.0, 4.0], [0.0, 2.0]]), json!([[1.0, 0.0], [0.0, 5.0]]), 0.5);
    // Logits up to 1000; the second text is as near to one image as to the other.
    let sharp = of(json!([[1.0, 0.0], [0.0, 1.0]]), json!([[1.0, 0.0], [1.0, 1.0]]), 0.001);
    let mut rng = rng(seed, "exercise info-nce");
    let mut drawn = |n: usize, d: usize, size: f64| [(); 2].map(|()| normal((n, d), size, &mut rng));
    let given = |[images, texts]: [Array2<f64>; 2], temperature: f64| {
        of(value::matrix(&images), value::matrix(&texts), temperature)
    };
    let mut same_text = drawn(4, 3, 1.0);
    let first = same_text[1].row(0).to_owned();
    same_text[1].row_mut(2).assign(&first);
    vec![
        Case::hand(plain),
        Case::hand(long),
        Case::drawn(given(drawn(3, 4, 1.0), 0.5)),
        Case::drawn(given(drawn(5, 8, 1.0), 0.07)),
        Case::drawn(given(drawn(8, 3, 2.0), 0.2)),
        Case::edge("huge-inputs", given(drawn(4, 5, 300.0), 0.3)),
        Case::edge("one-feature", given(drawn(3, 1, 1.0), 0.5)),
        Case::edge("same-text", given(same_text, 0.1)),
        Case::edge("low-temperature", sharp),
    ]
}

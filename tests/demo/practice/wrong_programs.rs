//! Programs that are wrong in ways that a judge with few cases lets through: each is rejected, and its mistake named.
//! They are written here, on their own, and not with the mistakes that the exercises can make.

use demos::kit::exercise::{Given, Value, value};
use demos::practice::catalogue;
use demos::practice::diagnosis::{Diagnosis, diagnose};
use demos::practice::judge::{Answer, Judgement};
use ndarray::{Array2, Axis};

/// What the judge makes of answers, and the mistakes that it names.
pub(crate) fn named(exercise: &str, program: fn(&Given) -> Value) -> Vec<&'static str> {
    let exercise = catalogue::named(exercise).unwrap().exercise;
    let cases = (exercise.cases)(7);
    let answer = |case: &demos::kit::exercise::Case| {
        let (output, right) = (program(&case.given), (exercise.right)(&case.given));
        let difference = value::difference(&right, &output);
        Answer { output: Ok(output), steps: serde_json::Map::new(), right, difference }
    };
    let answers = cases.iter().map(answer).collect();
    let judgement = Judgement { exercise, cases, answers, trouble: None, stderr: String::new() };
    assert!(!judgement.passed(), "{}: accepted", exercise.name);
    match diagnose(&judgement) {
        Diagnosis::Mistakes(flaws) => flaws.iter().map(|flaw| flaw.id).collect(),
        other => panic!("{}: {other:?}", exercise.name),
    }
}

/// Softmax along an axis; what cannot be weighted gets 0.
fn softmax(scores: &Array2<f64>, axis: usize) -> Array2<f64> {
    let mut p = scores.clone();
    for mut lane in p.lanes_mut(Axis(axis)) {
        let top = lane.fold(f64::MIN, |a: f64, &b| a.max(b));
        lane.mapv_inplace(|x| (x - top).exp());
        let sum = lane.sum();
        lane.mapv_inplace(|x| if sum > 0.0 { x / sum } else { 0.0 });
    }
    p
}

fn attention(given: &Given, scale: f64, masked: bool, axis: usize) -> Value {
    let [q, k, v] = ["q", "k", "v"].map(|name| given.matrix(name));
    let mut scores = q.dot(&k.t()) / scale;
    if masked {
        scores.zip_mut_with(&given.table("seen"), |score, seen| {
            *score = if *seen { *score } else { f64::NEG_INFINITY };
        });
    }
    value::matrix(&softmax(&scores, axis).dot(&v))
}

fn root(given: &Given) -> f64 {
    (given.matrix("q").ncols() as f64).sqrt()
}

#[test]
fn rope_that_returns_its_input() {
    assert_eq!(named("rope", |given| given.value("x").clone()), ["unturned"]);
}

#[test]
fn a_mixture_of_experts_that_returns_its_input() {
    assert_eq!(named("mixture-of-experts", |given| given.value("x").clone()), ["unchanged"]);
}

#[test]
fn ppo_without_clipping() {
    let program = |given: &Given| {
        let [new, old, advantage] = ["log_new", "log_old", "advantages"].map(|name| given.numbers(name));
        let each = (0..new.len()).map(|i| (new[i] - old[i]).exp() * advantage[i]);
        value::number(-each.sum::<f64>() / new.len() as f64)
    };
    assert_eq!(named("ppo-loss", program), ["no-clip"]);
}

#[test]
fn top_p_that_ignores_p() {
    let program = |given: &Given| {
        let p = given.numbers("probs");
        let sum: f64 = p.iter().sum();
        value::numbers(p.iter().map(|x| x / sum))
    };
    assert_eq!(named("top-p", program), ["mass-ignored"]);
}

#[test]
fn attention_in_three_wrong_ways() {
    assert_eq!(named("attention", |given| attention(given, 1.0, true, 1)), ["no-scale"]);
    assert_eq!(named("attention", |given| attention(given, root(given), false, 1)), ["unmasked"]);
    assert_eq!(named("attention", |given| attention(given, root(given), true, 0)), ["over-queries"]);
}

#[test]
fn attention_that_hides_by_a_large_negative_number() {
    let program = |given: &Given| {
        let [q, k, v] = ["q", "k", "v"].map(|name| given.matrix(name));
        let mut scores = q.dot(&k.t()) / root(given);
        scores.zip_mut_with(&given.table("seen"), |score, seen| *score = if *seen { *score } else { -1e9 });
        value::matrix(&softmax(&scores, 1).dot(&v))
    };
    assert_eq!(named("attention", program), ["mask-finite"]);
}

/// Viterbi as most people write it, with the logarithm of p + a small number: which number does not matter.
fn viterbi(given: &Given, small: f64) -> Value {
    let (start, words) = (given.numbers("start"), given.wholes("words"));
    let [step, says] = ["transition", "emission"].map(|name| given.matrix(name).mapv(|p| (p + small).ln()));
    let k = start.len();
    let first = |list: &[f64]| (0..list.len()).fold(0, |best, i| if list[i] > list[best] { i } else { best });
    let mut delta: Vec<f64> = (0..k).map(|j| (start[j] + small).ln() + says[[j, words[0]]]).collect();
    let mut back = Vec::new();
    for &word in &words[1..] {
        let from: Vec<usize> =
            (0..k).map(|j| first(&(0..k).map(|i| delta[i] + step[[i, j]]).collect::<Vec<_>>())).collect();
        delta = (0..k).map(|j| delta[from[j]] + step[[from[j], j]] + says[[j, word]]).collect();
        back.push(from);
    }
    let mut path = vec![first(&delta)];
    for from in back.iter().rev() {
        path.insert(0, from[path[0]]);
    }
    let ln_p = delta[*path.last().unwrap()];
    value::named([("path", serde_json::json!(path)), ("ln_p", value::number(ln_p))])
}

#[test]
fn viterbi_that_replaces_zeros_whatever_by() {
    assert_eq!(named("viterbi", |given| viterbi(given, 1e-12)), ["zeros-small"]);
    assert_eq!(named("viterbi", |given| viterbi(given, 1e-10)), ["zeros-small"]);
    assert_eq!(named("viterbi", |given| viterbi(given, 1e-300)), ["zeros-small"]);
}

#[test]
fn softmax_that_only_looks_for_the_largest_and_one_that_forgets_to_exponentiate() {
    let largest = |given: &Given| {
        let x = given.numbers("logits");
        let top = x.iter().copied().fold(f64::MIN, f64::max);
        let ties = x.iter().filter(|x| **x == top).count() as f64;
        value::numbers(x.iter().map(|x| if *x == top { 1.0 / ties } else { 0.0 }))
    };
    assert_eq!(named("softmax", largest), ["hardmax"]);
    let plain = |given: &Given| {
        let x = given.numbers("logits");
        let sum: f64 = x.iter().sum();
        value::numbers(x.iter().map(|x| x / sum))
    };
    assert_eq!(named("softmax", plain), ["no-exp"]);
}

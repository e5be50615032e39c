//! Wrong programs that look out for nothing, as people write them: a mistake that our own program makes more carefully
//! than a person would is named for nobody.

use demos::kit::exercise::{Given, Value, value};
use ndarray::{Array1, Array2, Axis, Slice};
use serde_json::json;

use super::wrong_programs::named;

/// With the largest subtracted, and nothing else in mind.
fn softmax(x: &[f64]) -> Vec<f64> {
    let top = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let e: Vec<f64> = x.iter().map(|x| (x - top).exp()).collect();
    let sum: f64 = e.iter().sum();
    e.into_iter().map(|e| e / sum).collect()
}

fn softmax_along(scores: &Array2<f64>, axis: usize) -> Array2<f64> {
    let mut p = scores.clone();
    for mut lane in p.lanes_mut(Axis(axis)) {
        let weights = softmax(&lane.to_vec());
        lane.assign(&Array1::from(weights));
    }
    p
}

/// Viterbi with products of probabilities; the emission inside of the maximum or outside of it, in f64 or f32.
fn viterbi(given: &Given, inside: bool, single: bool) -> Value {
    let times = |a: f64, b: f64| if single { f64::from(a as f32 * b as f32) } else { a * b };
    let (start, words) = (given.numbers("start"), given.wholes("words"));
    let [step, says] = ["transition", "emission"].map(|name| given.matrix(name));
    let k = start.len();
    let first = |list: &[f64]| (0..list.len()).fold(0, |best, i| if list[i] > list[best] { i } else { best });
    let mut delta: Vec<f64> = (0..k).map(|j| times(start[j], says[[j, words[0]]])).collect();
    let mut back = Vec::new();
    for &word in &words[1..] {
        let said = |p: f64, j: usize, now: bool| if now { times(p, says[[j, word]]) } else { p };
        let reach = |i: usize, j: usize| said(times(delta[i], step[[i, j]]), j, inside);
        let from: Vec<usize> =
            (0..k).map(|j| first(&(0..k).map(|i| reach(i, j)).collect::<Vec<_>>())).collect();
        delta = (0..k).map(|j| said(reach(from[j], j), j, !inside)).collect();
        back.push(from);
    }
    let mut path = vec![first(&delta)];
    for from in back.iter().rev() {
        path.insert(0, from[path[0]]);
    }
    let ln_p = delta[*path.last().unwrap()].ln();
    value::named([("path", json!(path)), ("ln_p", value::number(ln_p))])
}

#[test]
fn viterbi_without_logarithms_however_the_product_is_taken() {
    assert_eq!(named("viterbi", |given| viterbi(given, false, false)), ["not-in-logs"]);
    assert_eq!(named("viterbi", |given| viterbi(given, true, false)), ["not-in-logs"]);
    assert_eq!(named("viterbi", |given| viterbi(given, false, true)), ["not-in-logs"]);
    assert_eq!(named("viterbi", |given| viterbi(given, true, true)), ["not-in-logs"]);
}

#[test]
fn the_variance_of_a_sample_of_one() {
    let program = |given: &Given| {
        let (mut x, epsilon) = (given.matrix("x"), given.number("epsilon"));
        for mut row in x.rows_mut() {
            let n = row.len() as f64;
            let mean = row.sum() / n;
            let variance = row.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
            row.mapv_inplace(|x| (x - mean) / (variance + epsilon).sqrt());
        }
        let [gain, bias] = ["gain", "bias"].map(|name| Array1::from(given.numbers(name)));
        value::matrix(&(x * &gain + &bias))
    };
    assert_eq!(named("layer-norm", program), ["sample-variance"]);
}

fn at_temperature(given: &Given, scaled: fn(f64, f64) -> f64) -> Vec<f64> {
    given.numbers("logits").into_iter().map(|x| scaled(x, given.number("t"))).collect()
}

#[test]
fn temperatures_without_a_rule_for_zero() {
    let plain = |given: &Given| value::numbers(softmax(&at_temperature(given, |x, t| x / t)));
    assert_eq!(named("temperature", plain), ["zero-not-treated"]);
    let multiplied = |given: &Given| value::numbers(softmax(&at_temperature(given, |x, t| x * t)));
    assert_eq!(named("temperature", multiplied), ["multiplies", "zero-not-treated"]);
    let after = |given: &Given| {
        let divided: Vec<f64> =
            softmax(&given.numbers("logits")).into_iter().map(|p| p / given.number("t")).collect();
        value::numbers(softmax(&divided))
    };
    assert_eq!(named("temperature", after), ["after-softmax", "zero-not-treated"]);
    let unshifted = |given: &Given| {
        let e: Vec<f64> = at_temperature(given, |x, t| (x / t).exp());
        let sum: f64 = e.iter().sum();
        value::numbers(e.into_iter().map(|e| e / sum))
    };
    assert_eq!(named("temperature", unshifted), ["no-shift", "zero-not-treated"]);
}

#[test]
fn softmax_shifted_by_the_mean_of_all() {
    let program = |given: &Given| {
        let x = given.numbers("logits");
        let mean = x.iter().sum::<f64>() / x.len() as f64;
        let e: Vec<f64> = x.iter().map(|x| (x - mean).exp()).collect();
        let sum: f64 = e.iter().sum();
        value::numbers(e.into_iter().map(|e| e / sum))
    };
    assert_eq!(named("softmax", program), ["shift-mean"]);
}

#[test]
fn top_p_that_keeps_nothing_at_zero() {
    let program = |given: &Given| {
        let (p, mass) = (given.numbers("probs"), given.number("mass"));
        let mut order: Vec<usize> = (0..p.len()).collect();
        order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
        let (mut out, mut before) = (vec![0.0; p.len()], 0.0);
        for id in order {
            if before < mass {
                out[id] = p[id];
            }
            before += p[id];
        }
        let sum: f64 = out.iter().sum();
        value::numbers(out.into_iter().map(|p| p / sum))
    };
    assert_eq!(named("top-p", program), ["empty-at-zero"]);
}

#[test]
fn a_base_that_is_stretched_for_a_single_pair_too() {
    let program = |given: &Given| {
        let (d, factor) = (given.whole("d") as f64, given.number("factor"));
        let base = given.number("base") * factor.powf(d / (d - 2.0));
        let theta = (0..given.whole("d") / 2).map(|i| base.powf(-2.0 * i as f64 / d));
        value::named([("new_base", value::number(base)), ("theta", value::numbers(theta))])
    };
    assert_eq!(named("ntk-frequencies", program), ["one-pair"]);
}

#[test]
fn attention_over_queries_where_a_key_is_hidden_from_all() {
    let program = |given: &Given| {
        let [q, k, v] = ["q", "k", "v"].map(|name| given.matrix(name));
        let mut scores = q.dot(&k.t()) / (q.ncols() as f64).sqrt();
        let seen = given.table("seen");
        scores.zip_mut_with(&seen, |score, seen| *score = if *seen { *score } else { f64::NEG_INFINITY });
        value::matrix(&softmax_along(&scores, 0).dot(&v))
    };
    assert_eq!(named("attention", program), ["over-queries", "blind-row"]);
}

#[test]
fn a_mask_that_hides_a_token_from_itself_leaves_the_first_nothing() {
    let program =
        |given: &Given| {
            let project = |x: &Array2<f64>, name: &str| x.dot(&given.matrix(name));
            let (x, heads) = (given.matrix("x"), given.whole("heads"));
            let [q, k, v] = ["w_q", "w_k", "w_v"].map(|name| project(&x, name));
            let width = x.ncols() / heads;
            let mut out = x.clone();
            for h in 0..heads {
                let own = Slice::from(h * width..(h + 1) * width);
                let [q, k, v] = [&q, &k, &v].map(|y| y.slice_axis(Axis(1), own));
                let scores = q.dot(&k.t()) / (width as f64).sqrt();
                let masked = Array2::from_shape_fn(scores.dim(), |(i, j)| {
                    if j < i { scores[[i, j]] } else { f64::NEG_INFINITY }
                });
                out.slice_axis_mut(Axis(1), own).assign(&softmax_along(&masked, 1).dot(&v));
            }
            value::matrix(&project(&out, "w_o"))
        };
    assert_eq!(named("multi-head", program), ["hidden-itself"]);
}

/// The loss by the logarithm of a quotient: NaN where ours, by the logarithm of the sum, has ∞.
#[test]
fn cross_entropy_without_the_shift_whichever_way_the_loss_is_taken() {
    fn loss(given: &Given, of_quotient: bool) -> Value {
        let (logits, targets) = (given.matrix("logits"), given.wholes("targets"));
        let n = targets.len() as f64;
        let mut grad = logits.mapv(f64::exp);
        let mut loss = 0.0;
        for (i, &target) in targets.iter().enumerate() {
            let mut row = grad.row_mut(i);
            let sum = row.sum();
            row /= sum;
            loss += if of_quotient { -row[target].ln() } else { sum.ln() - logits[[i, target]] };
            row[target] -= 1.0;
        }
        value::named([("loss", value::number(loss / n)), ("grad", value::matrix(&(grad / n)))])
    }
    assert_eq!(named("cross-entropy", |given| loss(given, true)), ["no-shift"]);
    assert_eq!(named("cross-entropy", |given| loss(given, false)), ["no-shift"]);
}

/// Divided by the number of pairs less one, which tensor2tensor keeps from being 0 and others do not.
#[test]
fn frequencies_that_end_at_the_base_with_a_guard_and_without() {
    fn table(given: &Given, least: f64) -> Value {
        let (n, d, base) = (given.whole("n"), given.whole("d"), given.number("base"));
        let last = (d as f64 / 2.0 - 1.0).max(least);
        let angle = |p: usize, pair: usize| p as f64 * base.powf(-(pair as f64) / last);
        value::matrix(&Array2::from_shape_fn((n, d), |(p, j)| {
            if j % 2 == 0 { angle(p, j / 2).sin() } else { angle(p, j / 2).cos() }
        }))
    }
    assert_eq!(named("sinusoidal-table", |given| table(given, 1.0)), ["last-pair-at-base"]);
    assert_eq!(named("sinusoidal-table", |given| table(given, 0.0)), ["last-pair-at-base"]);
}

#[test]
fn coordinate_descent_that_divides_by_the_length_of_a_column_of_zeros() {
    let program = |given: &Given| {
        let (x, y, lambda) = (given.matrix("x"), Array1::from(given.numbers("y")), given.number("penalty"));
        let mut w = Array1::<f64>::zeros(x.ncols());
        for _ in 0..given.whole("sweeps") {
            for j in 0..x.ncols() {
                let column = x.column(j);
                let square = column.dot(&column);
                let rho = column.dot(&(&y - &x.dot(&w))) + square * w[j];
                let beyond = if rho.abs() <= lambda { 0.0 } else { rho.abs() - lambda };
                w[j] = rho.signum() * beyond / square;
            }
        }
        value::numbers(w)
    };
    assert_eq!(named("lasso-coordinate-descent", program), ["zero-column"]);
}

/// A cache without the new row is empty at the first token, which then sees nothing.
#[test]
fn a_first_token_that_is_not_kept() {
    let program = |given: &Given| {
        let (x, heads) = (Array1::from(given.numbers("x")), given.whole("heads"));
        let [keys, values] = ["keys", "values"].map(|name| given.matrix(name));
        let q = x.dot(&given.matrix("w_q"));
        let width = q.len() / heads;
        let mut seen = Array1::<f64>::zeros(q.len());
        for h in 0..heads {
            let own = h * width..(h + 1) * width;
            let score = |t: usize| own.clone().map(|e| q[e] * keys[[t, e]]).sum::<f64>();
            let scores: Vec<f64> = (0..keys.nrows()).map(|t| score(t) / (width as f64).sqrt()).collect();
            for (t, weight) in softmax(&scores).into_iter().enumerate() {
                own.clone().for_each(|e| seen[e] += weight * values[[t, e]]);
            }
        }
        value::numbers(seen.dot(&given.matrix("w_o")))
    };
    assert_eq!(named("kv-cache-step", program), ["not-appended"]);
}

//! Against SciPy and PyTorch.

use concepts::emergence::{
    Examples, Items, LinearAttention, Metric, PowerLaw, Score, Test, clopper_pearson, kernel_regression,
    smooth_fit, tail_at_least,
};
use concepts::numerics::tolerance::{CLIMBED, FLAT_TOP, MEAN_OVER_POINTS, ORACLE_F64};
use ndarray::{Array1, Array2};
use serde_json::Value;

use crate::support::assert_close;

const BINOMIAL: &str = include_str!("../../fixtures/emergence/binomial.json");
const FIT: &str = include_str!("../../fixtures/emergence/fit.json");
const ATTENTION: &str = include_str!("../../fixtures/emergence/attention.json");

fn cases(file: &str, list: &str) -> Vec<Value> {
    let root: Value = serde_json::from_str(file).unwrap();
    let cases = root[list].as_array().unwrap().clone();
    assert!(!cases.is_empty());
    cases
}

fn number(case: &Value, field: &str) -> f64 {
    case[field].as_f64().unwrap_or_else(|| panic!("{field} of {case}"))
}

fn count(case: &Value, field: &str) -> u64 {
    case[field].as_u64().unwrap()
}

fn vector(value: &Value) -> Array1<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn matrix(value: &Value) -> Array2<f64> {
    let rows: Vec<Array1<f64>> = value.as_array().unwrap().iter().map(vector).collect();
    let views: Vec<_> = rows.iter().map(|row| row.view()).collect();
    ndarray::stack(ndarray::Axis(0), &views).unwrap()
}

/// Relative to the wanted value, however small it is.
#[track_caller]
fn near(place: &Value, have: f64, want: f64, tolerance: f64) {
    assert!((have - want).abs() <= tolerance * want.abs(), "{place}: {have:e} instead of {want:e}");
}

#[test]
fn intervals_are_those_of_scipy() {
    for case in cases(BINOMIAL, "intervals") {
        let found = clopper_pearson(count(&case, "k"), count(&case, "n"), number(&case, "level")).unwrap();
        // The logarithm of a gamma function of 10⁷ is 1.5·10⁸, of which f64 keeps 10⁻⁸ at the best.
        let tolerance = ORACLE_F64 * (count(&case, "n") as f64).max(1e3) / 1e3;
        near(&case, found.0, number(&case, "low"), tolerance);
        near(&case, found.1, number(&case, "high"), tolerance);
    }
}

#[test]
fn tails_are_those_of_scipy() {
    for case in cases(BINOMIAL, "tails") {
        let found = tail_at_least(count(&case, "k"), count(&case, "n"), number(&case, "p"));
        let want = number(&case, "at_least");
        let tolerance = ORACLE_F64 * (count(&case, "n") as f64).max(1e3) / 1e3;
        assert!((found - want).abs() <= tolerance * want.max(1e-12), "{case}: {found:e}");
    }
}

#[test]
fn metrics_are_the_integrals_of_scipy() {
    for case in cases(BINOMIAL, "metrics") {
        // A law whose cross-entropy at size 1 is this cost.
        let law = PowerLaw::new(number(&case, "cost"), 1.0).unwrap();
        for (i, items) in [Items::Alike, Items::Mixed].into_iter().enumerate() {
            let (tokens, options) = (count(&case, "tokens") as usize, count(&case, "options") as usize);
            let test = Test::new(tokens, options, number(&case, "waver"), items).unwrap();
            for (metric, name) in [
                (Metric::ExactMatch, "exact"),
                (Metric::TokenErrors, "errors"),
                (Metric::Brier, "brier"),
                (Metric::MultipleChoice, "choice"),
            ] {
                let want = case[name][i].as_f64().unwrap();
                let tolerance = if items == Items::Alike { ORACLE_F64 } else { MEAN_OVER_POINTS };
                near(&case, test.expected(metric, &law, 1.0), want, tolerance);
            }
            let want = -(tokens as f64) * number(&case, "cost");
            near(&case, test.expected(Metric::LogLikelihood, &law, 1.0), want, ORACLE_F64);
        }
    }
}

#[test]
fn fits_are_those_of_scipy() {
    for case in cases(FIT, "fits") {
        let (correct, total) = (vector(&case["correct"]), vector(&case["total"]));
        let sizes = vector(&case["sizes"]);
        let rows = sizes.iter().zip(correct.iter().zip(&total)).map(|(&size, (&k, &n))| Score {
            size,
            correct: k as u64,
            total: n as u64,
        });
        let found = smooth_fit(&rows.collect::<Vec<_>>(), number(&case, "chance")).unwrap();
        let want = number(&case, "log_likelihood");
        // SciPy's climb stops by the height, which is flat at the top: the place is known to the root of that.
        assert!(found.log_likelihood >= want - CLIMBED, "{case}: {}", found.log_likelihood);
        assert!((found.log_likelihood - want).abs() < CLIMBED, "{case}: {}", found.log_likelihood);
        // Zeros and one success leave the likelihood flat: any steep exponent does as well as another.
        let flat = case["name"] == "jump";
        assert!(flat || (found.exponent - number(&case, "exponent")).abs() < FLAT_TOP, "{case}: {found:?}");
    }
}

#[test]
fn a_layer_is_that_of_pytorch() {
    for case in cases(ATTENTION, "layers") {
        let [w_q, w_k, w_v, p] = ["w_q", "w_k", "w_v", "p"].map(|name| matrix(&case[name]));
        let layer = LinearAttention { w_q, w_k, w_v, p };
        let (tokens, context) = (matrix(&case["tokens"]), count(&case, "context") as usize);
        let want = matrix(&case["after"]);
        assert_close("forward", &layer.forward(tokens.view(), context).unwrap(), &want, ORACLE_F64);
        assert_close("by state", &layer.forward_by_state(tokens.view(), context).unwrap(), &want, ORACLE_F64);
    }
}

#[test]
fn descent_layers_and_kernel_are_those_of_pytorch() {
    for case in cases(ATTENTION, "descents") {
        let examples = Examples::new(matrix(&case["x"]), vector(&case["y"])).unwrap();
        let (query, step) = (vector(&case["query"]), number(&case, "step"));
        let steps = count(&case, "steps") as usize;
        assert_close("w", &examples.descend(step, steps).unwrap(), &vector(&case["w"]), ORACLE_F64);
        let answer = number(&case, "answer");
        let found = examples.by_layers(query.view(), step, steps).unwrap();
        assert!((found - answer).abs() < ORACLE_F64, "{found} instead of {answer}");
        let kernel = kernel_regression(&examples, query.view(), number(&case, "bandwidth")).unwrap();
        assert!((kernel - number(&case, "kernel")).abs() < ORACLE_F64, "{kernel}");
    }
}

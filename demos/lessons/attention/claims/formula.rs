//! C1, C2, C9: the formula itself.

use concepts::attention::{AttentionError, Mask, MultiHead, Trace, attention};
use concepts::numerics::softmax::softmax_rows;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_difference, normal, rng, sigmoid};
use ndarray::{Array2, Axis, array, concatenate};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::attention::experiments::core::{outside, row_sum_error, weights, worse};

/// Q, K and V of an input.
type Projected = Result<[Array2<f64>; 3], AttentionError>;

/// C1: three linear maps of the same input
pub(crate) fn projections_are_linear(c: &mut Case) -> Checked {
    const TRIALS: usize = 20;
    let mut rng = rng(c.seed, "C1");
    let layer = MultiHead::random(8, 1, 1, &mut rng)?;
    let pairs: Vec<[Array2<f64>; 2]> =
        (0..TRIALS).map(|_| [(); 2].map(|()| normal((6, 8), 1.0, &mut rng))).collect();
    let project = |x: &Array2<f64>| -> Projected {
        layer.trace(x.view(), x.view(), &Mask::None).map(|trace| [trace.q, trace.k, trace.v])
    };
    let biased = |x: &Array2<f64>| project(x).map(|three| three.map(|one| one + 1.0));
    let bare = |x: &Array2<f64>| -> Projected { Ok([(); 3].map(|()| x.clone())) };
    c.holds(linearity(&pairs, &project)?, |t, [error, apart]| {
        t.at_most("linear", error, EXACT_F64).over(TRIALS).drawn();
        t.at_least("three", apart, 0.1).over(6 * 8).drawn();
    })
    .control("affine", linearity(&pairs, &biased)?)
    .control("bare", linearity(&pairs, &bare)?);
    Ok(())
}

/// How far a projection is from being linear, and how far its two most alike maps are apart.
fn linearity(
    pairs: &[[Array2<f64>; 2]],
    project: &dyn Fn(&Array2<f64>) -> Projected,
) -> Result<[f64; 2], AttentionError> {
    // Q, K and V side by side.
    let f = |x: &Array2<f64>| project(x).map(|[q, k, v]| concatenate![Axis(1), q, k, v]);
    let mut error = 0.0;
    for [x, y] in pairs {
        error = worse(error, max_difference(&f(&(x * 2.0 - y * 3.0))?, &(f(x)? * 2.0 - f(y)? * 3.0)));
    }
    let [q, k, v] = project(&pairs[0][0])?;
    let apart = max_difference(&q, &k).min(max_difference(&k, &v)).min(max_difference(&v, &q));
    Ok([error, apart])
}

/// C2: scores, softmax over the keys, weighted sum
pub(crate) fn three_steps(c: &mut Case) -> Checked {
    // Different numbers of queries and keys, so that the wrong axis cannot go unnoticed.
    let (n_q, n_k) = (5, 7);
    let mut rng = rng(c.seed, "C2");
    let mut draw = |rows, cols| normal((rows, cols), 1.0, &mut rng);
    let (q, k, v) = (draw(n_q, 4), draw(n_k, 4), draw(n_k, 3));
    let dots = q.dot(&k.t());
    let over_keys = weights(&q, &k, &Mask::None)?;
    let output = attention(q.view(), k.view(), v.view(), &Mask::None)?;
    let over_queries = softmax_rows(&(dots.t().to_owned() / 2.0)).reversed_axes();
    let unscaled = softmax_rows(&dots);
    let (hand_q, hand_k) = (array![[3f64.ln() * 2f64.sqrt(), 0.0]], array![[1.0, 0.0], [0.0, 0.0]]);
    let hand_dots = hand_q.dot(&hand_k.t());
    let by_hand = [
        weights(&hand_q, &hand_k, &Mask::None)?,
        softmax_rows(&hand_dots.t().to_owned()),
        softmax_rows(&hand_dots),
        hand_dots,
    ];
    let [right, queries, bare, scores] = by_hand.map(|weights| weights[[0, 0]]);
    let averaged = |weights: Array2<f64>, hand| (weights.dot(&v), weights, hand);
    c.holds((output, over_keys, right), |t, (output, weights, hand)| {
        let smallest = weights.fold(f64::INFINITY, |a, &b| a.min(b));
        t.at_most("rows", row_sum_error(&weights), EXACT_F64).over(n_q).drawn();
        t.at_least("smallest", smallest, f64::MIN_POSITIVE).over(n_q * n_k).drawn();
        t.at_most("range", outside(&output, &v), EXACT_F64).over(n_q * 3).drawn();
        t.near("hand", hand, 0.75, EXACT_F64);
    })
    .control("over-queries", averaged(over_queries, queries))
    .control("unscaled", averaged(unscaled, bare))
    .control("no-softmax", averaged(dots, scores));
    Ok(())
}

/// C9: a weighted average with learned weights
pub(crate) fn weights_are_learned(c: &mut Case) -> Checked {
    const N: usize = 6;
    let mut rng = rng(c.seed, "C9");
    let layer = MultiHead::random(8, 1, 1, &mut rng)?;
    // Two inputs, the same parameters.
    let inputs = [(); 2].map(|()| normal((N, 8), 1.0, &mut rng));
    let both = |pick: &dyn Fn(&Trace) -> Array2<f64>| -> Result<[Array2<f64>; 2], AttentionError> {
        let of = |x: &Array2<f64>| layer.trace(x.view(), x.view(), &Mask::None).map(|t| pick(&t.heads[0]));
        Ok([of(&inputs[0])?, of(&inputs[1])?])
    };
    let attention = both(&|trace| trace.weights.clone())?;
    // Each score for itself, nothing shared out.
    let separately = both(&|trace| trace.scores.mapv(sigmoid))?;
    let apart = max_difference(&attention[0], &attention[1]);
    c.as_written(|t| {
        t.at_most("parameters", apart, 0.0).over(N * N).drawn();
    });
    c.value("one", attention[0][[0, 0]]).value("two", attention[1][[0, 0]]);
    c.corrected(Qualified, attention, |t, [one, two]| {
        let rows = worse(row_sum_error(&one), row_sum_error(&two));
        t.at_least("change", max_difference(&one, &two), 1e-3).over(N * N).drawn();
        t.at_most("rows", rows, EXACT_F64).over(2 * N).drawn();
    })
    .control("fixed", [(); 2].map(|()| Array2::from_elem((N, N), 1.0 / N as f64)))
    .control("sigmoid", separately);
    Ok(())
}

//! Fast twins and readable ones, gradients, the special case.

use concepts::classical::{
    Bag, Chain, ClassicalError, HiddenMarkov, Nearest, Task, Until, every_path, logistic_loss,
};
use concepts::numerics::tolerance::{DIFFERENCE_STEP, EXACT_F64, FLAT_MINIMUM, GRADIENT, ORACLE_F64};
use concepts::numerics::{central_difference, normal, relative_error, rng};
use ndarray::{Array2, ArrayView1, ArrayView2};
use proptest::prelude::*;

use super::bag;

/// Rows that sum to 1, some of their numbers 0.
fn rows(count: usize, width: usize, numbers: &[u8]) -> Array2<f64> {
    let mut rows = Array2::from_shape_fn((count, width), |(i, j)| {
        f64::from(numbers[(i * width + j) % numbers.len()] % 5) + if i % width == j { 1.0 } else { 0.0 }
    });
    for mut row in rows.rows_mut() {
        row /= row.sum();
    }
    rows
}

proptest! {
    /// The readable recursion, the fast one and every path agree, impossible paths too.
    #[test]
    fn a_hidden_markov_model_is_a_chain(
        tags in 1usize..4,
        numbers in prop::collection::vec(any::<u8>(), 7..40),
        words in prop::collection::vec(0usize..3, 1..6),
    ) {
        let start = rows(1, tags, &numbers).row(0).to_owned();
        let model = HiddenMarkov::new(start, rows(tags, tags, &numbers[1..]), rows(tags, 3, &numbers[2..])).unwrap();
        let chain = model.chain(&words).unwrap();
        match (model.viterbi(&words), chain.best()) {
            (Ok(readable), Ok((path, score))) => {
                prop_assert_eq!(&readable.tags, &path);
                prop_assert!((readable.ln_probability - score).abs() <= EXACT_F64 * score.abs().max(1.0));
                let all = every_path(&chain).unwrap();
                let most = all.iter().map(|one| one.1).fold(f64::NEG_INFINITY, f64::max);
                prop_assert!((most - score).abs() <= EXACT_F64 * score.abs().max(1.0));
                let sum: f64 = all.iter().map(|one| one.1.exp()).sum();
                prop_assert!((model.forward(&words).unwrap() - sum.ln()).abs() <= ORACLE_F64);
                prop_assert!((chain.log_partition().unwrap() - sum.ln()).abs() <= ORACLE_F64);
            }
            (readable, fast) => {
                prop_assert_eq!(readable.unwrap_err(), ClassicalError::NoPath);
                prop_assert_eq!(fast.unwrap_err(), ClassicalError::NoPath);
                prop_assert_eq!(model.forward(&words), Err(ClassicalError::NoPath));
                prop_assert_eq!(chain.log_partition(), Err(ClassicalError::NoPath));
            }
        }
    }

    /// Cosines through lists and one by one.
    #[test]
    fn similarities_are_cosines(
        counts in prop::collection::vec(prop::collection::vec(0u8..3, 6), 3..12),
        text in prop::collection::vec(0u8..3, 8),
    ) {
        let of = |row: &[u8]| bag(&row.iter().map(|&n| f64::from(n)).collect::<Vec<_>>());
        let bags: Vec<Bag> = counts.iter().map(|row| of(row)).collect();
        let labels: Vec<usize> = (0..bags.len()).map(|i| i % 2).collect();
        let nearest = Nearest::new(&bags, &labels, 2, 6).unwrap();
        let (fast, readable) = (nearest.similarities(&of(&text)), nearest.cosines(&of(&text)));
        for (a, b) in fast.iter().zip(&readable) {
            prop_assert!((a - b).abs() <= EXACT_F64);
        }
        // The most similar one wins, the first of equals.
        let best = (0..bags.len()).fold(0, |best, i| if fast[i] > fast[best] { i } else { best });
        let expected = (fast[best] > 0.0).then(|| labels[best]);
        prop_assert_eq!(nearest.predict(&of(&text), 1).unwrap(), expected);
    }
}

/// Counts, labels, and weights in a row.
fn regression() -> (Array2<f64>, Vec<Bag>, Vec<usize>, Vec<f64>) {
    let mut rng = rng(7, "logistic regression");
    let x = normal((9, 4), 1.0, &mut rng).mapv(|x| x.abs().round());
    let bags = x.rows().into_iter().map(|row| bag(&row.to_vec())).collect();
    let at = normal((1, 15), 1.0, &mut rng).row(0).to_vec();
    (x, bags, vec![0, 1, 2, 0, 1, 2, 2, 2, 0], at)
}

#[test]
fn the_loss_is_the_readable_one_and_its_gradient_that_of_differences() {
    let (x, bags, labels, at) = regression();
    let task = Task::new(&bags, &labels, (3, 4), 0.7).unwrap();
    let (loss, gradient) = task.loss_and_gradient(&at);
    let readable = |at: &[f64]| {
        let weights = ArrayView2::from_shape((4, 3), &at[..12]).unwrap();
        logistic_loss(x.view(), &labels, weights, ArrayView1::from(&at[12..]), 0.7)
    };
    assert!((loss - readable(&at)).abs() < EXACT_F64 * loss);
    let row = |numbers: Vec<f64>| Array2::from_shape_vec((1, 15), numbers).unwrap();
    let numeric = central_difference(|at| readable(at.as_slice().unwrap()), &row(at), DIFFERENCE_STEP);
    assert!(relative_error(&row(gradient), &numeric) < GRADIENT);
    // Scores of thousands are no trouble.
    let far = task.loss_and_gradient(&[4000.0, -4000.0, 0.0].repeat(5));
    assert!(far.0.is_finite() && far.1.iter().all(|g| g.is_finite()));
}

#[test]
fn the_start_does_not_matter_where_the_function_is_convex() {
    let (_, bags, labels, at) = regression();
    let task = Task::new(&bags, &labels, (3, 4), 0.7).unwrap();
    // Where the value no longer falls in `f64`, the gradient is still of the order of √2.2e-16.
    let until = Until { gradient: 1e-7, steps: 2000 };
    let [a, b] = [vec![0.0; 15], at].map(|start| task.minimum(start, until).unwrap());
    assert!(a.gradient < until.gradient && b.gradient < until.gradient);
    assert!((a.value - b.value).abs() < ORACLE_F64);
    // The bias may move by a constant; the weights may not.
    assert!(a.at[..12].iter().zip(&b.at[..12]).all(|(a, b)| (a - b).abs() < FLAT_MINIMUM));
}

#[test]
fn marginals_are_the_gradient_of_the_partition() {
    let mut rng = rng(7, "marginals");
    let (at, between) = (normal((5, 3), 2.0, &mut rng), normal((3, 3), 1.0, &mut rng));
    let marginals = Chain::new(at.clone(), between.clone()).unwrap().marginals().unwrap();
    let ln_z = |at: &Array2<f64>| Chain::new(at.clone(), between.clone()).unwrap().log_partition().unwrap();
    let numeric = central_difference(ln_z, &at, DIFFERENCE_STEP);
    assert!(relative_error(&marginals, &numeric) < GRADIENT);
}

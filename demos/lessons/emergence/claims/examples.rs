//! C3: small models and examples. C7: the sum that is marked wrong.

use concepts::emergence::{evaluate, expected_error_after_one_step};
use concepts::numerics::tolerance::ORACLE_F64;
use ndarray::Array2;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Wrong;
use crate::lessons::emergence::experiments::learning::{
    Labels, after_one, identity, kernel_error, left, typical,
};
use crate::lessons::emergence::steps::arithmetic::{ASKED, SAID};

/// Examples and features of a task, layers, tasks.
const SHAPE: (usize, usize) = (40, 5);
const LAYERS: usize = 10;
const TASKS: usize = 400;
const FUNCTIONS: usize = 400;
const MANY: usize = 256;

/// C3: below a billion parameters no learning from examples
pub(crate) fn small_cannot(c: &mut Case) -> Checked {
    let seed = c.seed;
    let all = left(SHAPE, LAYERS, TASKS, seed);
    let world = |labels| -> Result<_, concepts::emergence::EmergenceError> {
        Ok((all.of(labels), kernel_error(MANY, FUNCTIONS, labels, seed)?))
    };
    let right = world(Labels::Right)?;
    let same = identity(SHAPE, LAYERS, 20, seed)?;
    let ((one, one_error), deep) = (after_one(right.0), typical(right.0, LAYERS));
    let (n, d) = SHAPE;
    // Four matrices of a layer, none of them trained.
    let numbers = 4 * (d + 1) * (d + 1);
    c.value("n", n).value("one", one).value("deep", deep).value("layers", LAYERS).value("numbers", numbers);
    c.value("many", MANY);
    c.as_written(|t| {
        // Nothing learned leaves all of the error.
        t.at_least("nothing-learned", one, 1.0 - 4.5 * one_error).over(TASKS).drawn();
    });
    let (foreign, tolerance) = (world(Labels::Foreign)?, 4.5 * one_error);
    c.corrected(Wrong, right, |t, (left, kernel): (&Array2<f64>, f64)| {
        t.at_most("same", same, ORACLE_F64).over(20).drawn();
        let (mean, _) = after_one(left);
        t.near("one-layer", mean, expected_error_after_one_step(n, d), tolerance).over(TASKS).drawn();
        t.at_most("deep", typical(left, LAYERS), 0.01).over(TASKS).drawn();
        t.at_most("kernel", kernel, 0.25).over(FUNCTIONS).drawn();
    })
    .control("foreign", foreign);
    Ok(())
}

/// C7: 23 − 17 + 5 is not 11
pub(crate) fn marked_wrong(c: &mut Case) -> Checked {
    let worth = evaluate(ASKED)?.value;
    // Brackets where there are none: the other order of the two operations.
    let other = evaluate("23-(17+5)")?.value;
    c.value("asked", ASKED).value("worth", worth);
    c.as_written(|t| {
        t.at_least("mistake", (worth - SAID).abs(), 1.0);
    });
    c.corrected(Wrong, worth, |t, worth: f64| {
        t.exactly("worth", worth, SAID);
    })
    .control("brackets", other);
    Ok(())
}

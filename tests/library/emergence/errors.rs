//! What is refused.

use concepts::emergence::{
    EmergenceError, Examples, Items, LinearAttention, PowerLaw, Score, Test, clopper_pearson, items_needed,
    kernel_regression, smooth_fit,
};
use ndarray::{Array1, Array2, array};

fn said<T>(result: Result<T, EmergenceError>) -> String {
    result.err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn numbers_out_of_range() {
    for value in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(said(PowerLaw::new(value, 0.3)).contains("the scale of the law"), "{value}");
        assert!(said(PowerLaw::new(1e7, value)).contains("the exponent"), "{value}");
        assert!(said(LinearAttention::gradient_step(2, value)).contains("the step size"), "{value}");
    }
    for level in [0.0, 1.0, f64::NAN] {
        assert!(said(clopper_pearson(1, 2, level)).contains("between 0 and 1"));
        assert!(said(items_needed(0.1, level)).contains("between 0 and 1"));
    }
    assert!(said(Test::new(0, 4, 1.0, Items::Alike)).contains("0 tokens"));
    assert!(said(Test::new(1, 1, 1.0, Items::Alike)).contains("1 options"));
    assert!(clopper_pearson(3, 2, 0.95).unwrap().0.is_nan());
}

#[test]
fn scores_that_say_nothing() {
    let score = |size, correct, total| Score { size, correct, total };
    let fit = |rows: &[Score]| said(smooth_fit(rows, 0.0));
    assert!(fit(&[score(1.0, 3, 2), score(2.0, 1, 2)]).contains("row 1: 3 correct of 2"));
    assert!(fit(&[score(1.0, 1, 2), score(2.0, 0, 0)]).contains("row 2: a test of 0 items"));
    assert!(fit(&[score(1.0, 1, 2), score(1.0, 2, 2)]).contains("at least 2"));
    assert!(fit(&[score(-1.0, 1, 2), score(1.0, 2, 2)]).contains("a size is -1"));
    assert!(said(smooth_fit(&[score(1.0, 1, 2), score(2.0, 2, 2)], 1.0)).contains("the score of a guess"));
}

#[test]
fn shapes_that_do_not_fit() {
    assert!(said(Examples::new(Array2::zeros((0, 3)), Array1::zeros(0))).contains("no examples"));
    assert!(
        said(Examples::new(Array2::zeros((2, 3)), Array1::zeros(1))).contains("the number of labels is 1")
    );
    let examples = Examples::new(array![[1.0], [2.0]], array![1.0, 2.0]).unwrap();
    assert!(
        said(kernel_regression(&examples, array![1.0, 2.0].view(), 1.0))
            .contains("the length of the query is 2")
    );
    let layer = LinearAttention::gradient_step(1, 0.1).unwrap();
    assert!(
        said(layer.forward(Array2::zeros((3, 3)).view(), 2)).contains("the width of a weight matrix is 2")
    );
    assert!(said(layer.forward(Array2::zeros((3, 2)).view(), 4)).contains("the number of tokens is 3"));
}

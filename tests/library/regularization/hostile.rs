use concepts::regularization::{
    Design, Kind, Penalty, RegularizationError, Ridge, Scaling, Stop, coordinate_descent, cross_validate,
    exact_path, folds, lasso_path, ridge_closed_form, soft_threshold,
};
use ndarray::{Array1, Array2, array};

fn design(x: &Array2<f64>, y: &Array1<f64>) -> Result<Design, RegularizationError> {
    Design::new(x.view(), y.view(), Scaling::UnitNorm)
}

#[test]
fn what_cannot_be_a_problem_is_refused() {
    let x = array![[1.0, 2.0], [3.0, 1.0], [2.0, 2.0]];
    let said = |x: &Array2<f64>, y: Array1<f64>| design(x, &y).unwrap_err().to_string();
    assert!(said(&x, array![1.0]).contains("3 rows but 1 responses"));
    assert!(said(&array![[1.0]], array![1.0]).contains("at least 2"));
    assert!(said(&x, array![4.0, 4.0, 4.0]).contains("response is 4 in every row"));
    assert!(said(&array![[1.0], [1.0]], array![1.0, 2.0]).contains("no column varies"));
    assert!(said(&Array2::zeros((2, 0)), array![1.0, 2.0]).contains("no column varies"));
    assert!(said(&x, array![1.0, f64::NAN, 2.0]).contains("row 1 of column 2 is NaN"));
    assert!(said(&(&x * 1e300), array![1.0, 2.0, 2.0]).contains("can be squared"));
    assert!(said(&x, array![f64::INFINITY, 1.0, 2.0]).contains("inf"));
}

#[test]
fn large_and_tiny_numbers_are_met() {
    for scale in [1e149, 1.0, 1e-300] {
        let x = array![[1.0, 2.0], [3.0, 1.0], [2.0, 2.0], [0.0, 1.0]] * scale;
        let design = design(&x, &array![1.0, 2.0, 3.0, 5.0]).unwrap();
        let path = exact_path(&design, Kind::Lasso).unwrap();
        assert!(path.knots.last().unwrap().coefficients.iter().all(|w| w.is_finite()));
    }
}

#[test]
fn a_column_of_one_large_number_is_constant() {
    let x = array![[1e9, 1.0], [1e9, 2.0], [1e9, 4.0]];
    let design = design(&x, &array![1.0, 2.0, 3.0]).unwrap();
    assert_eq!(design.constant(), [0]);
    let path = exact_path(&design, Kind::Lasso).unwrap();
    assert_eq!((path.at(0.0)[0], path.spanned.len()), (0.0, 0));
    assert_eq!(Ridge::new(&design).singular_values().len(), 1);
    assert_eq!(lasso_path(&design, &[0.1], 1.0, Stop::default()).unwrap()[0].coefficients[0], 0.0);
}

#[test]
fn penalties_that_are_none_are_refused() {
    let design = design(&array![[1.0, 1.0], [2.0, 2.0], [4.0, 4.0]], &array![1.0, 2.0, 0.0]).unwrap();
    for lambda in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(Penalty::new(lambda, 1.0).is_err() && ridge_closed_form(&design, lambda).is_err());
    }
    assert!(Penalty::new(1.0, 1.5).is_err() && Penalty::new(1.0, f64::NAN).is_err());
    let start = Array1::zeros(2);
    let none = Penalty { l1: 0.0, l2: 1.0 };
    assert!(coordinate_descent(&design, none, start.view(), Stop::default()).is_err());
    assert!(lasso_path(&design, &[1.0], 0.0, Stop::default()).is_err());
    assert_eq!(ridge_closed_form(&design, 0.0), Err(RegularizationError::Singular { column: 1 }));
    // Of all solutions the ridge takes the shortest: equal columns share.
    let w = Ridge::new(&design).coefficients(0.0);
    assert!((w[0] - w[1]).abs() < 1e-12);
    // A penalty beyond all bounds leaves nothing.
    let far = lasso_path(&design, &[1e300], 1.0, Stop::default()).unwrap();
    assert_eq!(far[0].coefficients, Array1::<f64>::zeros(2));
    assert!(soft_threshold(f64::NAN, none).is_nan());
    assert_eq!(soft_threshold(f64::INFINITY, Penalty::lasso(1.0)), f64::INFINITY);
}

#[test]
fn folds_and_grids_that_are_none_are_refused() {
    assert!(folds(3, 1, 7).is_err() && folds(3, 4, 7).is_err());
    let design = design(&array![[1.0], [2.0], [4.0]], &array![1.0, 2.0, 0.0]).unwrap();
    let fold = folds(3, 3, 7).unwrap();
    assert!(cross_validate(&design, &[1.0], 1.0, &fold, Stop::default()).is_err());
    assert!(cross_validate(&design, &[1.0, 0.5], 1.0, &fold[..2], Stop::default()).is_err());
    assert!(cross_validate(&design, &[1.0, 0.5], 1.0, &fold, Stop::default()).is_ok());
}

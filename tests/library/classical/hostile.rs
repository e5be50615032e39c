//! Input that cannot be met, or hardly.

use concepts::classical::words::{Part, Quantity};
use concepts::classical::{
    Bag, Chain, ClassicalError, CurveSettings, HiddenMarkov, Logistic, NaiveBayes, Nearest, Tagger, Units,
    every_path, learning_curve, segment, tokens, units,
};
use concepts::numerics::tolerance::ORACLE_F64;
use ndarray::{Array2, array};

#[test]
fn what_is_no_model_is_refused() {
    let one = || array![[1.0]];
    assert_eq!(
        HiddenMarkov::new(array![0.5], one(), one()),
        Err(ClassicalError::NoDistribution { row: 1, sum: 0.5 })
    );
    assert!(matches!(
        HiddenMarkov::new(array![1.0], array![[f64::NAN]], one()),
        Err(ClassicalError::NoDistribution { .. })
    ));
    assert_eq!(
        HiddenMarkov::new(array![1.0], array![[1.0, 0.0]], one()),
        Err(ClassicalError::Shape { what: Part::Tags, actual: 2, expected: 1 })
    );
    let model = HiddenMarkov::new(array![1.0], one(), one()).unwrap();
    assert_eq!(model.viterbi(&[]), Err(ClassicalError::None { what: Part::Words }));
    assert_eq!(model.forward(&[1]), Err(ClassicalError::Unknown { what: Part::Symbols, given: 1, last: 0 }));
    let smoothing = HiddenMarkov::count(&[(vec![0], vec![0])], (1, 1), 0.0);
    assert_eq!(smoothing, Err(ClassicalError::NotPositive { what: Quantity::Smoothing, value: 0.0 }));
    assert!(Tagger::learn(&[], 1.0).is_err());
}

#[test]
fn scores_are_finite_or_impossible() {
    for value in [f64::NAN, f64::INFINITY] {
        let refused = Chain::new(array![[value]], array![[0.0]]);
        assert!(matches!(refused, Err(ClassicalError::Score { .. })));
    }
    let never = Chain::new(array![[f64::NEG_INFINITY]], array![[0.0]]).unwrap();
    assert_eq!(never.best(), Err(ClassicalError::NoPath));
    assert_eq!(never.marginals(), Err(ClassicalError::NoPath));
    // Scores whose exponentials overflow.
    let large = Chain::new(array![[1e4, -1e4], [1e4, 1e4]], Array2::zeros((2, 2))).unwrap();
    assert_eq!(large.best().unwrap(), (vec![0, 0], 2e4));
    assert!((large.log_partition().unwrap() - (2e4 + 2f64.ln())).abs() < ORACLE_F64);
    let long = Chain::new(Array2::zeros((40, 3)), Array2::zeros((3, 3))).unwrap();
    assert!(matches!(every_path(&long), Err(ClassicalError::TooManyPaths { .. })));
    assert!(long.score(&[0; 39]).is_err() && long.score(&[3; 40]).is_err());
}

#[test]
fn labels_that_do_not_fit_are_refused() {
    let bags = vec![Bag(vec![(0, 1.0)]); 3];
    let fit = |labels: &[usize], classes| NaiveBayes::fit(&bags, labels, classes, 1, 1.0).unwrap_err();
    assert_eq!(fit(&[0, 0, 0], 1), ClassicalError::OneClass);
    assert_eq!(fit(&[0, 0, 0], 2), ClassicalError::EmptyClass { class: 1 });
    assert_eq!(fit(&[0, 5, 1], 2), ClassicalError::Unknown { what: Part::Labels, given: 5, last: 1 });
    assert_eq!(fit(&[0, 1], 2), ClassicalError::Shape { what: Part::Labels, actual: 2, expected: 3 });
    assert!(Logistic::fit(&bags, &[0, 1, 0], 2, 1, -1.0).is_err());
    assert!(Nearest::new(&bags, &[0, 1, 0], 2, 1).unwrap().predict(&bags[0], 0).is_err());
    let settings =
        CurveSettings { smoothing: 1.0, penalty: 1.0, neighbours: 1, repeats: 2, most: 10, seed: 7 };
    assert_eq!(
        learning_curve(&bags[..2], &[0, 1], 2, &settings),
        Err(ClassicalError::TooFewRows { rows: 2, classes: 2, least: 3 })
    );
    // Three rows, the third of which is the test; and texts without a single unit.
    assert_eq!(learning_curve(&bags, &[0, 1, 0], 2, &settings).unwrap().sizes, [2]);
    let empty = vec![Bag::default(); 9];
    let curve = learning_curve(&empty, &[0, 1, 0, 1, 0, 1, 0, 1, 0], 2, &settings).unwrap();
    assert!(curve.strangers.iter().flatten().all(|&share| share == 1.0));
}

#[test]
fn any_text_has_units() {
    for text in ["", " ", "!!!", "\u{0}\u{200b}", "👍🏽👍🏽", "ﷺ", "a\u{301}b", "中a中", "𠀀𠀁", "한국어 글"]
    {
        let single = units(text, Units::Single);
        assert!(single.len() <= units(text, Units::Pairs).len());
        assert!(single.iter().all(|unit| !unit.is_empty()));
        assert!(tokens(text).iter().chain(&segment(text, |_| false)).all(|word| !word.is_empty()));
    }
    assert_eq!(units("中a中", Units::Pairs), ["中", "a", "中 a", "中", "a 中"]);
}

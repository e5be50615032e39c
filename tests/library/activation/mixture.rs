//! The mixture of experts: against Mixtral's block, its limits, refusals.

use concepts::activation::{Activation, ActivationError, GatedLayer, Mixture, Size};
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F32};
use concepts::numerics::{normal, rng};
use ndarray::{Array2, Axis, array};
use serde_json::Value;

fn matrix(value: &Value) -> Array2<f64> {
    let rows: Vec<Vec<f64>> = serde_json::from_value(value.clone()).unwrap();
    Array2::from_shape_vec((rows.len(), rows[0].len()), rows.concat()).unwrap()
}

#[test]
fn gates_and_outputs_are_those_of_mixtral() {
    let fixture: Value =
        serde_json::from_str(include_str!("../../fixtures/activation/mixture.json")).unwrap();
    for case in fixture["cases"].as_array().unwrap() {
        let matrices =
            |key: &str| case[key].as_array().unwrap().iter().map(matrix).collect::<Vec<Array2<f64>>>();
        let (w, v, u) = (matrices("w"), matrices("v"), matrices("u"));
        let experts = w.into_iter().zip(v).zip(u);
        let experts = experts.map(|((w, v), u)| GatedLayer { f: Activation::SILU, w, v, u }).collect();
        let active = case["active"].as_u64().unwrap() as usize;
        let layer = Mixture::new(matrix(&case["router"]), experts, active).unwrap();
        let (x, gates) = (matrix(&case["x"]), matrix(&case["gates"]));
        for (i, token) in x.outer_iter().enumerate() {
            let ours = layer.route(token).unwrap();
            let chosen: Vec<usize> = ours.iter().map(|choice| choice.expert).collect();
            assert_eq!(Value::from(chosen), case["chosen"][i]);
            for (choice, theirs) in ours.iter().zip(gates.row(i)) {
                assert!((choice.gate - theirs).abs() <= ORACLE_F32, "{choice:?} {theirs}");
            }
        }
        let (ours, theirs) = (layer.forward(x.view()).unwrap(), matrix(&case["y"]));
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert!((ours - theirs).abs() <= ORACLE_F32 * theirs.abs().max(1.0), "{ours} {theirs}");
        }
    }
}

#[test]
fn experts_that_are_alike_are_one_layer() {
    let mut draws = rng(7, "mixture, alike");
    let one = GatedLayer::random(3, 5, Activation::Gelu, &mut draws).unwrap();
    let (router, x) = (normal((3, 4), 1.0, &mut draws), normal((6, 3), 1.0, &mut draws));
    for active in 1..=4 {
        let layer = Mixture::new(router.clone(), vec![one.clone(); 4], active).unwrap();
        let apart = layer.forward(x.view()).unwrap() - one.forward(x.view()).unwrap();
        assert!(apart.iter().all(|apart| apart.abs() <= EXACT_F64), "{active}: {apart}");
    }
}

#[test]
fn gates_are_a_softmax_over_the_chosen_scores() {
    let mut draws = rng(7, "mixture, gates");
    let experts = (0..8).map(|_| GatedLayer::random(3, 2, Activation::SILU, &mut draws).unwrap()).collect();
    let router = normal((3, 8), 1.0, &mut draws);
    let layer = Mixture::new(router.clone(), experts, 3).unwrap();
    for token in normal((20, 3), 2.0, &mut draws).outer_iter() {
        let chosen = layer.route(token).unwrap();
        let scores = token.dot(&router).select(Axis(0), &chosen.iter().map(|c| c.expert).collect::<Vec<_>>());
        let alone = scores.mapv(f64::exp) / scores.mapv(f64::exp).sum();
        for (choice, alone) in chosen.iter().zip(&alone) {
            assert!((choice.gate - alone).abs() <= EXACT_F64, "{choice:?} {alone}");
        }
        let left_out = (0..8).filter(|e| chosen.iter().all(|choice| choice.expert != *e));
        let lowest = scores.fold(f64::INFINITY, |a: f64, &b| a.min(b));
        assert!(left_out.map(|e| token.dot(&router.column(e))).all(|score| score <= lowest));
    }
}

#[test]
fn of_equal_scores_the_first_expert_is_taken_and_huge_ones_do_no_harm() {
    let mut draws = rng(7, "mixture, ties");
    let experts: Vec<GatedLayer> =
        (0..3).map(|_| GatedLayer::random(1, 2, Activation::SILU, &mut draws).unwrap()).collect();
    let chosen = |router: Array2<f64>, x: f64| {
        let layer = Mixture::new(router, experts.clone(), 2).unwrap();
        let chosen = layer.route(array![x].view()).unwrap();
        chosen.iter().map(|choice| (choice.expert, choice.gate)).collect::<Vec<_>>()
    };
    assert_eq!(chosen(array![[1.0, 1.0, 1.0]], 1.0), [(0, 0.5), (1, 0.5)]);
    // Both others have a probability that rounds to 0; the larger score is taken.
    assert_eq!(chosen(array![[1.0, 0.1, 0.2]], 1e4), [(0, 1.0), (2, 0.0)]);
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut draws = rng(7, "mixture, refused");
    let expert = GatedLayer::random(3, 5, Activation::SILU, &mut draws).unwrap();
    let new = |columns, experts, active| {
        Mixture::new(Array2::zeros((3, columns)), vec![expert.clone(); experts], active).map(drop)
    };
    assert_eq!(new(0, 0, 1), Err(ActivationError::Zero { what: Size::Experts }));
    assert_eq!(new(4, 4, 0), Err(ActivationError::Zero { what: Size::Active }));
    assert_eq!(new(4, 4, 5), Err(ActivationError::TooMany { active: 5, experts: 4 }));
    assert_eq!(new(4, 3, 2), Err(ActivationError::Lengths { left: 4, right: 3 }));
    let layer = Mixture::new(Array2::zeros((3, 4)), vec![expert; 4], 2).unwrap();
    assert!(layer.forward(Array2::zeros((2, 4)).view()).is_err());
}

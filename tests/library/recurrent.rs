//! The recurrent layer against a reference implementation and against the run that counts its products.
//!
//! `tests/fixtures/attention/make.py` says where the numbers come from.

use concepts::attention::counted::counted_rnn;
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F64};
use concepts::numerics::{Tally, Tracked, max_difference, normal, rng};
use concepts::recurrent::{Activation, Rnn};
use ndarray::{Array1, Axis};

use crate::support::assert_close;
use crate::support::recurrent::{RnnCase, rnn_cases};

#[test]
fn the_counted_run_computes_the_same_states() {
    let mut rng = rng(1, "recurrent_properties");
    let [w, u, x] = [(5, 5), (5, 3), (7, 3)].map(|shape| normal(shape, 0.5, &mut rng));
    let zero = Array1::zeros(5);
    let layer = Rnn::new(w.clone(), u.clone(), zero.clone(), Activation::Tanh).unwrap();
    let states = layer.states(x.view(), zero.view()).unwrap();
    let mut tally = Tally::default();
    let [x, w, u] = [x, w, u].map(Tracked::input);
    let counted = counted_rnn(&mut tally, &x, &w, &u);
    let later = states.select(Axis(0), &(1..8).collect::<Vec<_>>());
    assert!(max_difference(counted.value(), &later) < EXACT_F64);
    assert_eq!((tally.multiply_adds(), tally.stages()), (7 * 5 * (5 + 3), 7));
}

#[test]
fn the_recurrent_layer_agrees() {
    for case in rnn_cases() {
        check_shapes(&case);
        let layer = Rnn::new(case.w.clone(), case.u.clone(), case.b.clone(), case.activation).unwrap();
        let states = layer.states(case.x.view(), case.h0.view()).unwrap();
        let after_start = states.select(Axis(0), &(1..states.nrows()).collect::<Vec<_>>());
        assert_close(&case.place, &after_start, &case.hidden, ORACLE_F64);
        let jacobian = layer.jacobian(states.view()).unwrap();
        assert_close(&format!("{}, jacobian", case.place), &jacobian, &case.jacobian, ORACLE_F64);
    }
}

/// A broken file is named as such.
fn check_shapes(case: &RnnCase) {
    let (d, inputs) = case.u.dim();
    assert_eq!([case.w.dim(), case.jacobian.dim()], [(d, d); 2], "{}", case.place);
    assert_eq!([case.b.len(), case.h0.len()], [d; 2], "{}", case.place);
    let steps = case.x.nrows();
    assert_eq!([case.x.dim(), case.hidden.dim()], [(steps, inputs), (steps, d)], "{}", case.place);
}

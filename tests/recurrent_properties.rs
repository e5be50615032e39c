//! The recurrent layer against the run that counts its products.

use concepts::attention::counted::counted_rnn;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{Tally, Tracked, max_difference, normal, rng};
use concepts::recurrent::{Activation, Rnn};
use ndarray::{Array1, Axis};

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

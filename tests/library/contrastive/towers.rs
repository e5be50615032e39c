//! The two towers: gradients against differences, what they learn, and that they learn nothing from wrong pairs.

use concepts::contrastive::{
    Direction, LARGEST_SCALE, Negatives, Objective, Plan, Scene, Sharpness, Towers, lowest_loss, pairs,
    train, train_with_progress, zero_shot,
};
use concepts::numerics::tolerance::{DIFFERENCE_STEP, GRADIENT};
use concepts::numerics::{relative_error, rng};
use ndarray::Array2;

/// Every so many-th entry of a part is tried: all of them would take long.
const EVERY: usize = 97;

#[test]
fn every_part_has_the_gradient_of_differences() {
    for objective in [Objective::CLIP, Objective::InfoNce(Direction::TextToImage), Objective::SigLip] {
        let mut draws = rng(7, "towers");
        let mut towers = Towers::new(Sharpness { scale: 3.0, bias: -1.0 }, &mut draws);
        let scenes: Vec<Scene> = Scene::all().into_iter().step_by(9).collect();
        let (x, c) = pairs(&scenes, &mut draws);
        let (_, mut gradient) = towers.pass(x.view(), c.view(), objective).unwrap();
        for part in 0..towers.parts_mut().len() {
            let columns = towers.parts_mut()[part].ncols();
            let places: Vec<(usize, usize)> = (0..towers.parts_mut()[part].len())
                .step_by(EVERY)
                .map(|i| (i / columns, i % columns))
                .collect();
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            for &place in &places {
                let mut at = |by: f64| {
                    towers.parts_mut()[part][place] += by;
                    let loss = towers.pass(x.view(), c.view(), objective).unwrap().0;
                    towers.parts_mut()[part][place] -= by;
                    loss
                };
                theirs.push((at(DIFFERENCE_STEP) - at(-DIFFERENCE_STEP)) / (2.0 * DIFFERENCE_STEP));
                ours.push(gradient.parts_mut()[part][place]);
            }
            let row = |x: Vec<f64>| Array2::from_shape_vec((1, x.len()), x).unwrap();
            let off = relative_error(&row(ours), &row(theirs));
            assert!(off < GRADIENT, "part {part}: {off}");
        }
    }
}

#[test]
fn what_was_never_seen_together_is_named() {
    for seed in [7, 8, 9] {
        let trained = train(Plan::DEFAULT, seed).unwrap();
        let judged = zero_shot(&trained.towers, &Scene::of(true), 8, seed).unwrap();
        assert!(judged.all > 0.5, "{judged:?}");
        let wrong = train(Plan { shuffled: true, ..Plan::DEFAULT }, seed).unwrap();
        let judged = zero_shot(&wrong.towers, &Scene::of(true), 8, seed).unwrap();
        assert!(judged.all < 0.25, "{judged:?}");
    }
}

#[test]
fn batches_and_limits() {
    let odd = Plan { steps: 3, batch: 200, ..Plan::DEFAULT };
    assert_eq!(train(odd, 7).unwrap().repeated, 200.0);
    assert_eq!(train(Plan { batch: 48, ..odd }, 7).unwrap().repeated, 0.0);
    assert_eq!(train(Plan { batch: 9, negatives: Negatives::Alike, ..odd }, 7).unwrap().losses.len(), 3);
    assert!(train(Plan { batch: 1, ..odd }, 7).is_err());
    let sharp = Sharpness::temperature(0.01).unwrap();
    let trained = train(Plan { steps: 40, sharpness: sharp, ..Plan::DEFAULT }, 7).unwrap();
    assert!(trained.towers.sharp().scale <= LARGEST_SCALE * (1.0 + 1e-12));
    let again = train(Plan { steps: 40, sharpness: sharp, ..Plan::DEFAULT }, 7).unwrap();
    assert_eq!(trained.towers, again.towers);
}

#[test]
fn no_batch_costs_less_than_its_own_temperature_allows() {
    for tau in [0.07, 1.0, 10.0] {
        let plan = Plan { sharpness: Sharpness::temperature(tau).unwrap(), ..Plan::DEFAULT };
        let mut told = Vec::new();
        let trained = train_with_progress(plan, 7, &mut |done| told.push(done)).unwrap();
        assert!(told.into_iter().eq(1..=plan.steps));
        let floor = |scale| lowest_loss(plan.batch, Sharpness { scale, bias: 0.0 }).unwrap();
        for (loss, &scale) in trained.losses.iter().zip(&trained.scales) {
            assert!(*loss >= floor(scale), "τ {tau}: {loss} at {scale}");
        }
        // From a large τ the loss falls below what that τ allows, since τ is learnt.
        let below = trained.losses[plan.steps - 1] < floor(tau.recip());
        assert_eq!(below, tau > 0.5, "τ {tau}");
    }
}

//! The laws and their optima.

use concepts::numerics::tolerance::{EXACT_F64, FLAT_MINIMUM, ORACLE_F64};
use concepts::scaling::{BESIROGLU, HOFFMANN, HOFFMANN_TEX, Kaplan, PF_DAY, ScalingError, trained_models};
use proptest::prelude::*;

use super::{apart, law_of, number, oracle};

#[test]
fn the_closed_form_is_the_root_that_brentq_finds() {
    for case in oracle()["optima"].as_array().unwrap() {
        let (law, c) = (law_of(case), number(case, "c"));
        let (closed, found) = (law.optimum(c).unwrap(), law.search(c).unwrap());
        assert!(apart(closed.n, number(case, "n")) < ORACLE_F64, "{case}");
        assert!(apart(closed.d, number(case, "d")) < ORACLE_F64, "{case}");
        assert!(apart(law.loss(closed.n, closed.d), number(case, "loss")) < ORACLE_F64, "{case}");
        assert!(apart(found.n, number(case, "n_search")) < FLAT_MINIMUM, "{case} {found:?}");
    }
}

#[test]
fn the_serving_optimum_is_the_one_that_minimize_scalar_finds() {
    for case in oracle()["serving"].as_array().unwrap() {
        let law = law_of(case);
        let (loss, served) = (number(case, "loss"), number(case, "served"));
        let found = law.serving_optimum(loss, served).unwrap();
        assert!(apart(found.best.n, number(case, "n")) < FLAT_MINIMUM, "{case} {found:?}");
        assert!(apart(found.total(), number(case, "total")) < ORACLE_F64, "{case} {found:?}");
        assert!(apart(law.loss(found.best.n, found.best.d), loss) < ORACLE_F64);
        // The condition of a minimum, from the derivative by hand.
        let terms = law.alpha * law.a * found.best.n.powf(-law.alpha);
        let terms = terms / (law.beta * law.b * found.best.d.powf(-law.beta));
        assert!(apart(1.0 + served / (3.0 * found.best.d), terms) < FLAT_MINIMUM);
    }
}

#[test]
fn chinchillas_own_budget_has_three_answers() {
    let answers = [(HOFFMANN, 3.219e10, 92.6), (HOFFMANN_TEX, 4.031e10, 59.1), (BESIROGLU, 7.225e10, 18.4)];
    for (law, n, ratio) in answers {
        let best = law.optimum(5.76e23).unwrap();
        // Published to four digits.
        assert!(apart(best.n, n) < 2e-3 && apart(best.ratio(), ratio) < 2e-3, "{best:?}");
    }
}

#[test]
fn kaplans_laws_give_the_papers_numbers() {
    let law = Kaplan::PUBLISHED;
    // By hand: (8.8e13 / 1e9)^0.076, and one PF-day.
    assert!((law.by_parameters(1e9) - 2.376).abs() < 5e-4);
    assert!((law.by_compute(PF_DAY) - 3.1e8_f64.powf(0.05)).abs() < EXACT_F64);
    assert!((law.loss(f64::INFINITY, 1e10) - law.by_tokens(1e10)).abs() < EXACT_F64);
    let (one, ten) = (law.optimum(1e21), law.optimum(1e22));
    assert!(apart(ten.n / one.n, 10_f64.powf(0.73)) < EXACT_F64);
    assert!(apart(ten.d / one.d, 10_f64.powf(0.27)) < EXACT_F64);
}

#[test]
fn what_is_no_budget_is_refused() {
    for c in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(BESIROGLU.optimum(c), Err(ScalingError::NotPositive { .. })));
        assert!(matches!(BESIROGLU.search(c), Err(ScalingError::NotPositive { .. })));
        assert!(BESIROGLU.overtraining(c, 1e9).is_err() && BESIROGLU.overtraining(1e9, c).is_err());
    }
    assert!(matches!(BESIROGLU.compute_for(1.8), Err(ScalingError::BelowFloor { .. })));
    assert!(BESIROGLU.compute_for(f64::NAN).is_err() && BESIROGLU.serving_optimum(2.0, f64::NAN).is_err());
}

#[test]
fn the_table_names_each_model_once() {
    let mut ids: Vec<&str> = trained_models().iter().map(|model| model.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), trained_models().len());
    assert!(trained_models().iter().all(|model| !model.source.is_empty()));
}

proptest! {
    #[test]
    fn the_valley_has_its_floor_at_the_optimum(log_c in 15.0..30.0_f64, away in 0.01..3.0_f64) {
        let c = 10_f64.powf(log_c);
        for law in [HOFFMANN, HOFFMANN_TEX, BESIROGLU] {
            let best = law.optimum(c).unwrap();
            let curve = law.iso_flop(c, &[best.n / away.exp(), best.n, best.n * away.exp()]);
            prop_assert!(curve[1].1 < curve[0].1 && curve[1].1 < curve[2].1);
            prop_assert!(apart(6.0 * best.n * best.d, c) < EXACT_F64 * 1e2);
        }
    }

    #[test]
    fn training_longer_never_needs_less(log_n in 8.0..12.0_f64, log_d in 9.0..14.0_f64) {
        let run = BESIROGLU.overtraining(10_f64.powf(log_n), 10_f64.powf(log_d)).unwrap();
        prop_assert!(run.gap > -EXACT_F64 && run.factor > 1.0 - FLAT_MINIMUM);
        // What is enough for the loss, spent in the best way, reaches it.
        let best = BESIROGLU.optimum(run.enough).unwrap();
        prop_assert!((BESIROGLU.loss(best.n, best.d) - run.loss).abs() < ORACLE_F64);
    }

    #[test]
    fn serving_makes_the_model_smaller(log_c in 18.0..26.0_f64, times in 0.01..1e4_f64) {
        let best = BESIROGLU.optimum(10_f64.powf(log_c)).unwrap();
        let served = BESIROGLU.serving_optimum(BESIROGLU.loss(best.n, best.d), times * best.d).unwrap();
        prop_assert!(served.best.n < best.n && served.best.d > best.d);
        prop_assert!(served.training >= 6.0 * best.n * best.d * (1.0 - FLAT_MINIMUM));
    }
}

//! What holds for every distribution, and what hostile input gives.

use concepts::decoding::words::Parameter;
use concepts::decoding::{
    Candidates, DecodingError, Filter, Finish, Greedy, GumbelMax, LanguageModel, Mirostat, Penalty, Pipeline,
    Strategy as _, generate, min_p, speculative_sampling, temperature, top_k, top_p, written_answer_top_p,
};
use concepts::language_model::TreeModel;
use concepts::numerics::rng;
use concepts::numerics::tolerance::EXACT_F64;
use proptest::prelude::*;

use super::Flat;

/// Logits of every kind: ordinary, steep, tied, extreme, impossible.
fn logits() -> impl Strategy<Value = Vec<f32>> {
    let ordinary = || -5.0f32..5.0;
    let one = prop_oneof![
        8 => ordinary(),
        2 => Just(0.0),
        2 => (-3i8..3).prop_map(f32::from),
        1 => Just(1e4f32),
        1 => Just(-1e4f32),
        1 => Just(f32::NEG_INFINITY),
    ];
    // The last one is always possible.
    (prop::collection::vec(one, 0..60), ordinary()).prop_map(|(mut all, last)| {
        all.push(last);
        all
    })
}

fn filter() -> impl Strategy<Value = Filter> {
    let share = || prop_oneof![0.0..=1.0, Just(0.0), Just(1.0)];
    prop_oneof![
        (0.0..5.0).prop_map(Filter::Temperature),
        Just(Filter::Temperature(1e-300)),
        (1usize..80).prop_map(Filter::TopK),
        share().prop_map(Filter::TopP),
        share().prop_map(Filter::MinP),
        share().prop_map(Filter::Typical),
        share().prop_map(Filter::Epsilon),
        share().prop_map(Filter::Eta),
    ]
}

proptest! {
    #[test]
    fn candidates_are_never_none_and_always_a_distribution(
        logits in logits(),
        filters in prop::collection::vec(filter(), 0..5),
    ) {
        let trace = Pipeline::filters(filters).trace(&logits, &[]).unwrap();
        let mut before = trace.start.size();
        for (filter, candidates) in &trace.steps {
            prop_assert!(candidates.size() >= 1 && candidates.size() <= before, "{filter:?}");
            before = candidates.size();
            let probs = candidates.probs();
            prop_assert!((probs.iter().sum::<f64>() - 1.0).abs() < EXACT_F64);
            prop_assert!(probs.windows(2).all(|pair| pair[0] >= pair[1]), "{filter:?}: {probs:?}");
            prop_assert!(candidates.entropy() >= 0.0);
        }
    }

    #[test]
    fn a_nucleus_is_the_smallest_set_that_reaches_p(logits in logits(), p in 0.01..0.99f64) {
        let all = Candidates::from_logits(&logits).unwrap();
        let kept = top_p(&all, p).unwrap().size();
        let mass = |n: usize| all.probs()[..n].iter().sum::<f64>();
        prop_assert!(mass(kept) >= p - EXACT_F64);
        prop_assert!(mass(kept - 1) < p);
        // The written answer's set is one short, except on a boundary that rounding decides.
        let written = written_answer_top_p(&all, p).unwrap().len();
        prop_assert!(written == kept - 1 || (mass(written) - p).abs() < EXACT_F64);
    }

    #[test]
    fn adding_a_constant_to_all_logits_changes_nothing(logits in logits(), filter in filter()) {
        // Multiples of 2⁻¹⁰: the sums are exact.
        let logits: Vec<f64> = logits.iter().map(|&l| (f64::from(l) * 1024.0).round() / 1024.0).collect();
        let shifted: Vec<f64> = logits.iter().map(|logit| logit + 64.0).collect();
        let pipeline = Pipeline::filters([filter]);
        prop_assert_eq!(pipeline.candidates(&logits, &[]), pipeline.candidates(&shifted, &[]));
    }

    #[test]
    fn a_colder_distribution_has_less_entropy(logits in logits(), t in 0.1..3.0f64) {
        let all = Candidates::from_logits(&logits).unwrap();
        let (cold, warm) = (temperature(&all, t).unwrap(), temperature(&all, 1.5 * t).unwrap());
        prop_assert!(cold.entropy() <= warm.entropy() + EXACT_F64);
    }
}

#[test]
fn the_ends_of_the_ranges() {
    let p = Candidates::from_logits(&[1.0, 1.0, 0.0, -1e4]).unwrap();
    assert_eq!(top_p(&p, 0.0).unwrap().ids(), [0]);
    assert_eq!(top_p(&p, 1.0).unwrap().size(), 4);
    assert_eq!(min_p(&p, 0.0).unwrap().size(), 4);
    assert_eq!(min_p(&p, 1.0).unwrap().ids(), [0, 1]);
    assert_eq!(top_k(&p, usize::MAX).unwrap().size(), 4);
    assert_eq!(top_k(&p, 0), Err(DecodingError::Zero { name: Parameter::K }));
    assert_eq!(temperature(&p, 0.0).unwrap().ids(), [0]);
}

#[test]
fn what_is_out_of_range_is_named() {
    let p = Candidates::from_logits(&[0.0, 1.0]).unwrap();
    let bad = [
        Filter::Temperature(-1.0),
        Filter::Temperature(f64::NAN),
        Filter::Temperature(f64::INFINITY),
        Filter::TopP(1.1),
        Filter::TopP(-0.1),
        Filter::TopP(f64::NAN),
        Filter::MinP(2.0),
        Filter::Typical(-1.0),
        Filter::Epsilon(f64::NAN),
        Filter::Eta(1.5),
    ];
    for filter in bad {
        let error = filter.apply(&p).unwrap_err();
        assert!(matches!(error, DecodingError::Parameter { .. }), "{filter:?}: {error}");
    }
    assert!(Mirostat::new(-1.0, 0.1).is_err() && Mirostat::new(1.0, f64::NAN).is_err());
}

/// The order of temperature and top-p, in numbers that can be checked by hand.
#[test]
fn order_matters() {
    let p = [0.5f64, 0.3, 0.15, 0.05].map(f64::ln);
    let run = |filters: [Filter; 2]| Pipeline::filters(filters).candidates(&p, &[]).unwrap().dense(4);
    let hot_first = run([Filter::Temperature(2.0), Filter::TopP(0.9)]);
    let cut_first = run([Filter::TopP(0.9), Filter::Temperature(2.0)]);
    let roots = [0.5f64, 0.3, 0.15, 0.05].map(f64::sqrt);
    let (four, three): (f64, f64) = (roots.iter().sum(), roots[..3].iter().sum());
    for i in 0..4 {
        assert!((hot_first[i] - roots[i] / four).abs() < EXACT_F64);
        let left = if i < 3 { roots[i] / three } else { 0.0 };
        assert!((cut_first[i] - left).abs() < EXACT_F64);
    }
}

#[test]
fn a_text_ends_when_a_penalty_forbids_everything() {
    let mut once = Pipeline { penalties: vec![Penalty::NoRepeatNGram(1)], filters: Vec::new() };
    let text = generate(&Flat(3), &[1], &mut once, 10, &mut rng(1, "once")).unwrap();
    let mut tokens = text.tokens();
    tokens.sort_unstable();
    assert_eq!((tokens, text.finish, text.model_calls), (vec![0, 2], Finish::NothingAllowed, 3));
}

#[test]
fn the_same_seed_gives_the_same_text() {
    let tree = TreeModel::random(8, 6, 1.0, 1).unwrap();
    let text = |seed| {
        let mut pipeline = Pipeline::filters([Filter::TopP(0.95)]);
        generate(&tree, &[], &mut pipeline, 10, &mut rng(seed, "text")).unwrap()
    };
    assert_eq!(text(1), text(1));
    assert!((2..12).any(|seed| text(seed).tokens() != text(1).tokens()));
}

#[test]
fn a_pipeline_at_temperature_zero_is_greedy() {
    let tree = TreeModel::random(8, 6, 1.0, 2).unwrap();
    let mut cold = Pipeline::filters([Filter::Temperature(0.0)]);
    let mut noisy = GumbelMax(cold.clone());
    let greedy = generate(&tree, &[], &mut Greedy, 10, &mut rng(1, "unused")).unwrap();
    assert_eq!(generate(&tree, &[], &mut cold, 10, &mut rng(1, "text")).unwrap(), greedy);
    assert_eq!(generate(&tree, &[], &mut noisy, 10, &mut rng(1, "text")).unwrap(), greedy);
}

#[test]
fn mirostat_comes_near_its_target() {
    let logits: Vec<f32> = (0..1000).map(|rank| -1.5 * (rank as f32 + 1.0).ln()).collect();
    for target in [2.0, 3.0] {
        let mut mirostat = Mirostat::new(target, 0.1).unwrap();
        let mut rng = rng(1, "mirostat");
        let all = Candidates::from_logits(&logits).unwrap();
        let n = 20_000;
        let mut bits = 0.0;
        for _ in 0..n {
            let token = mirostat.choose(&logits, &[], &mut rng).unwrap().token;
            bits -= all.find(token).unwrap().log_prob / std::f64::consts::LN_2;
        }
        // The rule keeps the sum of the errors within |μ₁ − μ|/η: the mean error falls like 1/n.
        let mean = bits / f64::from(n);
        let drift = (2.0 * target - mirostat.threshold()) / 0.1 / f64::from(n);
        assert!((mean - target - drift).abs() < 1e-9, "{mean} bits");
        assert!((mean - target).abs() < 0.02, "{mean} bits instead of {target}");
    }
}

#[test]
fn broken_models_and_strange_prompts_are_named() {
    struct Broken(f32);
    impl LanguageModel for Broken {
        type State = ();
        fn vocab_size(&self) -> usize {
            2
        }
        fn start(&self) {}
        fn advance(&self, (): &mut (), _: u32) {}
        fn logits(&self, (): &(), logits: &mut [f32]) {
            logits.fill(self.0);
        }
    }
    let run = |logit| generate(&Broken(logit), &[], &mut Greedy, 1, &mut rng(1, "broken")).unwrap_err();
    assert_eq!(run(f32::NAN), DecodingError::NanLogit { token: 0 });
    assert_eq!(run(f32::INFINITY), DecodingError::InfiniteLogit { token: 0 });
    assert_eq!(run(f32::NEG_INFINITY), DecodingError::NoCandidate { vocab_size: 2 });
    let unknown = generate(&Broken(0.0), &[2], &mut Greedy, 1, &mut rng(1, "broken")).unwrap_err();
    assert_eq!(unknown, DecodingError::UnknownToken { token: 2, vocab_size: 2 });
    let tree = TreeModel::greedy_trap();
    let differ = speculative_sampling(&Broken(0.0), &tree, &[], 1, &[], 1, &mut rng(1, "broken"));
    assert_eq!(differ, Err(DecodingError::VocabulariesDiffer { draft: 2, target: 7 }));
    let zero = speculative_sampling(&tree, &tree, &[], 0, &[], 1, &mut rng(1, "broken")).unwrap_err();
    assert!(matches!(zero, DecodingError::Zero { .. }));
    // No tokens wanted: an empty text.
    assert!(generate(&tree, &[], &mut Greedy, 0, &mut rng(1, "none")).unwrap().steps.is_empty());
}

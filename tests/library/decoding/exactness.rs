//! Samplers against the exact distribution.

use std::collections::BTreeMap;

use concepts::decoding::{
    Candidates, Filter, Pipeline, acceptance_probability, expected_tokens_per_call, gumbel_max,
    speculative_sampling,
};
use concepts::language_model::TreeModel;
use concepts::numerics::rng;

/// With k − 1 degrees of freedom the statistic has mean k − 1 and variance 2(k − 1). Wilson and Hilferty:
/// its cube root is nearly normal. The level is 10⁻⁵ (4.265 standard deviations) for each test.
pub(crate) const DEVIATIONS: f64 = 4.265;

/// Pearson's statistic, as a number of standard deviations above its mean.
pub(crate) fn deviations(counts: &[u64], probabilities: &[f64]) -> f64 {
    let n: u64 = counts.iter().sum();
    let mut statistic = 0.0;
    let mut cells = 0.0;
    for (&count, &p) in counts.iter().zip(probabilities) {
        if p == 0.0 {
            assert_eq!(count, 0, "something impossible was drawn");
            continue;
        }
        let expected = n as f64 * p;
        assert!(expected >= 5.0, "a cell that expects {expected} draws says nothing");
        statistic += (count as f64 - expected).powi(2) / expected;
        cells += 1.0;
    }
    let freedom: f64 = cells - 1.0;
    let spread = 2.0 / (9.0 * freedom);
    ((statistic / freedom).cbrt() - (1.0 - spread)) / spread.sqrt()
}

/// `−3 … 0` in steps: the least probable of 20 tokens expects over a thousand of 10⁶ draws.
fn logits() -> Vec<f64> {
    (0..20).map(|i| f64::from((i * 7) % 20) * 0.15).collect()
}

const DRAWS: usize = 1_000_000;

#[test]
fn every_pipeline_draws_from_its_distribution() {
    let pipelines: [&[Filter]; 8] = [
        &[],
        &[Filter::Temperature(0.5)],
        &[Filter::TopK(7)],
        &[Filter::TopP(0.8)],
        &[Filter::MinP(0.3)],
        &[Filter::Typical(0.5)],
        &[Filter::Eta(0.02), Filter::Epsilon(0.05)],
        &[Filter::Temperature(1.5), Filter::TopK(12), Filter::TopP(0.9)],
    ];
    for filters in pipelines {
        let candidates = Pipeline::filters(filters).candidates(&logits(), &[]).unwrap();
        let exact = candidates.dense(20);
        let mut rng = rng(1, "sampling");
        let mut counts = [0; 20];
        for _ in 0..DRAWS {
            counts[candidates.sample(&mut rng).id as usize] += 1;
        }
        let off = deviations(&counts, &exact);
        assert!(off < DEVIATIONS, "{filters:?}: {off} standard deviations");
    }
}

#[test]
fn gumbel_max_is_sampling() {
    let candidates = Candidates::from_logits(&logits()).unwrap();
    let mut rng = rng(2, "gumbel");
    let mut counts = [0; 20];
    for _ in 0..DRAWS {
        counts[gumbel_max(&candidates, &mut rng).id as usize] += 1;
    }
    let off = deviations(&counts, &candidates.dense(20));
    assert!(off < DEVIATIONS, "{off} standard deviations");
}

#[test]
fn the_test_sees_a_wrong_distribution() {
    let right = Candidates::from_logits(&logits()).unwrap().dense(20);
    let mut rng = rng(3, "wrong");
    // A temperature that is off by 2 %.
    let biased = Pipeline::filters([Filter::Temperature(1.02)]).candidates(&logits(), &[]).unwrap();
    let mut counts = [0; 20];
    for _ in 0..DRAWS {
        counts[biased.sample(&mut rng).id as usize] += 1;
    }
    assert!(deviations(&counts, &right) > DEVIATIONS);
}

/// How often each text of three tokens came out, over all texts.
#[test]
fn speculative_decoding_has_the_distribution_of_the_target() {
    let target = TreeModel::random(3, 3, 2.0, 5).unwrap();
    let draft = TreeModel::random(3, 3, 2.0, 6).unwrap();
    for (filters, gamma) in
        [(&[][..], 1), (&[][..], 2), (&[Filter::TopK(2), Filter::Temperature(1.3)][..], 4)]
    {
        let exact = texts(&target, filters);
        let mut counts: BTreeMap<Vec<u32>, u64> = exact.keys().map(|text| (text.clone(), 0)).collect();
        let mut rng = rng(4, "speculative");
        let (mut checked, mut accepted) = (0, 0);
        for _ in 0..200_000 {
            let text = speculative_sampling(&draft, &target, &[], gamma, filters, 3, &mut rng).unwrap();
            *counts.get_mut(&text.tokens).expect("a possible text") += 1;
            checked += text.checked;
            accepted += text.accepted;
        }
        let counts: Vec<u64> = counts.into_values().collect();
        let exact: Vec<f64> = exact.into_values().collect();
        let off = deviations(&counts, &exact);
        assert!(off < DEVIATIONS, "gamma {gamma}: {off} standard deviations");
        assert!(accepted < checked, "a draft that is never rejected tests nothing");
        // The control: the draft's own distribution is far away.
        let drafts: Vec<f64> = texts(&draft, &[]).into_values().collect();
        if filters.is_empty() {
            assert!(deviations(&counts, &drafts) > 100.0);
        }
    }
}

/// Every text of three tokens with its exact probability under the filtered model.
fn texts(model: &TreeModel, filters: &[Filter]) -> BTreeMap<Vec<u32>, f64> {
    use concepts::decoding::LanguageModel;
    let mut all = BTreeMap::from([(Vec::new(), (1.0, model.start()))]);
    for _ in 0..3 {
        let mut next = BTreeMap::new();
        for (text, (p, state)) in all {
            let mut logits = vec![0.0; model.vocab_size()];
            model.logits(&state, &mut logits);
            let candidates = Pipeline::filters(filters).candidates(&logits, &[]).unwrap();
            for candidate in candidates.as_slice() {
                let mut state = state;
                model.advance(&mut state, candidate.id);
                let longer: Vec<u32> = text.iter().copied().chain([candidate.id]).collect();
                next.insert(longer, (p * candidate.prob, state));
            }
        }
        all = next;
    }
    all.into_iter().map(|(text, (p, _))| (text, p)).collect()
}

/// A model that says the same after everything: acceptance is then independent, as the formula assumes.
#[test]
fn tokens_a_call_follow_the_formula() {
    use concepts::decoding::LanguageModel;
    struct Same([f32; 3]);
    impl LanguageModel for Same {
        type State = ();
        fn vocab_size(&self) -> usize {
            3
        }
        fn start(&self) {}
        fn advance(&self, (): &mut (), _: u32) {}
        fn logits(&self, (): &(), logits: &mut [f32]) {
            logits.copy_from_slice(&self.0);
        }
    }
    let (draft, target) = (Same([0.0, 0.5, 1.0]), Same([1.0, 0.0, 0.5]));
    let distribution = |model: &Same| Candidates::from_logits(&model.0).unwrap();
    let alpha = acceptance_probability(&distribution(&target), &distribution(&draft));
    for gamma in [1u32, 3, 6] {
        let mut rng = rng(5, "tokens a call");
        let text =
            speculative_sampling(&draft, &target, &[], gamma as usize, &[], 100_000, &mut rng).unwrap();
        let expected = expected_tokens_per_call(alpha, gamma).unwrap();
        // A call gives 1 to γ + 1 tokens: its standard deviation is at most γ/2.
        let error = f64::from(gamma) / 2.0 / (text.target_calls as f64).sqrt();
        assert!((text.tokens_per_call() - expected).abs() < 5.0 * error, "gamma {gamma}");
        let error = 0.5 / (text.checked as f64).sqrt();
        assert!((text.acceptance() - alpha).abs() < 5.0 * error, "gamma {gamma}");
    }
}

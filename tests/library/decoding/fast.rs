//! The fast sampler beside its readable twin.

use concepts::decoding::{
    Candidate, Candidates, Cut, DecodingError, Filter, LanguageModel, Pipeline, Sampler, Settings, generate,
    greedy,
};
use concepts::numerics::rng;
use concepts::numerics::tolerance::{ON_THE_EDGE, SAMPLING_F32};
use proptest::prelude::*;
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use super::exactness::{DEVIATIONS, deviations};

/// Kinds of logits that [`logits`] makes.
pub(super) const KINDS: usize = 9;

/// Ordinary, nearly flat and steep distributions, ties, extremes and impossible tokens.
pub(super) fn logits(kind: usize, size: usize, seed: u64) -> Vec<f32> {
    let mut rng = rng(seed, "fast");
    let mut normal = |spread: f32| -> f32 { spread * Distribution::<f32>::sample(&StandardNormal, &mut rng) };
    let one = |i: usize| match kind {
        0 => normal(2.5),
        1 => normal(0.01),
        2 => normal(12.0),
        3 => normal(1.5).round(), // many ties
        4 => 0.25,                // nothing but ties
        5 => [1e4, -1e4, 0.0][(normal(9.0).abs() as usize) % 3],
        6 => [normal(2.5), f32::NEG_INFINITY][i % 2],
        7 => [3e38, -3e38, f32::NEG_INFINITY, 0.0, f32::MAX][(normal(9.0).abs() as usize + i) % 5],
        _ => -0.7 * ((i * 17) % size) as f32, // geometric
    };
    (0..size).map(one).collect()
}

fn settings() -> impl Strategy<Value = Settings> {
    let share = || prop_oneof![0.0..=1.0, 0.85..=1.0, Just(0.0), Just(1.0)];
    (
        prop_oneof![4 => Just(1.0), 4 => 0.05..3.0, 2 => Just(0.0), 1 => Just(100.0), 1 => Just(1e38), 1 => Just(1e-45), 1 => Just(1e300)],
        prop::option::of(prop_oneof![1usize..60, 1usize..3000]),
        prop::option::of(share()),
        prop::option::of(prop_oneof![share(), 0.0..0.1]),
    )
        .prop_map(|(temperature, top_k, top_p, min_p)| Settings { temperature, top_k, top_p, min_p, cut: None })
}

/// The sampler keeps the first few of what the twin sorts, and as many as the twin: but for an edge within
/// the tolerance, where rounding decides.
fn compare(sampler: &mut Sampler, logits: &[f32]) -> Result<(), TestCaseError> {
    let settings = *sampler.settings();
    let Settings { temperature, top_k, top_p, min_p, .. } = settings;
    // Where no token can be chosen both refuse.
    let (fast, twin) = (sampler.candidates(logits), settings.pipeline().candidates(logits, &[]));
    let (Ok(fast), Ok(twin)) = (&fast, &twin) else {
        prop_assert!(fast.is_err() && twin.is_err(), "one refuses alone, {:?}", settings);
        return Ok(());
    };
    let twin = twin.size();
    let before = Settings { temperature, top_k, ..Settings::default() };
    let all = before.pipeline().candidates(logits, &[]).unwrap();
    let mut masses = vec![0.0];
    masses.extend(all.as_slice().iter().scan(0.0, |sum, candidate| {
        *sum += candidate.prob;
        Some(*sum)
    }));
    let least = 1.0 - ON_THE_EDGE;
    for n in fast.len().min(twin)..fast.len().max(twin) {
        let ratio = all.as_slice()[n].prob / all.best().prob;
        let edge = top_p.is_some_and(|p| (masses[n] - least * p).abs() < SAMPLING_F32)
            || min_p.is_some_and(|share| (ratio - least * share).abs() < SAMPLING_F32);
        prop_assert!(edge, "{} instead of {} candidates, {:?}", fast.len(), twin, settings);
    }
    let kept = masses[fast.len()];
    for (fast, twin) in fast.iter().zip(all.as_slice()) {
        prop_assert_eq!(fast.id, twin.id);
        let exact = twin.prob / kept;
        prop_assert!((fast.prob - exact).abs() < SAMPLING_F32, "{} not {}", fast.prob, exact);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn it_keeps_what_the_pipeline_keeps(
        settings in settings(),
        kind in 0..KINDS,
        size in prop_oneof![1usize..300, 1usize..3000, Just(128usize), Just(1280)],
        seed in 0u64..1000,
    ) {
        compare(&mut Sampler::new(settings).unwrap(), &logits(kind, size, seed))?;
    }

    /// Memory of the last logits must not leak into the next ones.
    #[test]
    fn it_forgets_what_came_before(settings in settings(), sizes in prop::collection::vec(1usize..1500, 4)) {
        let mut sampler = Sampler::new(settings).unwrap();
        for (kind, size) in sizes.into_iter().enumerate() {
            compare(&mut sampler, &logits((3 * kind) % KINDS, size, 1))?;
        }
    }

    #[test]
    fn argmax_is_greedy(kind in 0..KINDS, size in 1usize..1000, seed in 0u64..1000) {
        let logits = logits(kind, size, seed);
        let mut sampler = Sampler::new(Settings::default()).unwrap();
        prop_assert_eq!(sampler.argmax(&logits), greedy(&logits));
    }
}

fn cuts() -> impl Strategy<Value = Settings> {
    let share = || prop_oneof![0.0..=1.0, 0.0..0.01, Just(0.0), Just(1.0)];
    let cut = prop_oneof![
        share().prop_map(Cut::Typical),
        share().prop_map(Cut::Epsilon),
        share().prop_map(Cut::Eta)
    ];
    let temperature = prop_oneof![4 => Just(1.0), 4 => 0.05..3.0, 1 => Just(0.0), 1 => Just(100.0)];
    (temperature, cut).prop_map(|(temperature, cut)| Settings {
        temperature,
        cut: Some(cut),
        ..Settings::default()
    })
}

/// Of each candidate: does it lie where the cut ends, so that rounding decides?
fn on_the_edge(cut: Cut, all: &Candidates) -> Vec<bool> {
    let entropy = all.entropy();
    let threshold = |least: f64| {
        let near = |candidate: &Candidate| (candidate.prob - least).abs() <= 4.0 * ON_THE_EDGE * least;
        all.as_slice().iter().map(near).collect()
    };
    let mass = match cut {
        Cut::Epsilon(epsilon) => return threshold(epsilon),
        Cut::Eta(epsilon) => return threshold(epsilon.min(epsilon.sqrt() * (-entropy).exp())),
        Cut::Typical(mass) => mass * (1.0 - ON_THE_EDGE),
        _ => panic!("{cut:?} is new"),
    };
    let distances: Vec<f64> = all.as_slice().iter().map(|c| (-c.log_prob - entropy).abs()).collect();
    let mut order: Vec<usize> = (0..distances.len()).collect();
    order.sort_by(|&a, &b| distances[a].total_cmp(&distances[b]));
    let (mut sum, mut end) = (0.0, f64::INFINITY);
    let mut edges = vec![false; distances.len()];
    for &at in &order {
        edges[at] = (sum - mass).abs() < SAMPLING_F32;
        sum += all.as_slice()[at].prob;
        if end.is_infinite() && sum >= mass {
            end = distances[at];
        }
    }
    // Of two that are about equally far either may come first.
    let near = |at: usize| (distances[at] - end).abs() <= FAR * (1.0 + end);
    (0..edges.len()).map(|at| edges[at] || near(at)).collect()
}

/// Distances from the expected surprise are told apart from here on: sums of `f32` weights made it.
const FAR: f64 = 1e-5;

/// A token that only one of the two keeps lies on the edge; what both keep is equally probable.
fn compare_cut(sampler: &mut Sampler, logits: &[f32]) -> Result<(), TestCaseError> {
    let settings = *sampler.settings();
    let (fast, twin) = (sampler.candidates(logits), settings.pipeline().candidates(logits, &[]));
    let (Ok(fast), Ok(twin)) = (&fast, &twin) else {
        prop_assert!(fast.is_err() && twin.is_err(), "one refuses alone, {:?}", settings);
        return Ok(());
    };
    let all = Pipeline::filters([Filter::Temperature(settings.temperature)]).candidates(logits, &[]).unwrap();
    let edges = on_the_edge(settings.cut.unwrap(), &all);
    let has = |list: &[Candidate], id: u32| list.iter().any(|candidate| candidate.id == id);
    for (candidate, edge) in all.as_slice().iter().zip(edges) {
        let [ours, theirs] = [fast.as_slice(), twin.as_slice()].map(|list| has(list, candidate.id));
        prop_assert!(ours == theirs || edge, "{:?} kept: {}, {:?}", candidate, ours, settings);
    }
    let kept: f64 = all.as_slice().iter().filter(|c| has(fast, c.id)).map(|c| c.prob).sum();
    for candidate in fast {
        let exact = all.as_slice().iter().find(|c| c.id == candidate.id).map_or(0.0, |c| c.prob / kept);
        prop_assert!((candidate.prob - exact).abs() < SAMPLING_F32, "{:?} not {}", candidate, exact);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn cuts_keep_what_the_pipeline_keeps(
        settings in cuts(),
        kind in 0..KINDS,
        size in prop_oneof![1usize..300, 1usize..600, Just(128usize)],
        seed in 0u64..1000,
    ) {
        compare_cut(&mut Sampler::new(settings).unwrap(), &logits(kind, size, seed))?;
    }
}

#[test]
fn a_large_vocabulary_is_treated_as_a_small_one() {
    for kind in 0..KINDS {
        let logits = logits(kind, 50_257, 3);
        for (top_k, top_p, min_p) in [
            (None, None, None),
            (Some(50), None, None),
            (Some(50), Some(0.9), None),
            (None, Some(0.9), None),
            (None, Some(0.999), Some(0.001)),
            (None, None, Some(0.02)),
        ] {
            let settings = Settings { temperature: 0.9, top_k, top_p, min_p, cut: None };
            compare(&mut Sampler::new(settings).unwrap(), &logits).unwrap();
        }
    }
}

/// A million draws against the exact distribution.
fn draws(settings: Settings) {
    // Two blocks, the second one not full.
    let logits: Vec<f32> = (0..150).map(|i| ((i * 7) % 150) as f32 * 0.02).collect();
    let exact = settings.pipeline().candidates(&logits, &[]).unwrap().dense(150);
    let mut sampler = Sampler::new(settings).unwrap();
    let mut rng = rng(6, "fast sampling");
    let mut counts = vec![0; 150];
    for _ in 0..1_000_000 {
        counts[sampler.sample(&logits, &mut rng).unwrap() as usize] += 1;
    }
    let off = deviations(&counts, &exact);
    assert!(off < DEVIATIONS, "{settings:?}: {off} standard deviations");
}

#[test]
fn it_draws_from_all_at_a_temperature() {
    draws(Settings { temperature: 0.7, ..Settings::default() });
}

#[test]
fn it_draws_from_the_best_k() {
    draws(Settings { top_k: Some(20), ..Settings::default() });
}

#[test]
fn it_draws_from_the_nucleus() {
    draws(Settings { top_p: Some(0.8), ..Settings::default() });
}

#[test]
fn it_draws_what_is_typical_and_what_is_probable() {
    for cut in [Cut::Typical(0.6), Cut::Epsilon(0.006), Cut::Eta(0.2)] {
        draws(Settings { cut: Some(cut), ..Settings::default() });
    }
}

#[test]
fn a_cut_beside_others_is_that_of_the_twin() {
    let settings = Settings { top_k: Some(30), cut: Some(Cut::Typical(0.5)), ..Settings::default() };
    let logits = logits(0, 300, 5);
    let fast = Sampler::new(settings).unwrap().candidates(&logits).unwrap();
    let twin = settings.pipeline().candidates(&logits, &[]).unwrap();
    assert_eq!(fast.iter().map(|candidate| candidate.id).collect::<Vec<_>>(), twin.ids());
}

#[test]
fn it_draws_above_a_threshold() {
    draws(Settings { min_p: Some(0.3), ..Settings::default() });
}

#[test]
fn it_draws_from_what_all_filters_leave() {
    draws(Settings { temperature: 1.3, top_k: Some(30), top_p: Some(0.9), min_p: Some(0.1), cut: None });
}

#[test]
fn bad_logits_are_named_as_by_the_twin() {
    let place = 700;
    for bad in [f32::NAN, -f32::NAN, f32::INFINITY] {
        let mut logits = logits(0, 1000, 1);
        logits[place] = bad;
        let error = Sampler::new(Settings::default()).unwrap().sample(&logits, &mut rng(1, "bad"));
        let twin = Candidates::from_logits(&logits).unwrap_err();
        assert_eq!(error, Err(twin));
    }
    let mut sampler = Sampler::new(Settings { top_k: Some(3), ..Settings::default() }).unwrap();
    let mut sample = |logits: &[f32]| sampler.sample(logits, &mut rng(1, "bad"));
    assert_eq!(sample(&[]), Err(DecodingError::EmptyVocabulary));
    let none = [f32::NEG_INFINITY; 200];
    assert_eq!(sample(&none), Err(DecodingError::NoCandidate { vocab_size: 200 }));
    let mut one = none;
    one[150] = -1e30;
    assert_eq!(sample(&one), Ok(150));
}

#[test]
fn bad_settings_are_refused() {
    for settings in [
        Settings { temperature: -1.0, ..Settings::default() },
        Settings { temperature: f64::NAN, ..Settings::default() },
        Settings { top_k: Some(0), ..Settings::default() },
        Settings { top_p: Some(1.01), ..Settings::default() },
        Settings { min_p: Some(-0.1), ..Settings::default() },
    ] {
        assert!(Sampler::new(settings).is_err(), "{settings:?}");
        // The twin refuses the same.
        assert!(settings.pipeline().candidates(&[0.0f32, 1.0], &[]).is_err(), "{settings:?}");
    }
}

#[test]
fn it_is_a_strategy_like_the_pipeline() {
    struct Fixed(Vec<f32>);
    impl LanguageModel for Fixed {
        type State = ();
        fn vocab_size(&self) -> usize {
            self.0.len()
        }
        fn start(&self) {}
        fn advance(&self, (): &mut (), _: u32) {}
        fn logits(&self, (): &(), logits: &mut [f32]) {
            logits.copy_from_slice(&self.0);
        }
    }
    let model = Fixed(logits(0, 1000, 9));
    for settings in [
        Settings { top_k: Some(10), ..Settings::default() },
        Settings { top_p: Some(0.9), ..Settings::default() },
        Settings { min_p: Some(0.05), ..Settings::default() },
    ] {
        let size = settings.pipeline().candidates(&model.0, &[]).unwrap().size();
        let mut sampler = Sampler::new(settings).unwrap();
        let text = generate(&model, &[], &mut sampler, 5, &mut rng(1, "strategy")).unwrap();
        assert!(text.steps.iter().all(|step| step.candidates == size), "{settings:?}");
    }
    let greedy = Pipeline::filters([Filter::Temperature(0.0)]).candidates(&model.0, &[]).unwrap().best().id;
    let mut cold = Sampler::new(Settings { temperature: 0.0, ..Settings::default() }).unwrap();
    assert_eq!(cold.sample(&model.0, &mut rng(1, "cold")), Ok(greedy));
}

/// Draws are reproducible, and numbers that are never asked for are never drawn.
#[test]
fn one_token_takes_one_number_of_the_generator() {
    let logits = logits(0, 500, 2);
    let mut sampler = Sampler::new(Settings { top_p: Some(0.9), ..Settings::default() }).unwrap();
    let (mut a, mut b) = (rng(1, "one"), rng(1, "one"));
    sampler.sample(&logits, &mut a).unwrap();
    let _: f64 = b.random();
    assert_eq!(a.random::<u64>(), b.random::<u64>());
}

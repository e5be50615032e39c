//! What looks back or learns, without sorting, beside its readable twin.

use concepts::decoding::{
    Candidate, Candidates, DecodingError, FastMirostat, Filter, HiddenStates, LanguageModel, Mirostat,
    Penalised, Penalty, Pipeline, Sampler, Settings, Strategy as Chooses, contrastive_search,
    fast_contrastive_search,
};
use concepts::numerics::rng;
use concepts::numerics::tolerance::{ON_THE_EDGE, SAMPLING_F32};
use proptest::prelude::*;
use rand::Rng;

use super::exactness::{DEVIATIONS, deviations};
use super::fast::{KINDS, logits};

fn ids(candidates: &[Candidate]) -> Vec<u32> {
    candidates.iter().map(|candidate| candidate.id).collect()
}

/// Some tokens of a vocabulary, a few of them often.
fn history(length: usize, vocab_size: usize, seed: u64) -> Vec<u32> {
    let mut random = rng(seed, "history");
    let some = vocab_size.min(40);
    (0..length).map(|_| (random.random_range(0..some) * 7 % vocab_size) as u32).collect()
}

fn penalty() -> impl Strategy<Value = Penalty> {
    prop_oneof![
        prop_oneof![0.3..3.0, Just(1.0), Just(1e30)].prop_map(Penalty::Repetition),
        prop_oneof![-2.0..2.0, Just(0.0), Just(-1e38)].prop_map(Penalty::Presence),
        (-1.0..1.0).prop_map(Penalty::Frequency),
        (1usize..5).prop_map(Penalty::NoRepeatNGram),
    ]
}

fn after() -> impl Strategy<Value = Settings> {
    let all = Settings::default();
    prop_oneof![
        Just(all),
        Just(Settings { temperature: 0.0, ..all }),
        (0.3..2.0).prop_map(move |temperature| Settings { temperature, ..all }),
        (1usize..40).prop_map(move |k| Settings { top_k: Some(k), ..all }),
        (0.1..1.0).prop_map(move |p| Settings { top_p: Some(p), ..all }),
    ]
}

/// The fast rules keep what the fast sampler keeps of logits that the twins of the rules changed and `f32` rounded;
/// where `f32` cannot say them, what the readable twin keeps.
fn compare(fast: &mut Penalised, logits: &[f32], history: &[u32]) -> Result<(), TestCaseError> {
    let pipeline = fast.pipeline();
    let (ours, twin) = (fast.candidates(logits, history), pipeline.candidates(logits, history));
    let (Ok(ours), Ok(twin)) = (&ours, &twin) else {
        prop_assert_eq!(ours.err(), twin.err(), "{:?}", pipeline);
        return Ok(());
    };
    let mut exact: Vec<f64> = logits.iter().map(|&logit| f64::from(logit)).collect();
    pipeline.penalties.iter().for_each(|penalty| penalty.apply(&mut exact, history).unwrap());
    let rounded: Vec<f32> = exact.iter().map(|&logit| logit as f32).collect();
    if exact.iter().zip(&rounded).any(|(exact, rounded)| exact.is_finite() && !rounded.is_finite()) {
        prop_assert_eq!(ours.as_slice(), twin.as_slice());
        return Ok(());
    }
    let settings = settings_of(&pipeline);
    prop_assert_eq!(ours, &Sampler::new(settings).unwrap().candidates(&rounded).unwrap());
    if settings.top_k.is_some() || settings.top_p.is_some() || settings.temperature == 0.0 {
        return Ok(()); // rounding may decide what stays
    }
    let off = exact.iter().zip(&rounded).filter(|(exact, _)| exact.is_finite());
    let off = off.map(|(exact, rounded)| (exact - f64::from(*rounded)).abs()).fold(0.0, f64::max);
    // Logits that are off by δ change a probability by a factor between e^(−2δ/t) and e^(2δ/t).
    let allowed = SAMPLING_F32 + (2.0 * off / settings.temperature).exp_m1();
    let mut probs = vec![0.0; logits.len()];
    ours.iter().for_each(|candidate| probs[candidate.id as usize] = candidate.prob);
    prop_assert_eq!(ours.len(), twin.size());
    for candidate in twin.as_slice() {
        let (prob, exact) = (probs[candidate.id as usize], candidate.prob);
        prop_assert!((prob - exact).abs() <= allowed, "{} not {}, {:?}", prob, exact, pipeline);
    }
    Ok(())
}

/// The settings that a pipeline was made of.
fn settings_of(pipeline: &Pipeline) -> Settings {
    pipeline.filters.iter().fold(Settings::default(), |settings, filter| match *filter {
        Filter::Temperature(temperature) => Settings { temperature, ..settings },
        Filter::TopK(k) => Settings { top_k: Some(k), ..settings },
        Filter::TopP(p) => Settings { top_p: Some(p), ..settings },
        other => panic!("{other:?} is not drawn here"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn penalties_do_what_the_pipeline_does(
        penalties in prop::collection::vec(penalty(), 0..3),
        settings in after(),
        kind in 0..KINDS,
        sizes in prop::collection::vec(prop_oneof![1usize..300, 1usize..900], 3),
        length in 0usize..80,
        seed in 0u64..1000,
    ) {
        // Memory of the last logits must not leak into the next ones.
        let mut fast = Penalised::new(penalties, settings).unwrap();
        for size in sizes {
            compare(&mut fast, &logits(kind, size, seed), &history(length, size, seed))?;
        }
    }

    #[test]
    fn no_n_gram_twice_is_the_twin_exactly(kind in 0..KINDS, size in 1usize..900, n in 1usize..4, seed in 0u64..1000) {
        let greedy = Settings { temperature: 0.0, ..Settings::default() };
        let mut fast = Penalised::new([Penalty::NoRepeatNGram(n)], greedy).unwrap();
        let (logits, history) = (logits(kind, size, seed), history(60, size, seed));
        let ours = fast.candidates(&logits, &history).map(|kept| ids(&kept));
        prop_assert_eq!(ours, fast.pipeline().candidates(&logits, &history).map(|kept| kept.ids()));
    }

    #[test]
    fn mirostat_keeps_what_the_rule_keeps(
        target in prop_oneof![0.0..8.0, Just(0.0), Just(1e6), Just(1e308)],
        kind in 0..KINDS,
        size in prop_oneof![1usize..300, 1usize..900, Just(128usize)],
        seed in 0u64..1000,
    ) {
        let rule = Mirostat::new(target, 0.1).unwrap();
        let logits = logits(kind, size, seed);
        let ours = FastMirostat::new(rule.clone()).candidates(&logits);
        let Ok(all) = Candidates::from_logits(&logits) else {
            prop_assert!(ours.is_err());
            return Ok(());
        };
        let (ours, twin) = (ours.unwrap(), rule.truncate(&all));
        let most = rule.threshold() / (1.0 - ON_THE_EDGE);
        let has = |list: &[Candidate], id: u32| list.iter().any(|candidate| candidate.id == id);
        for candidate in all.as_slice() {
            let bits = -candidate.log_prob / std::f64::consts::LN_2;
            let edge = (bits - most).abs() <= SAMPLING_F32 * (1.0 + bits);
            let same = has(&ours, candidate.id) == has(twin.as_slice(), candidate.id);
            prop_assert!(same || edge, "{:?}: {} bits of {}", candidate, bits, most);
        }
        if ours.len() == twin.size() {
            for (ours, twin) in ours.iter().zip(twin.as_slice()) {
                prop_assert_eq!(ours.id, twin.id);
                prop_assert!((ours.prob - twin.prob).abs() < SAMPLING_F32, "{:?} not {:?}", ours, twin);
            }
        }
    }
}

#[test]
fn mirostat_learns_what_the_rule_learns() {
    const TOKENS: usize = 300;
    let mut twin = Mirostat::new(3.0, 0.1).unwrap();
    let mut fast = FastMirostat::new(twin.clone());
    let mut random = rng(3, "learning");
    for step in 0..TOKENS {
        let logits = logits(step % 5, 700, step as u64);
        let kept = twin.truncate(&Candidates::from_logits(&logits).unwrap()).size();
        let choice = fast.choose(&logits, &[], &mut random).unwrap();
        assert_eq!(choice.candidates, kept);
        let drawn = Candidates::from_logits(&logits).unwrap().find(choice.token).unwrap();
        twin.observe(-drawn.log_prob / std::f64::consts::LN_2);
        let off = (fast.rule().threshold() - twin.threshold()).abs();
        assert!(off < 0.1 * TOKENS as f64 * SAMPLING_F32, "step {step}: off by {off}");
    }
    assert_ne!(twin.threshold(), 6.0);
}

/// A million draws against the exact distribution.
fn draws(strategy: &mut dyn Chooses, exact: &[f64], logits: &[f32], history: &[u32]) {
    let mut random = rng(6, "fast rules");
    let mut counts = vec![0; logits.len()];
    for _ in 0..1_000_000 {
        counts[strategy.choose(logits, history, &mut random).unwrap().token as usize] += 1;
    }
    let off = deviations(&counts, exact);
    assert!(off < DEVIATIONS, "{off} standard deviations");
}

#[test]
fn both_draw_from_what_is_left() {
    // Two blocks, the second one not full.
    let logits: Vec<f32> = (0..150).map(|i| ((i * 7) % 150) as f32 * 0.02).collect();
    let history = [1, 5, 5, 80, 149, 1];
    let mut penalised = Penalised::new([Penalty::Repetition(1.3)], Settings::default()).unwrap();
    let exact = penalised.pipeline().candidates(&logits, &history).unwrap().dense(150);
    draws(&mut penalised, &exact, &logits, &history);
    // It does not learn, so that every draw is from the same distribution.
    let rule = Mirostat::new(3.4, 0.0).unwrap();
    let exact = rule.truncate(&Candidates::from_logits(&logits).unwrap()).dense(150);
    assert!(exact.contains(&0.0));
    draws(&mut FastMirostat::new(rule), &exact, &logits, &[]);
}

#[test]
fn bad_logits_and_numbers_are_named_as_by_the_twins() {
    let all = Settings::default();
    let mut fast = Penalised::new([Penalty::Repetition(1.5)], all).unwrap();
    let mut mirostat = FastMirostat::new(Mirostat::new(2.0, 0.1).unwrap());
    let none = vec![f32::NEG_INFINITY; 700];
    let mut rows = vec![Vec::new(), none.clone()];
    for bad in [f32::NAN, -f32::NAN, f32::INFINITY] {
        // In the history and outside of it.
        for place in [3, 500] {
            rows.push(logits(0, 700, 1));
            rows.last_mut().unwrap()[place] = bad;
        }
    }
    for row in rows {
        let history = if row.is_empty() { vec![] } else { vec![3, 4] };
        let error = fast.choose(&row, &history, &mut rng(1, "bad")).unwrap_err();
        assert_eq!(error, fast.pipeline().candidates(&row, &history).unwrap_err());
        let error = mirostat.choose(&row, &[], &mut rng(1, "bad")).unwrap_err();
        assert_eq!(error, Candidates::from_logits(&row).unwrap_err());
    }
    let unknown = fast.choose(&[0.0, 1.0], &[2], &mut rng(1, "bad"));
    assert_eq!(unknown, Err(DecodingError::UnknownToken { token: 2, vocab_size: 2 }));
    for bad in [Penalty::Repetition(0.0), Penalty::Presence(f64::NAN), Penalty::NoRepeatNGram(0)] {
        assert!(Penalised::new([bad], all).is_err(), "{bad:?}");
    }
}

/// One number of the generator a token, as the others take.
#[test]
fn draws_stay_paired() {
    let (logits, history) = (logits(0, 600, 2), [1, 2, 3]);
    let mut choosers: [Box<dyn Chooses>; 2] = [
        Box::new(Penalised::new([Penalty::Repetition(1.2)], Settings::default()).unwrap()),
        Box::new(FastMirostat::new(Mirostat::new(3.0, 0.1).unwrap())),
    ];
    for chooser in &mut choosers {
        let (mut a, mut b) = (rng(1, "one"), rng(1, "one"));
        chooser.choose(&logits, &history, &mut a).unwrap();
        let _: f64 = b.random();
        assert_eq!(a.random::<u64>(), b.random::<u64>());
    }
}

/// Logits of one kind, and hidden states of which some are alike.
struct Kind(usize, usize);

impl LanguageModel for Kind {
    type State = u32;
    fn vocab_size(&self) -> usize {
        self.1
    }
    fn start(&self) -> u32 {
        0
    }
    fn advance(&self, last: &mut u32, token: u32) {
        *last = token;
    }
    fn logits(&self, last: &u32, row: &mut [f32]) {
        row.copy_from_slice(&logits(self.0, self.1, u64::from(*last)));
    }
}

impl HiddenStates for Kind {
    fn hidden(&self, last: &u32) -> Vec<f32> {
        let mut random = rng(u64::from(*last % 23), "hidden");
        // Not a whole number of vectors.
        (0..21).map(|_| random.random_range(-1.0f32..1.0)).collect()
    }
}

#[test]
fn contrastive_search_takes_the_tokens_of_the_twin() {
    for (kind, size) in (0..KINDS).flat_map(|kind| [1, 2, 130, 900].map(|size| (kind, size))) {
        for (k, alpha) in [(1, 0.5), (4, 0.6), (9, 0.0), (2000, 0.3)] {
            let model = Kind(kind, size);
            let run = (
                fast_contrastive_search(&model, &[0], k, alpha, 6),
                contrastive_search(&model, &[0], k, alpha, 6),
            );
            let (Ok(fast), Ok(twin)) = run else {
                assert!(run.0.is_err() && run.1.is_err(), "kind {kind}, {size} tokens");
                continue;
            };
            assert_eq!(fast.tokens(), twin.tokens(), "kind {kind}, {size} tokens, k = {k}");
            for (fast, twin) in fast.steps.iter().zip(&twin.steps) {
                assert_eq!(fast.candidates, twin.candidates);
                assert!((fast.log_prob - twin.log_prob).abs() < SAMPLING_F32, "{fast:?} {twin:?}");
            }
        }
    }
    assert_eq!(
        fast_contrastive_search(&Kind(0, 600), &[], 0, 0.5, 3),
        contrastive_search(&Kind(0, 600), &[], 0, 0.5, 3)
    );
}

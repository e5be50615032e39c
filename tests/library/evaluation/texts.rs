//! Metrics of texts against nltk and by hand, and bootstrap intervals against what they promise.

use concepts::evaluation::{
    Bootstrap, Difference, EvaluationError, Interval, Loop, LoopRule, bleu, bootstrap, distinct_ngrams,
    ending_loop, loop_rate, mean_difference, mean_interval, repeated_ngrams, self_bleu, unique_texts,
    zipf_exponent,
};
use concepts::numerics::rng;
use concepts::numerics::statistics::{mean, proportion_interval};
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F64};
use proptest::prelude::*;
use rand_distr::{Distribution, Exp1, StandardNormal};
use serde_json::Value;

fn tokens(value: &Value) -> Vec<u32> {
    value.as_array().unwrap().iter().map(|token| token.as_u64().unwrap() as u32).collect()
}

fn texts(value: &Value) -> Vec<Vec<u32>> {
    value.as_array().unwrap().iter().map(tokens).collect()
}

fn borrowed(texts: &[Vec<u32>]) -> Vec<&[u32]> {
    texts.iter().map(Vec::as_slice).collect()
}

#[test]
fn bleu_is_that_of_nltk() {
    let fixture: Value = serde_json::from_str(include_str!("../../fixtures/evaluation/bleu.json")).unwrap();
    for case in fixture["singles"].as_array().unwrap() {
        let ours = bleu(&tokens(&case["text"]), &borrowed(&texts(&case["references"])));
        assert!((ours - case["bleu"].as_f64().unwrap()).abs() < ORACLE_F64, "{case}: {ours}");
    }
    for case in fixture["sets"].as_array().unwrap() {
        let ours = self_bleu(&borrowed(&texts(&case["texts"])));
        for (ours, theirs) in ours.iter().zip(case["self_bleu"].as_array().unwrap()) {
            assert!((ours - theirs.as_f64().unwrap()).abs() < ORACLE_F64, "{case}: {ours}");
        }
    }
}

/// The rule as it is said: the shortest phrase of at least `phrase` tokens for which the text ends
/// with `repeats` copies of it.
fn ends_with_copies(text: &[u32], phrase: usize, repeats: usize) -> Option<usize> {
    (phrase..=text.len()).find(|&n| text.ends_with(&text[text.len() - n..].repeat(repeats)))
}

proptest! {
    #[test]
    fn self_bleu_is_bleu_against_the_others(
        texts in prop::collection::vec(prop::collection::vec(0u32..4, 0..12), 1..7),
    ) {
        let texts = borrowed(&texts);
        for (i, fast) in self_bleu(&texts).into_iter().enumerate() {
            let others: Vec<&[u32]> = [&texts[..i], &texts[i + 1..]].concat();
            let slow = bleu(texts[i], &others);
            prop_assert!((fast - slow).abs() < EXACT_F64, "text {}: {} and {}", i, fast, slow);
            prop_assert!((0.0..=1.0).contains(&fast));
        }
    }

    #[test]
    fn a_loop_is_copies_of_a_phrase(
        begin in prop::collection::vec(0u32..3, 0..10),
        phrase in prop::collection::vec(0u32..3, 1..5),
        copies in 0usize..5,
        (shortest, repeats) in (1usize..4, 2usize..5),
    ) {
        let text = [begin, phrase.repeat(copies)].concat();
        let found = ending_loop(&text, LoopRule::AtLeast { phrase: shortest, repeats });
        prop_assert_eq!(found.map(|l| l.phrase), ends_with_copies(&text, shortest, repeats));
        if let Some(Loop { phrase, repeats }) = found {
            prop_assert_eq!(ends_with_copies(&text, phrase, repeats), Some(phrase));
            prop_assert_ne!(ends_with_copies(&text, phrase, repeats + 1), Some(phrase));
        }
    }
}

#[test]
fn the_two_rules_of_a_loop_differ() {
    let both = |text: &[u32]| (ending_loop(text, LoopRule::PAPER), ending_loop(text, LoopRule::Script));
    // Twice is enough for the program if the phrase has three tokens, not for the paper.
    assert_eq!(both(&[1, 2, 3, 1, 2, 3]), (None, Some(Loop { phrase: 3, repeats: 2 })));
    // Two tokens, ten times: a loop for the paper; the program asks for more than 50.
    assert_eq!(both(&[1, 2].repeat(10)), (Some(Loop { phrase: 2, repeats: 10 }), None));
    assert_eq!(both(&[1, 2].repeat(51)).1, Some(Loop { phrase: 2, repeats: 51 }));
    assert_eq!(both(&[1; 51]).1, Some(Loop { phrase: 1, repeats: 51 }));
    // 4 4 at the end hides the longer phrase from the program: both stand twice, the shorter wins.
    assert_eq!(both(&[7, 4, 4, 7, 4, 4]), (None, None));
    assert_eq!(both(&[]), (None, None));
    // 90 tokens is the longest phrase that the program sees.
    let long: Vec<u32> = (0..91).collect();
    assert_eq!(both(&long.repeat(3)), (Some(Loop { phrase: 91, repeats: 3 }), None));
    assert_eq!(both(&long[1..].repeat(2)).1, Some(Loop { phrase: 90, repeats: 2 }));
    let never = LoopRule::AtLeast { phrase: 0, repeats: 0 };
    assert_eq!(ending_loop(&[5], never), Some(Loop { phrase: 1, repeats: 1 })); // silly, not a panic
    assert!(loop_rate(&[], LoopRule::PAPER).is_nan());
}

#[test]
fn shares_of_different_ngrams_by_hand() {
    assert_eq!(repeated_ngrams(&[1; 9], 4), 5.0 / 6.0);
    assert_eq!(repeated_ngrams(&[1, 2, 3, 4], 4), 0.0);
    assert!(repeated_ngrams(&[1, 2], 0).is_nan());
    let texts: [&[u32]; 3] = [&[1, 2, 1], &[], &[2, 1]];
    assert_eq!(distinct_ngrams(&texts, 1), 2.0 / 5.0);
    assert_eq!(distinct_ngrams(&texts, 2), 2.0 / 5.0); // 12, 21
    assert_eq!(distinct_ngrams(&texts, 3), 1.0 / 5.0); // no n-gram crosses from text to text
    assert!(distinct_ngrams(&texts, 0).is_nan());
    assert!(distinct_ngrams(&[], 1).is_nan());
    assert_eq!(unique_texts(&[]), 0);
}

#[test]
fn zipf_exponents_of_exact_power_laws() {
    for exponent in [0.5, 1.0, 1.5] {
        // The smallest count is above 1200: rounding it to a whole one moves it by less than 5e-4.
        let count = |rank: u32| (2e5 * f64::from(rank).powf(-exponent)).round() as usize;
        let text: Vec<u32> = (1..=30).rev().flat_map(|rank| vec![rank; count(rank)]).collect();
        let halves = text.split_at(text.len() / 3); // one sample in two texts
        for ranks in [10, 30, 5_000] {
            let fitted = zipf_exponent(&[halves.0, halves.1], ranks);
            assert!((fitted - exponent).abs() < 1e-3, "{exponent} over {ranks} ranks: {fitted}");
        }
    }
    assert_eq!(zipf_exponent(&[&[1, 2, 3]], 5_000), 0.0);
    for (texts, ranks) in [(&[][..], 9), (&[&[1, 1][..]], 9), (&[&[1, 2, 2][..]], 1), (&[&[1, 2][..]], 0)] {
        assert!(zipf_exponent(texts, ranks).is_nan());
    }
}

/// In how many of `trials` experiments the interval holds the truth, as a share with its own
/// interval of four standard errors.
fn coverage(trials: usize, holds: impl Fn(u64) -> bool) -> (f64, f64) {
    let hits = (0..trials as u64).filter(|&seed| holds(seed)).count();
    proportion_interval(hits, trials, 4.0)
}

fn sample<D: Distribution<f64>>(n: usize, distribution: D, seed: u64) -> Vec<f64> {
    distribution.sample_iter(rng(seed, "a sample whose mean is known")).take(n).collect()
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    let options = |seed| Bootstrap { resamples: 500, level: 0.9, seed };
    let holds = |values: &[f64], truth: f64, seed| {
        let interval = mean_interval(values, &options(seed)).unwrap();
        interval.low <= truth && truth <= interval.high
    };
    // Normal values, n = 40: the percentile interval is about x̄ ± 1.645 s √((n−1)/n) / √n, which
    // holds the mean with probability P(|t₃₉| < 1.624) = 0.888.
    let (low, high) = coverage(1_500, |seed| holds(&sample(40, StandardNormal, seed), 0.0, seed));
    assert!(low <= 0.888 && 0.888 <= high, "coverage between {low} and {high}");
    // A skewed distribution needs more values. Exponential, n = 200: 0.8875 ± 0.005 in a simulation of
    // 4000 samples with numpy.
    let (low, high) = coverage(1_000, |seed| holds(&sample(200, Exp1, seed), 1.0, seed));
    assert!(low <= 0.8875 && 0.8875 <= high, "coverage between {low} and {high}");
}

/// Ten prompts, ten texts each; texts of a prompt are alike. Taken as a hundred independent values
/// they promise far too much; the means of the prompts do not.
#[test]
fn texts_of_one_prompt_are_no_independent_sample() {
    let options = |seed| Bootstrap { resamples: 300, level: 0.9, seed };
    let (prompts, each) = (20, 10);
    let values = |seed| {
        let prompt = sample(prompts, StandardNormal, seed);
        let noise = sample(prompts * each, StandardNormal, seed + 1_000_000);
        noise.iter().enumerate().map(|(i, x)| prompt[i / each] + 0.5 * x).collect::<Vec<f64>>()
    };
    let holds = |interval: Interval| interval.low <= 0.0 && 0.0 <= interval.high;
    let as_texts = coverage(400, |seed| holds(mean_interval(&values(seed), &options(seed)).unwrap()));
    let as_prompts = coverage(400, |seed| {
        let means: Vec<f64> = values(seed).chunks(each).map(mean).collect();
        holds(mean_interval(&means, &options(seed)).unwrap())
    });
    assert!(as_texts.1 < 0.6, "{as_texts:?}");
    assert!(as_prompts.0 > 0.7, "{as_prompts:?}");
}

/// Two strategies that are equally good: a difference is claimed about as seldom as promised.
#[test]
fn no_difference_is_shown_where_there_is_none() {
    let options = |seed| Bootstrap { resamples: 400, level: 0.95, seed };
    let shown = |seed: u64| {
        let prompt = sample(60, StandardNormal, seed);
        let with_noise = |noise_seed| -> Vec<f64> {
            sample(60, StandardNormal, noise_seed).iter().zip(&prompt).map(|(x, p)| 5.0 * p + x).collect()
        };
        let (a, b) = (with_noise(seed + 10_000), with_noise(seed + 20_000));
        mean_difference(&a, &b, &options(seed)).unwrap().difference() != Difference::NotShown
    };
    let (low, high) = coverage(800, shown);
    // P(|t₅₉| > 1.96 √(59/60)) = 0.057
    assert!(low <= 0.057 && 0.057 <= high, "claimed between {low} and {high}");
}

#[test]
fn pairing_sees_what_overlap_hides_in_both_directions() {
    let prompt = sample(50, StandardNormal, 1);
    let better: Vec<f64> =
        prompt.iter().zip(sample(50, StandardNormal, 2)).map(|(p, x)| p + 0.2 + 0.1 * x).collect();
    let options = Bootstrap::default();
    let (a, b) = (mean_interval(&better, &options).unwrap(), mean_interval(&prompt, &options).unwrap());
    assert!(a.overlaps(&b) && b.overlaps(&a));
    assert_eq!(mean_difference(&better, &prompt, &options).unwrap().difference(), Difference::Larger);
    assert_eq!(mean_difference(&prompt, &better, &options).unwrap().difference(), Difference::Smaller);
    let far = Interval { estimate: 9.0, low: 8.0, high: 10.0 };
    assert!(!far.overlaps(&a) && !a.overlaps(&far) && far.overlaps(&far));
}

/// Why a set's diversity is not taken of resampled sets: they hold texts twice.
#[test]
fn resampling_a_set_of_texts_invents_likeness() {
    let texts: Vec<Vec<u32>> = (0..30).map(|i| (0..20).map(|j| 100 * i + j).collect()).collect();
    let texts = borrowed(&texts);
    assert_eq!(mean(&self_bleu(&texts)), 0.0); // no two share a token
    let of_set = |chosen: &[usize]| mean(&self_bleu(&chosen.iter().map(|&i| texts[i]).collect::<Vec<_>>()));
    let wrong = bootstrap(texts.len(), of_set, &Bootstrap { resamples: 50, ..Bootstrap::default() }).unwrap();
    assert!(wrong.low > wrong.estimate, "{wrong:?}");
}

#[test]
fn a_bootstrap_is_reproducible_and_refuses_nonsense() {
    let values = sample(30, StandardNormal, 3);
    let options = Bootstrap::default();
    let first = mean_interval(&values, &options).unwrap();
    assert_eq!(first, mean_interval(&values, &options).unwrap());
    assert_ne!(first, mean_interval(&values, &Bootstrap { seed: 8, ..options }).unwrap());
    assert_eq!(mean_interval(&[], &options), Err(EvaluationError::Empty));
    assert_eq!(
        mean_difference(&values, &[1.0], &options),
        Err(EvaluationError::Unpaired { first: 30, second: 1 })
    );
    for level in [0.0, 1.0, -0.5, f64::NAN] {
        let refused = mean_interval(&values, &Bootstrap { level, ..options }).unwrap_err().to_string();
        assert!(refused.contains("is not between 0 and 1"), "{refused}");
    }
    for resamples in [0, 1_000_001] {
        assert!(mean_interval(&values, &Bootstrap { resamples, ..options }).is_err());
    }
    let constant = mean_interval(&[2.0; 9], &options).unwrap();
    assert_eq!(constant, Interval { estimate: 2.0, low: 2.0, high: 2.0 });
    let unknown = mean_interval(&[1.0, f64::NAN], &options).unwrap();
    assert!(unknown.low.is_nan());
    assert_eq!(unknown.difference(), Difference::NotShown);
}

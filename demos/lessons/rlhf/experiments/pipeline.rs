//! The three stages on a small language, and DPO beside them.

use concepts::numerics::{rng, sigmoid};
use concepts::preference::language::{Language, Ppo, PpoRun, TokenPolicy, direct_step, fine_tune_step};
use concepts::preference::{Judged, PreferenceError, draw, entropy, expected, fit_reward, kl, optimum};
use ndarray::{Array1, Array2};
use rand::Rng;

use super::annotators::prefers_first;

/// A fact, a reason, and a word that fills.
pub(crate) const WORDS: [&str; 3] = ["fact", "why", "um"];
const LONGEST: usize = 4;
/// Demonstrations, and comparisons.
pub(crate) const DEMONSTRATIONS: usize = 300;
pub(crate) const COMPARISONS: usize = 600;
/// Comparisons that nobody learned from.
const HELD_OUT: usize = 4000;
/// A little, so that there is an answer whatever the labels.
const RIDGE: f64 = 1e-3;
/// Answers a batch of PPO.
pub(crate) const BATCH: usize = 64;

/// What people write, and how often.
const WRITTEN: [(&[usize], f64); 11] = [
    (&[0], 0.24),
    (&[2, 0], 0.18),
    (&[0, 1], 0.12),
    (&[1], 0.1),
    (&[2], 0.1),
    (&[0, 2], 0.08),
    (&[2, 0, 1], 0.05),
    (&[0, 0], 0.04),
    (&[], 0.04),
    (&[2, 2], 0.03),
    (&[0, 0, 1], 0.02),
];

/// What a repeated fact or reason costs, and what a filling word costs.
pub(crate) const AGAIN: f64 = 0.5;
pub(crate) const FILLING: f64 = 0.4;

/// How good an answer is: a fact counts once, a reason behind a fact counts once, repetition and filling cost.
pub(crate) fn gold(words: &[usize]) -> f64 {
    let count = |word| words.iter().filter(|&&w| w == word).count() as f64;
    let first = words.iter().position(|&w| w == 0);
    let reason = first.is_some_and(|at| words[at..].contains(&1));
    let again = (count(0) - 1.0).max(0.0) + (count(1) - 1.0).max(0.0);
    f64::from(u8::from(first.is_some())) + f64::from(u8::from(reason)) - AGAIN * again - FILLING * count(2)
}

/// What a reward model sees of an answer: how often each word occurs. With `aware`, also repetition and whether a
/// reason stands behind a fact.
pub(crate) fn features(language: &Language, aware: bool) -> Array2<f64> {
    let of = |y: usize| {
        let words = language.words_of(y);
        let count = |word| words.iter().filter(|&&w| w == word).count() as f64;
        let mut seen = vec![count(0), count(1), count(2)];
        if aware {
            let first = words.iter().position(|&w| w == 0);
            let reason = first.is_some_and(|at| words[at..].contains(&1));
            seen.push((count(0) - 1.0).max(0.0) + (count(1) - 1.0).max(0.0));
            seen.push(f64::from(u8::from(reason)));
        }
        seen
    };
    let width = of(0).len();
    Array2::from_shape_vec((language.answers(), width), (0..language.answers()).flat_map(of).collect())
        .expect("each row has as many features")
}

/// What every stage leaves.
pub(crate) struct Pipeline {
    pub language: Language,
    pub gold: Vec<f64>,
    pub demonstrations: Vec<f64>,
    pub tuned: TokenPolicy,
    pub judged: Vec<Judged>,
    pub weights: Array1<f64>,
    pub proxy: Vec<f64>,
    pub ppo: TokenPolicy,
    /// Divergence, proxy and gold along PPO's steps.
    pub seen: Vec<[f64; 3]>,
    pub dpo: TokenPolicy,
    pub dpo_losses: Vec<f64>,
    /// The best policy for the proxy, in closed form.
    pub best: Vec<f64>,
}

impl Pipeline {
    pub(crate) fn run(
        beta: f64,
        epsilon: f64,
        steps: usize,
        noise: f64,
        seed: u64,
    ) -> Result<Pipeline, PreferenceError> {
        let language = Language::new(&WORDS, LONGEST);
        let gold: Vec<f64> = (0..language.answers()).map(|y| gold(language.words_of(y))).collect();
        let demonstrations = demonstrated(&language, DEMONSTRATIONS, seed);
        let tuned = tuned(&language, &demonstrations);
        let judged =
            labelled(&language, &tuned, &gold, COMPARISONS, noise, &mut rng(seed, "rlhf comparisons"));
        let (weights, proxy) = rewarded(&features(&language, false), &judged)?;
        let reference = tuned.answers(&language);
        let (ppo, seen) = optimised(&language, &tuned, [&proxy, &gold], [beta, epsilon], steps, seed);
        let (dpo, dpo_losses) = directly(&language, &tuned, &judged, beta, steps);
        let best = optimum(&reference, &proxy, beta)?.policy;
        Ok(Pipeline {
            language,
            gold,
            demonstrations,
            tuned,
            judged,
            weights,
            proxy,
            ppo,
            seen,
            dpo,
            dpo_losses,
            best,
        })
    }

    /// Several, each with its own demonstrations and comparisons, up to the reward model.
    pub(crate) fn several(count: u64, seed: u64) -> Result<Vec<Pipeline>, PreferenceError> {
        (0..count).map(|i| Pipeline::run(0.2, 0.2, 0, 0.1, seed.wrapping_add(1_000_003 * i))).collect()
    }

    /// The reference that everything is compared with.
    pub(crate) fn reference(&self) -> Vec<f64> {
        self.tuned.answers(&self.language)
    }

    /// True reward, proxy, divergence from fine-tuning, entropy, words an answer.
    pub(crate) fn measured(&self, policy: &[f64]) -> [f64; 5] {
        let words = |y: usize| self.language.words_of(y).len() as f64;
        let lengths: Vec<f64> = (0..self.language.answers()).map(words).collect();
        [
            expected(policy, &self.gold),
            expected(policy, &self.proxy),
            kl(policy, &self.reference()),
            entropy(policy),
            expected(policy, &lengths),
        ]
    }
}

/// Demonstrations as shares of answers.
pub(crate) fn demonstrated(language: &Language, count: usize, seed: u64) -> Vec<f64> {
    let mut rng = rng(seed, "rlhf demonstrations");
    let shares = Array1::from_vec(WRITTEN.iter().map(|(_, share)| *share).collect());
    let mut out = vec![0.0; language.answers()];
    for _ in 0..count {
        let (words, _) = WRITTEN[draw(shares.view(), &mut rng)];
        if let Some(y) = language.find(words) {
            out[y] += 1.0 / count as f64;
        }
    }
    out
}

/// Fine-tuning, stopped before answers that nobody wrote have vanished.
pub(crate) fn tuned(language: &Language, demonstrations: &[f64]) -> TokenPolicy {
    let mut policy = TokenPolicy::uniform(language);
    (0..120).for_each(|_| fine_tune_step(&mut policy, language, demonstrations, 1.0));
    policy
}

/// Pairs of different answers that a policy gives, with labels.
pub(crate) fn labelled(
    language: &Language,
    policy: &TokenPolicy,
    gold: &[f64],
    count: usize,
    noise: f64,
    rng: &mut impl Rng,
) -> Vec<Judged> {
    let mut out = Vec::with_capacity(count);
    while out.len() < count {
        let (first, second) = (policy.draw(language, rng), policy.draw(language, rng));
        if first != second {
            let preferred = f64::from(u8::from(prefers_first(gold[first] - gold[second], noise, rng)));
            out.push(Judged { first, second, preferred });
        }
    }
    out
}

/// Weights of a reward model, and its reward of every answer.
pub(crate) fn rewarded(
    features: &Array2<f64>,
    judged: &[Judged],
) -> Result<(Array1<f64>, Vec<f64>), PreferenceError> {
    let weights = fit_reward(features, judged, RIDGE)?;
    let rewards = features.dot(&weights).to_vec();
    Ok((weights, rewards))
}

/// PPO on a reward, and along its steps divergence, that reward and the true one.
pub(crate) fn optimised(
    language: &Language,
    tuned: &TokenPolicy,
    [rewards, gold]: [&[f64]; 2],
    [beta, epsilon]: [f64; 2],
    steps: usize,
    seed: u64,
) -> (TokenPolicy, Vec<[f64; 3]>) {
    let (batch, rate) = (BATCH, 2.0 / (1.0 + beta));
    let run = PpoRun { batch, epochs: 4, epsilon, beta, lambda: 0.95, rate, critic: 0.3 };
    let mut ppo = Ppo::new(language, tuned, rewards, run);
    let mut generator = rng(seed, "rlhf ppo");
    let reference = tuned.answers(language);
    let measure = |policy: &TokenPolicy| {
        let p = policy.answers(language);
        [kl(&p, &reference), expected(&p, rewards), expected(&p, gold)]
    };
    let mut seen = vec![measure(&ppo.policy)];
    for _ in 0..steps {
        ppo.step(&mut generator);
        seen.push(measure(&ppo.policy));
    }
    (ppo.policy, seen)
}

/// DPO on the comparisons.
fn directly(
    language: &Language,
    tuned: &TokenPolicy,
    judged: &[Judged],
    beta: f64,
    steps: usize,
) -> (TokenPolicy, Vec<f64>) {
    let order = |j: &Judged| if j.preferred > 0.5 { (j.first, j.second) } else { (j.second, j.first) };
    let pairs: Vec<(usize, usize)> = judged.iter().map(order).collect();
    let reference = tuned.log_answers(language);
    let mut policy = tuned.clone();
    // Its curvature is β²/4, so the rate is as large as that is small, up to a bound.
    let rate = 1.0 / beta.max(0.1).powi(2);
    let losses =
        (0..steps).map(|_| direct_step(&mut policy, language, &reference, &pairs, beta, rate)).collect();
    (policy, losses)
}

/// What a reward model predicts of comparisons that it was not trained on, and what came out: of answers that
/// `policy` gives.
pub(crate) fn predicted(
    pipeline: &Pipeline,
    proxy: &[f64],
    policy: &TokenPolicy,
    noise: f64,
    seed: u64,
) -> Vec<(f64, f64)> {
    let mut rng = rng(seed, "rlhf held out");
    let pairs = different(&policy.answers(&pipeline.language), HELD_OUT, &mut rng);
    let judged = |(first, second): (usize, usize)| {
        let preferred = prefers_first(pipeline.gold[first] - pipeline.gold[second], noise, &mut rng);
        (sigmoid(proxy[first] - proxy[second]), f64::from(u8::from(preferred)))
    };
    pairs.into_iter().map(judged).collect()
}

/// Pairs of different answers, each as often as two draws of the policy give it when they differ. Drawn so at once:
/// of a policy that is sure of one answer two draws hardly ever differ.
fn different(answers: &[f64], count: usize, rng: &mut impl Rng) -> Vec<(usize, usize)> {
    let all = Array1::from_vec(answers.to_vec());
    let without = |i: usize| {
        let mut rest = all.clone();
        rest[i] = 0.0;
        rest
    };
    // The sum of the others: 1 less a probability near 1 has no digits left.
    let first = Array1::from_shape_fn(all.len(), |i| all[i] * without(i).sum());
    let pair = |_| {
        let first = draw(first.view(), rng);
        (first, draw(without(first).view(), rng))
    };
    (0..count).map(pair).collect()
}

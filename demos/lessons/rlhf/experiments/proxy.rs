//! What a reward that departs from the true one leads to, and remedies.

use concepts::numerics::rng;
use concepts::preference::language::TokenPolicy;
use concepts::preference::{Judged, PreferenceError, expected, kl, optimum};
use rand::Rng;

use super::pipeline::{COMPARISONS, Pipeline, features, rewarded};
use super::standard_normal;

/// Divergence, proxy and true reward of the best policy for a proxy.
pub(crate) fn at(p: &Pipeline, proxy: &[f64], beta: f64) -> Result<[f64; 3], PreferenceError> {
    let reference = p.reference();
    let best = optimum(&reference, proxy, beta)?.policy;
    Ok([kl(&best, &reference), expected(&best, proxy), expected(&best, &p.gold)])
}

/// The prices of a curve, falling.
pub(crate) fn prices() -> impl Iterator<Item = f64> {
    (0..=40).map(|i| 10_f64.powf(1.0 - f64::from(i) / 40.0 * 3.0))
}

/// The price at which the true reward is highest, and that reward.
pub(crate) fn best_price(p: &Pipeline, proxy: &[f64]) -> Result<(f64, f64), PreferenceError> {
    let mut best = (f64::NAN, f64::NEG_INFINITY);
    for beta in prices() {
        let gold = at(p, proxy, beta)?[2];
        if gold > best.1 {
            best = (beta, gold);
        }
    }
    Ok(best)
}

/// Reward models that are fitted otherwise, by the id of their words.
pub(crate) fn remedies(
    p: &Pipeline,
    noise: f64,
    beta: f64,
    seed: u64,
) -> Result<Vec<(&'static str, Vec<f64>)>, PreferenceError> {
    let reference = p.reference();
    let seen = features(&p.language, false);
    let members = (0..MEMBERS)
        .map(|i| {
            let mut rng = rng(seed.wrapping_add(i), "rlhf ensemble");
            let again: Vec<Judged> =
                (0..COMPARISONS).map(|_| p.judged[rng.random_range(0..p.judged.len())]).collect();
            let (_, rewards) = rewarded(&seen, &again)?;
            // Rewards have no zero of their own: that of the fine-tuned model is taken for all.
            let zero = expected(&reference, &rewards);
            Ok(rewards.into_iter().map(|r| r - zero).collect())
        })
        .collect::<Result<Vec<Vec<f64>>, PreferenceError>>()?;
    let over = |of: fn(f64, f64) -> f64, from: f64| -> Vec<f64> {
        (0..reference.len()).map(|y| members.iter().map(|m| m[y]).fold(from, of)).collect()
    };
    let mean = over(|a, b| a + b, 0.0).into_iter().map(|r| r / MEMBERS as f64).collect();
    let (_, aware) = rewarded(&features(&p.language, true), &p.judged)?;
    let (_, fresh) = rewarded(&seen, &again(p, noise, beta, seed)?)?;
    Ok(vec![
        ("plain", p.proxy.clone()),
        ("mean", mean),
        ("least", over(f64::min, f64::INFINITY)),
        ("fresh", fresh),
        ("aware", aware),
    ])
}

/// Members of the ensemble.
pub(crate) const MEMBERS: u64 = 5;

/// The comparisons so far, and as many of answers that the trained policy gives.
fn again(p: &Pipeline, noise: f64, beta: f64, seed: u64) -> Result<Vec<Judged>, PreferenceError> {
    let mut rng = rng(seed, "rlhf fresh");
    let reference = p.reference();
    let best = optimum(&reference, &p.proxy, beta)?.policy;
    let policy = follows(p, &best);
    let mut judged = p.judged.clone();
    // Half of the answers of the trained policy, half of the fine-tuned one: between two of its own favourites there
    // may be nothing to compare.
    let (new, old) =
        (policy.draws(COMPARISONS, &p.language, &mut rng), p.tuned.draws(COMPARISONS, &p.language, &mut rng));
    for (first, second) in new.into_iter().zip(old).filter(|(a, b)| a != b) {
        let lead = p.gold[first] - p.gold[second];
        let preferred = f64::from(u8::from(super::annotators::prefers_first(lead, noise, &mut rng)));
        judged.push(Judged { first, second, preferred });
    }
    Ok(judged)
}

/// The policy, token by token, that gives whole answers with these probabilities.
pub(crate) fn follows(p: &Pipeline, answers: &[f64]) -> TokenPolicy {
    let language = &p.language;
    let mut below = answers.to_vec();
    for state in (0..language.states()).rev() {
        below[state] =
            answers[state] + (0..language.end()).map(|w| below[language.next(state, w)]).sum::<f64>();
    }
    let mut policy = TokenPolicy::uniform(language);
    for state in 0..language.states() {
        for token in 0..language.tokens() {
            let mass =
                if token == language.end() { answers[state] } else { below[language.next(state, token)] };
            // What can never happen has a logit far below all others.
            policy.logits[[state, token]] = mass.max(f64::MIN_POSITIVE).ln();
        }
    }
    policy
}

/// What is added to the true reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Error {
    Normal,
    Heavy,
}

/// The mean true reward of the best of `n` answers by true reward plus an error.
pub(crate) fn best_by_proxy(error: Error, n: usize, draws: usize, seed: u64) -> f64 {
    let mut rng = rng(seed, "rlhf tails");
    let mut sum = 0.0;
    for _ in 0..draws {
        let (mut best, mut kept) = (f64::NEG_INFINITY, 0.0);
        for _ in 0..n {
            let gold = standard_normal(&mut rng);
            let off = match error {
                Error::Normal => standard_normal(&mut rng),
                // Student's t of two degrees: half of a χ² of two is an exponential.
                Error::Heavy => standard_normal(&mut rng) / (-(1.0 - rng.random::<f64>()).ln()).sqrt(),
            };
            if gold + off > best {
                (best, kept) = (gold + off, gold);
            }
        }
        sum += kept;
    }
    sum / draws as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The loss of so many comparisons is rounded more than a step near its minimum lowers it.
    #[test]
    fn labels_that_are_nearly_coins_can_be_fitted() {
        for seed in [2, 4, 12] {
            let p = Pipeline::run(0.01, 0.2, 0, 0.45, seed).unwrap();
            remedies(&p, 0.45, 0.01, seed).unwrap();
        }
    }
}

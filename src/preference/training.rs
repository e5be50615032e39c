//! The algorithms, on a handful of answers, so that each can be compared with the optimum in closed form.

use rand::Rng;

use super::error::checked;
use super::{
    Estimator, PairLogs, Policy, PreferenceError, Spread, clipped, dpo, draw, group_advantages, ipo,
    leave_one_out,
};
use crate::numerics::sigmoid;

/// What is to be learned: a reward an answer, a reference, and the price on leaving it.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// One probability an answer.
    pub reference: &'a [f64],
    /// One reward an answer.
    pub rewards: &'a [f64],
    /// Price of the divergence.
    pub beta: f64,
}

/// How the divergence is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// Subtracted from the reward of each answer: `r − β ln(π / ref)`.
    InReward,
    /// Added to the loss as `k3`, the answers counting as given.
    InLoss,
}

/// An algorithm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    /// The score function, each answer against the mean of the others.
    Reinforce,
    /// A learned baseline and several clipped epochs on each batch.
    Ppo,
    /// The mean of the group as the baseline.
    Grpo(Spread, Charge),
    /// A loss over all pairs, with the labels averaged over annotators.
    Dpo,
    /// The same with IPO's loss.
    Ipo,
}

/// How it is run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// Batches, or steps of descent.
    pub steps: usize,
    /// Answers a batch.
    pub group: usize,
    /// Bound of the clip.
    pub epsilon: f64,
    /// Epochs on each batch, of PPO.
    pub epochs: usize,
    /// Learning rate. DPO and IPO divide by their curvature themselves.
    pub rate: f64,
}

/// Trains, and returns the policy before the first step and after every step.
///
/// With the charge in the reward, all answers of the optimum have the same `r − β ln(π*/ref) = β ln Z`: all advantages
/// are 0 there, so the noise of sampling dies out on the way, and a constant rate reaches the optimum.
///
/// # Errors
/// [`PreferenceError::Beta`], [`PreferenceError::Reward`], [`PreferenceError::Reference`],
/// [`PreferenceError::Unpaired`].
///
/// # Examples
/// ```
/// use concepts::numerics::rng;
/// use concepts::preference::training::{Method, Run, Task, train};
/// use concepts::preference::{kl, optimum};
/// let task = Task { reference: &[0.6, 0.4], rewards: &[0.0, 1.0], beta: 1.0 };
/// let run = Run { steps: 200, group: 16, epsilon: 0.2, epochs: 4, rate: 0.5 };
/// let seen = train(Method::Ppo, task, run, &mut rng(7, "example"))?;
/// let best = optimum(task.reference, task.rewards, task.beta)?;
/// assert!(kl(&seen[200], &best.policy) < 1e-6);
/// # Ok::<(), concepts::preference::PreferenceError>(())
/// ```
pub fn train(
    method: Method,
    task: Task,
    run: Run,
    rng: &mut impl Rng,
) -> Result<Vec<Vec<f64>>, PreferenceError> {
    checked(task.reference, task.rewards, task.beta)?;
    let mut policy = Policy::from_probabilities(task.reference);
    let reference = policy.logs();
    let mut seen = vec![policy.probabilities()];
    let mut baseline = None;
    for _ in 0..run.steps {
        match method {
            Method::Dpo | Method::Ipo => pairs_step(method, task, run, &mut policy, &reference),
            _ => sampled_step(method, task, run, &mut policy, &reference, &mut baseline, rng),
        }
        seen.push(policy.probabilities());
    }
    Ok(seen)
}

/// A batch of answers, and the epochs on it.
fn sampled_step(
    method: Method,
    task: Task,
    run: Run,
    policy: &mut Policy,
    reference: &[f64],
    baseline: &mut Option<f64>,
    rng: &mut impl Rng,
) {
    let old = policy.logs();
    let probabilities = ndarray::Array1::from_vec(policy.probabilities());
    let answers: Vec<usize> = (0..run.group).map(|_| draw(probabilities.view(), rng)).collect();
    let charged = !matches!(method, Method::Grpo(_, Charge::InLoss));
    let reward =
        |&y: &usize| task.rewards[y] - if charged { task.beta * (old[y] - reference[y]) } else { 0.0 };
    let rewards: Vec<f64> = answers.iter().map(reward).collect();
    let mean = rewards.iter().sum::<f64>() / run.group as f64;
    let (advantages, epochs) = match method {
        Method::Reinforce => (leave_one_out(&rewards), 1),
        Method::Grpo(spread, _) => (group_advantages(&rewards, spread, 0.0), 1),
        _ => {
            // The critic of a single state: what was seen so far, and half of what is new.
            let value = baseline.map_or(mean, |value| 0.5 * (value + mean));
            *baseline = Some(value);
            (rewards.iter().map(|r| r - value).collect(), run.epochs)
        }
    };
    for _ in 0..epochs {
        let now = policy.logs();
        let mut weights = vec![0.0; now.len()];
        for (&y, &advantage) in answers.iter().zip(&advantages) {
            let ratio = (now[y] - old[y]).exp();
            let mut weight = ratio * clipped(ratio, advantage, run.epsilon).slope;
            if !charged {
                weight -= task.beta * Estimator::K3.slope(reference[y] - now[y]);
            }
            weights[y] += weight / run.group as f64;
        }
        policy.ascend(&weights, run.rate / epochs as f64);
    }
}

/// Every pair of answers once, labels averaged: a pair counts for its first answer as often as it is preferred.
fn pairs_step(method: Method, task: Task, run: Run, policy: &mut Policy, reference: &[f64]) {
    let now = policy.logs();
    let n = now.len();
    let mut weights = vec![0.0; n];
    for (w, l) in (0..n).flat_map(|w| (0..n).map(move |l| (w, l))).filter(|(w, l)| w != l) {
        let logs = PairLogs {
            winner: now[w],
            loser: now[l],
            reference_winner: reference[w],
            reference_loser: reference[l],
        };
        let preferred = sigmoid(task.rewards[w] - task.rewards[l]);
        // Both curvatures are known: β²/4 of DPO, 2 of IPO.
        let slope = match method {
            Method::Ipo => ipo(logs, task.beta).by_winner / 2.0,
            _ => dpo(logs, task.beta, 0.0).by_winner * 4.0 / (task.beta * task.beta),
        };
        weights[w] -= preferred * slope / n as f64;
        weights[l] += preferred * slope / n as f64;
    }
    policy.ascend(&weights, run.rate);
}

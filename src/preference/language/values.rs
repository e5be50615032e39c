//! What a state is worth, exactly: every answer is known.

use super::{Language, TokenPolicy};
use crate::preference::gae;

/// The rewards along the way to an answer: at every token the price of leaving the reference, and behind the last one
/// the reward of the answer.
///
/// # Formula
/// `r_t = −β ln(π(y_t) / ref(y_t)) + [t = T] r(y)`
///
/// # Reference
/// Ouyang et al. 2022, section 3.5; Ziegler et al. 2019.
pub fn token_rewards(
    language: &Language,
    policy: &TokenPolicy,
    reference: &TokenPolicy,
    answer: usize,
    reward: f64,
    beta: f64,
) -> Vec<f64> {
    let (logs, of_reference) = (policy.logs(), reference.logs());
    let price = |at: [usize; 2]| -beta * (logs[at] - of_reference[at]);
    let mut rewards: Vec<f64> =
        language.path(answer).iter().map(|step| price([step.state, step.token])).collect();
    if let Some(last) = rewards.last_mut() {
        *last += reward;
    }
    rewards
}

/// The value of every prefix under a policy: what is still to come on average, prices included. Prefixes of full
/// length have 0 to come, their reward is paid with the last word.
///
/// # Formula
/// `V(s) = Σ_a π(a | s) [r(s, a) + V(s a)]`
///
/// # Examples
/// ```
/// use concepts::preference::language::{Language, TokenPolicy, exact_values};
/// let language = Language::new(&["a"], 1);
/// let policy = TokenPolicy::uniform(&language);
/// assert_eq!(exact_values(&language, &policy, &policy, &[0.0, 1.0], 0.1), [0.5, 0.0]);
/// ```
pub fn exact_values(
    language: &Language,
    policy: &TokenPolicy,
    reference: &TokenPolicy,
    rewards: &[f64],
    beta: f64,
) -> Vec<f64> {
    let (p, logs, of_reference) = (policy.probabilities(), policy.logs(), reference.logs());
    let mut values = vec![0.0; language.answers()];
    for state in (0..language.states()).rev() {
        values[state] = (0..language.tokens())
            .map(|token| {
                let price = -beta * (logs[[state, token]] - of_reference[[state, token]]);
                let behind = if token == language.end() {
                    rewards[state]
                } else {
                    let next = language.next(state, token);
                    let paid = if next < language.states() { 0.0 } else { rewards[next] };
                    paid + values[next]
                };
                p[[state, token]] * (price + behind)
            })
            .sum();
    }
    values
}

/// Advantages along the way to an answer, out of rewards and the values of prefixes, without a discount.
pub fn advantages_of(
    language: &Language,
    answer: usize,
    rewards: &[f64],
    values: &[f64],
    lambda: f64,
) -> Vec<f64> {
    let mut along: Vec<f64> = language.path(answer).iter().map(|step| values[step.state]).collect();
    along.push(0.0);
    gae(rewards, &along, 1.0, lambda)
}

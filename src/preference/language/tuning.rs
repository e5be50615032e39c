//! Learning from whole answers.

use ndarray::Array2;

use super::policy::add_score;
use super::{Language, TokenPolicy};
use crate::preference::{PairLogs, dpo};

/// The loss of supervised fine-tuning: the mean of `−ln π(answer)` over demonstrations, with a weight an answer.
///
/// # Formula
/// `−Σ_y w(y) Σ_t ln π(y_t | y_{<t})`
///
/// # Shapes
/// weights `(answers)`, with sum 1
pub fn cross_entropy(policy: &TokenPolicy, language: &Language, weights: &[f64]) -> f64 {
    let logs = policy.log_answers(language);
    weights.iter().zip(&logs).map(|(w, log)| if *w > 0.0 { -w * log } else { 0.0 }).sum()
}

/// One step of gradient descent on [`cross_entropy`].
///
/// # Examples
/// ```
/// use concepts::preference::language::{Language, TokenPolicy, cross_entropy, fine_tune_step};
/// let language = Language::new(&["a"], 1);
/// let mut policy = TokenPolicy::uniform(&language);
/// (0..200).for_each(|_| fine_tune_step(&mut policy, &language, &[0.25, 0.75], 1.0));
/// assert!((policy.answers(&language)[1] - 0.75).abs() < 1e-6);
/// ```
pub fn fine_tune_step(policy: &mut TokenPolicy, language: &Language, weights: &[f64], rate: f64) {
    let probabilities = policy.probabilities();
    let mut gradient = Array2::zeros(policy.logits.dim());
    for (answer, &weight) in weights.iter().enumerate().filter(|(_, w)| **w > 0.0) {
        for step in language.path(answer) {
            add_score(&mut gradient, step, probabilities.row(step.state), weight);
        }
    }
    policy.logits.scaled_add(rate, &gradient);
}

/// One step of gradient descent on DPO's mean loss over pairs of answers, winner first. Returns the loss before it.
///
/// # Shapes
/// reference: log-probabilities `(answers)`
pub fn direct_step(
    policy: &mut TokenPolicy,
    language: &Language,
    reference: &[f64],
    pairs: &[(usize, usize)],
    beta: f64,
    rate: f64,
) -> f64 {
    let (probabilities, logs) = (policy.probabilities(), policy.log_answers(language));
    let mut weights = vec![0.0; language.answers()];
    let mut loss = 0.0;
    for &(winner, loser) in pairs {
        let pair = PairLogs {
            winner: logs[winner],
            loser: logs[loser],
            reference_winner: reference[winner],
            reference_loser: reference[loser],
        };
        let of = dpo(pair, beta, 0.0);
        loss += of.loss / pairs.len() as f64;
        weights[winner] -= of.by_winner / pairs.len() as f64;
        weights[loser] += of.by_winner / pairs.len() as f64;
    }
    let mut gradient = Array2::zeros(policy.logits.dim());
    for (answer, &weight) in weights.iter().enumerate().filter(|(_, w)| **w != 0.0) {
        for step in language.path(answer) {
            add_score(&mut gradient, step, probabilities.row(step.state), weight);
        }
    }
    policy.logits.scaled_add(rate, &gradient);
    loss
}

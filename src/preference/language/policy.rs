//! A softmax at every prefix.

use ndarray::{Array2, ArrayView1, Axis};
use rand::Rng;

use super::Language;
use crate::numerics::softmax::{log_softmax, softmax_rows};
use crate::preference::draw;

/// A token taken at a prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The prefix.
    pub state: usize,
    /// The token.
    pub token: usize,
}

/// One logit a token at every prefix.
///
/// # Examples
/// ```
/// use concepts::preference::language::{Language, TokenPolicy};
/// let language = Language::new(&["a", "b"], 2);
/// let policy = TokenPolicy::uniform(&language);
/// let all = policy.answers(&language);
/// assert_eq!(all.len(), 7);
/// assert!((all[0] - 1.0 / 3.0).abs() < 1e-12);
/// assert!((all.iter().sum::<f64>() - 1.0).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TokenPolicy {
    /// `(states, tokens)`
    pub logits: Array2<f64>,
}

impl TokenPolicy {
    /// Every token is as likely as any other.
    pub fn uniform(language: &Language) -> TokenPolicy {
        TokenPolicy { logits: Array2::zeros((language.states(), language.tokens())) }
    }

    /// Probabilities of the tokens, at every prefix.
    pub fn probabilities(&self) -> Array2<f64> {
        softmax_rows(&self.logits)
    }

    /// Their logarithms.
    pub fn logs(&self) -> Array2<f64> {
        let mut out = self.logits.clone();
        out.axis_iter_mut(Axis(0)).for_each(|mut row| {
            let logs = log_softmax(row.view());
            row.assign(&logs);
        });
        out
    }

    /// The probability of every answer: the product over its tokens.
    pub fn answers(&self, language: &Language) -> Vec<f64> {
        self.log_answers(language).into_iter().map(f64::exp).collect()
    }

    /// The log-probability of every answer.
    pub fn log_answers(&self, language: &Language) -> Vec<f64> {
        let logs = self.logs();
        let mut reached = vec![0.0; language.answers()];
        let mut out = vec![0.0; language.answers()];
        for prefix in 0..language.answers() {
            out[prefix] = reached[prefix];
            if prefix < language.states() {
                out[prefix] += logs[[prefix, language.end()]];
                for word in 0..language.end() {
                    reached[language.next(prefix, word)] = reached[prefix] + logs[[prefix, word]];
                }
            }
        }
        out
    }

    /// One answer, token by token.
    pub fn draw(&self, language: &Language, rng: &mut impl Rng) -> usize {
        draw_from(&self.probabilities(), language, rng)
    }

    /// Many answers.
    pub fn draws(&self, count: usize, language: &Language, rng: &mut impl Rng) -> Vec<usize> {
        let probabilities = self.probabilities();
        (0..count).map(|_| draw_from(&probabilities, language, rng)).collect()
    }
}

fn draw_from(probabilities: &Array2<f64>, language: &Language, rng: &mut impl Rng) -> usize {
    let mut state = 0;
    while state < language.states() {
        let token = draw(probabilities.row(state), rng);
        if token == language.end() {
            break;
        }
        state = language.next(state, token);
    }
    state
}

/// Adds `weight · ∇ ln π(token)` by the logits of a prefix.
pub(super) fn add_score(gradient: &mut Array2<f64>, step: Step, probabilities: ArrayView1<f64>, weight: f64) {
    let mut row = gradient.row_mut(step.state);
    row.scaled_add(-weight, &probabilities);
    row[step.token] += weight;
}

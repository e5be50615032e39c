//! Five metrics on one series of models.

use super::error::{EmergenceError, positive};
use super::law::{Items, PowerLaw};
use super::words::Quantity;

/// Points of the mean over difficulties.
const POINTS: usize = 4096;

/// How an answer is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// 1 if every token is right, 0 otherwise.
    ExactMatch,
    /// How many tokens are wrong: the edit distance, where no wrong token stands elsewhere in the answer.
    TokenErrors,
    /// The log-probability of the right answer, in nats.
    LogLikelihood,
    /// Brier score of a multiple-choice question: `Σ (qₖ − yₖ)²` over the options.
    Brier,
    /// 1 if the right option scores highest, 0 otherwise.
    MultipleChoice,
}

impl Metric {
    /// All of them.
    pub const ALL: [Metric; 5] = [
        Metric::ExactMatch,
        Metric::MultipleChoice,
        Metric::TokenErrors,
        Metric::Brier,
        Metric::LogLikelihood,
    ];

    /// Does an item count as right or wrong and nothing between?
    pub fn is_all_or_nothing(self) -> bool {
        matches!(self, Metric::ExactMatch | Metric::MultipleChoice)
    }

    /// Is a smaller value the better one?
    pub fn falls(self) -> bool {
        matches!(self, Metric::TokenErrors | Metric::Brier)
    }
}

/// A test: how long the answers are, how many options a question has, how hard the questions are.
///
/// For multiple choice the model believes in the right option with `p + (1 − p)/k`: it knows the token with
/// probability `p` and spreads the rest over all `k` options. From item to item the scores of the options waver by
/// Gumbel noise of a given size, and the grade looks only at which one is largest.
///
/// # Formula
/// With `p = e^(−CE·d)` of an item of difficulty `d` (1, or exponential with mean 1):
///
/// | metric | of an item |
/// |---|---|
/// | exact match | `p^L` |
/// | token errors | `L·(1 − p)` |
/// | log-likelihood | `L·ln p` |
/// | Brier | `(1 − p)²·(k − 1)/k` |
/// | multiple choice | `r/(r + k − 1)`, `r = (1 + k·p/(1 − p))^(1/waver)` |
///
/// # Reference
/// Schaeffer et al. 2023, sections 2 and 5, for the metrics; Luce's choice rule (Gumbel-max) for the grade.
///
/// # Examples
/// ```
/// use concepts::emergence::{Items, Metric, PowerLaw, Test};
/// let law = PowerLaw::new(2e7, 0.35)?;
/// let test = Test::new(10, 4, 0.25, Items::Alike)?;
/// assert!((test.expected(Metric::TokenErrors, &law, 1e10) - 1.07).abs() < 5e-3);
/// assert!((test.expected(Metric::LogLikelihood, &law, 1e10) + 1.14).abs() < 5e-3);
/// # Ok::<(), concepts::emergence::EmergenceError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Test {
    /// Tokens of an answer, `L`.
    pub tokens: usize,
    /// Options of a multiple-choice question, `k`.
    pub options: usize,
    /// Size of the noise of the options' scores.
    pub waver: f64,
    /// How hard the questions are.
    pub items: Items,
}

impl Test {
    /// A test.
    ///
    /// # Errors
    /// [`EmergenceError::NoTokens`], [`EmergenceError::Options`], [`EmergenceError::NotPositive`]
    pub fn new(tokens: usize, options: usize, waver: f64, items: Items) -> Result<Test, EmergenceError> {
        if tokens == 0 {
            return Err(EmergenceError::NoTokens);
        }
        if options < 2 {
            return Err(EmergenceError::Options { options });
        }
        Ok(Test { tokens, options, waver: positive(Quantity::Waver, waver)?, items })
    }

    /// The expected value of a metric for a model of this size.
    ///
    /// Over difficulties: `d` exponential makes `v = e^(−d)` uniform, so the mean is that over `v` in equal steps.
    pub fn expected(&self, metric: Metric, law: &PowerLaw, size: f64) -> f64 {
        let cost = law.cross_entropy(size);
        match (self.items, metric) {
            (Items::Alike, _) => self.of_item(metric, cost),
            // A straight line in the difficulty, whose mean is 1; and a mean with a closed form.
            (Items::Mixed, Metric::LogLikelihood) => self.of_item(metric, cost),
            (Items::Mixed, Metric::ExactMatch) => law.exact_match(size, self.tokens, Items::Mixed),
            (Items::Mixed, _) => {
                let of_point = |i: usize| {
                    let difficulty = -((i as f64 + 0.5) / POINTS as f64).ln();
                    self.of_item(metric, cost * difficulty)
                };
                (0..POINTS).map(of_point).sum::<f64>() / POINTS as f64
            }
        }
    }

    /// The expected value of a metric on an item that costs the model so many nats a token.
    pub fn of_item(&self, metric: Metric, cost: f64) -> f64 {
        let (length, options) = (self.tokens as f64, self.options as f64);
        // 1 − p, without loss where p is nearly 1.
        let wrong = -(-cost).exp_m1();
        match metric {
            Metric::ExactMatch => (-length * cost).exp(),
            Metric::TokenErrors => length * wrong,
            Metric::LogLikelihood => -length * cost,
            Metric::Brier => wrong * wrong * (options - 1.0) / options,
            Metric::MultipleChoice => {
                // 1/(1 + (k − 1)/r): 1 where r is infinite.
                1.0 / (1.0 + (options - 1.0) * (-self.advantage(wrong) / self.waver).exp())
            }
        }
    }

    /// By how much the score of the right option exceeds that of a wrong one: the logarithm of the odds.
    pub(super) fn advantage(&self, wrong: f64) -> f64 {
        (1.0 + self.options as f64 * (1.0 - wrong) / wrong).ln()
    }
}

/// The fewest tokens that have to be put in, left out or replaced to make one text of another.
///
/// # Formula
/// Levenshtein's recurrence, `d(i, j) = min(d(i−1, j) + 1, d(i, j−1) + 1, d(i−1, j−1) + [aᵢ ≠ bⱼ])`
///
/// # Examples
/// ```
/// use concepts::emergence::edit_distance;
/// assert_eq!(edit_distance(&[1, 2, 3], &[1, 9, 3]), 1);
/// assert_eq!(edit_distance(&[1, 2, 3], &[]), 3);
/// ```
pub fn edit_distance(a: &[u32], b: &[u32]) -> usize {
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            row.push((above[j + 1] + 1).min(row[j] + 1).min(above[j] + usize::from(x != y)));
        }
        above = row;
    }
    above[b.len()]
}

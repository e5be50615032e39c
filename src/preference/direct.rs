//! Learning from pairs without a reward model.

use super::comparison_loss;
use crate::numerics::sigmoid;

/// Log-probabilities of the two answers of a pair, under the policy and under the reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairLogs {
    /// `ln π(winner)`
    pub winner: f64,
    /// `ln π(loser)`
    pub loser: f64,
    /// `ln ref(winner)`
    pub reference_winner: f64,
    /// `ln ref(loser)`
    pub reference_loser: f64,
}

impl PairLogs {
    /// By how much more the policy prefers the winner than the reference does.
    ///
    /// # Formula
    /// `h = [ln π(w) − ln ref(w)] − [ln π(l) − ln ref(l)]`
    pub fn margin(self) -> f64 {
        (self.winner - self.reference_winner) - (self.loser - self.reference_loser)
    }
}

/// A loss over the margin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairLoss {
    /// The loss.
    pub loss: f64,
    /// Its derivative by `ln π(winner)`; that by `ln π(loser)` is the opposite.
    pub by_winner: f64,
}

/// DPO's loss of a pair. A label is taken to be wrong with the probability `smoothing` (0 in the paper).
///
/// It is the Bradley–Terry loss of the reward that the policy stands for, `β ln(π / ref)`. It sees the margin only: both
/// log-probabilities may fall together.
///
/// # Formula
/// `−(1 − s) ln σ(β h) − s ln σ(−β h)`, with the derivative `−β [(1 − s) σ(−β h) − s σ(β h)]`
///
/// # Reference
/// Rafailov et al. 2023, equation (7); label smoothing, Mitchell 2023.
///
/// # Examples
/// ```
/// use concepts::preference::{PairLogs, dpo};
/// let at_the_start = PairLogs { winner: -1.0, loser: -2.0, reference_winner: -1.0, reference_loser: -2.0 };
/// assert_eq!(dpo(at_the_start, 0.1, 0.0).loss, 2.0_f64.ln());
/// assert_eq!(dpo(at_the_start, 0.1, 0.0).by_winner, -0.05);
/// ```
pub fn dpo(logs: PairLogs, beta: f64, smoothing: f64) -> PairLoss {
    let x = beta * logs.margin();
    let loss = (1.0 - smoothing) * comparison_loss(x) + smoothing * comparison_loss(-x);
    PairLoss { loss, by_winner: -beta * ((1.0 - smoothing) * sigmoid(-x) - smoothing * sigmoid(x)) }
}

/// IPO's loss of a pair: the margin is drawn to a fixed place instead of without end.
///
/// # Formula
/// `(h − 1/(2β))²`, with the derivative `2 (h − 1/(2β))`
///
/// # Reference
/// Azar et al. 2023, equation (17).
///
/// # Examples
/// ```
/// use concepts::preference::{PairLogs, ipo};
/// let there = PairLogs { winner: 0.0, loser: -5.0, reference_winner: 0.0, reference_loser: 0.0 };
/// assert_eq!(ipo(there, 0.1).loss, 0.0);
/// ```
pub fn ipo(logs: PairLogs, beta: f64) -> PairLoss {
    let off = logs.margin() - 0.5 / beta;
    PairLoss { loss: off * off, by_winner: 2.0 * off }
}

//! Learning from preferences: what comparisons say, and how a policy is trained on them.
//!
//! In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `comparisons` | who won against whom, and whether that can be fitted: [`Comparisons`] |
//! | 2 | `comparison_loss` | what a comparison costs: [`comparison_loss()`] |
//! | 3 | `bradley_terry` | strengths out of comparisons, with intervals: [`fit_bradley_terry`] |
//! | 4 | `information` | what a comparison can carry: [`bits_of_comparison`] |
//! | 5 | `reward_model` | rewards out of features, calibration: [`fit_reward`], [`calibration`] |
//! | 6 | `divergence` | [`kl`], its estimates from samples and their gradients: [`Estimator`] |
//! | 7 | `optimum` | the best policy under a price on divergence: [`optimum()`] |
//! | 8 | `best_of` | the best of n answers: [`best_of()`] |
//! | 9 | `policy` | a softmax over answers: [`Policy`] |
//! | 10 | `clip` | PPO's objective: [`clipped`] |
//! | 11 | `gae` | advantages along an episode: [`gae()`] |
//! | 12 | `group` | advantages within a group: [`group_advantages`] |
//! | 13 | `direct` | losses over pairs: [`dpo`], [`ipo`] |
//! | 14 | [`training`] | REINFORCE, PPO, GRPO, DPO and IPO on a handful of answers |
//! | 15 | [`language`] | a small language, token by token: fine-tuning, PPO with a critic, DPO |
//! | | `solve` | small linear systems |
//! | | `error` | [`PreferenceError`] |

mod best_of;
mod bradley_terry;
mod clip;
mod comparison_loss;
mod comparisons;
mod direct;
mod divergence;
mod error;
mod gae;
mod group;
mod information;
pub mod language;
mod optimum;
mod policy;
mod reward_model;
mod solve;
pub mod training;

pub use best_of::{best_of, best_of_bound};
pub use bradley_terry::{
    Strengths, fit_bradley_terry, fit_by_iteration, likelihood_gradient, negative_log_likelihood,
};
pub use clip::{Surrogate, clipped, only_clipped};
pub use comparison_loss::comparison_loss;
pub use comparisons::Comparisons;
pub use direct::{PairLogs, PairLoss, dpo, ipo};
pub use divergence::{Estimator, entropy, expected, forward_kl_gradient, kl, reverse_kl_gradient};
pub use error::PreferenceError;
pub use gae::{gae, gae_by_returns, gae_by_sum};
pub use group::{Spread, group_advantages, leave_one_out};
pub use information::{bits_of_comparison, bits_of_ranking};
pub use optimum::{Optimum, forward_optimum, objective, optimum};
pub use policy::{Policy, draw};
pub use reward_model::{
    Bin, Judged, calibration, calibration_error, fit_reward, reward_gradient, reward_loss,
};

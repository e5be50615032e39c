//! What the page shows, step by step.
//!
//! | file | what it shows |
//! |---|---|
//! | [`tuning`] | what fine-tuning learns |
//! | [`pairs`] | why pairs and not scores; strengths out of comparisons |
//! | [`optimum`] | the best policy under a price on divergence, and best-of-n |
//! | [`gradients`] | baselines, PPO's clip, advantages |
//! | [`direct`] | DPO and IPO |
//! | [`convergence`] | every method towards the optimum |
//! | [`estimators`] | estimates of the divergence |
//! | [`stages`] | the three stages on a small language |
//! | [`hacking`] | reward hacking, and what helps |
//! | [`judging`] | numbers that flatter, and judges that do |
//! | [`derivations`] | each with the number that checks it |

pub(crate) mod convergence;
pub(crate) mod derivations;
pub(crate) mod direct;
pub(crate) mod estimators;
pub(crate) mod gradients;
pub(crate) mod hacking;
pub(crate) mod judging;
pub(crate) mod optimum;
pub(crate) mod pairs;
pub(crate) mod stages;
pub(crate) mod tuning;

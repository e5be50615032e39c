//! Fitting laws to runs.
//!
//! | file | what it holds |
//! |---|---|
//! | `objective` | Huber loss in log space: the readable twin [`objective()`], the fast one with its gradient |
//! | `minimise` | BFGS, for a handful of variables |
//! | `parametric` | the fit from many starts: [`fit()`] |
//! | `bootstrap` | how sure the constants are: [`bootstrap()`] |
//! | `power` | one-variable laws: with a floor and without: [`Power`] |
//! | `parabola` | the floor of one iso-FLOP valley: [`valley_floor`] |

mod bootstrap;
mod minimise;
mod objective;
mod parabola;
mod parametric;
mod power;

pub use bootstrap::{Resampled, bootstrap};
pub use objective::{HUBER_DELTA, huber, objective, objective_with_gradient};
pub use parabola::{Valley, valley_floor};
pub use parametric::{Fit, fit, fit_from, work};
pub use power::{Power, fit_power, fit_power_with_floor};

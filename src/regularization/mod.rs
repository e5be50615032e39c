//! Regularisation: what a penalty on the weights does, and how the solution is found.
//!
//! The loss is `½ ‖y − Xw‖²` throughout, a sum and no mean, so that for orthonormal columns the penalty itself is
//! the threshold and λ in a path is the correlation of the active columns. [`Penalty`] says how others scale it.
//! In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `design` | the table made ready: centred, columns of one length: [`Design`] |
//! | 2 | `penalty` | [`Penalty`], [`soft_threshold()`], [`objective`], [`duality_gap`] |
//! | 3 | `ridge` | closed form and singular directions: [`ridge_closed_form`], [`Ridge`] |
//! | 4 | `descent` | the readable twin of the solver: [`coordinate_descent`] |
//! | 5 | `path` | many penalties, fast: [`lasso_path`] |
//! | 6 | `exact` | the whole path without a grid: [`exact_path`] |
//! | 7 | `steps` | subgradient and proximal steps: [`gradient_steps`] |
//! | 8 | `cross_validation` | choosing λ: [`cross_validate`] |
//! | 9 | `optimiser` | weight decay in SGD, momentum, Adam and AdamW: [`Weight`] |
//! | 10 | `problems` | data to try them on: [`diabetes`], [`sparse_problem`] |
//! | 11 | `direct` | for the path: active coefficients solved for together |
//! | 12 | `products`, `gram`, `cholesky` | products of columns; a factor that grows and shrinks |
//! | 13 | `error` | [`RegularizationError`] |

mod cholesky;
mod cross_validation;
mod descent;
mod design;
mod direct;
mod error;
mod exact;
mod gram;
mod optimiser;
mod path;
mod penalty;
mod problems;
mod products;
mod ridge;
mod steps;

pub use cross_validation::{CrossValidation, cross_validate, folds};
pub use descent::{Fit, Stop, coordinate_descent};
pub use design::{Design, Scaling};
pub use error::RegularizationError;
pub use exact::{Event, ExactPath, Kind, Knot, exact_path};
pub use optimiser::{Rates, Rule, Weight};
pub use path::{lambda_grid, lasso_path, zeros};
pub use penalty::{Penalty, duality_gap, objective, soft_threshold};
pub use problems::{Problem, Sparse, diabetes, sparse_problem};
pub use ridge::{Ridge, ridge_closed_form};
pub use steps::{Step, gradient_steps};

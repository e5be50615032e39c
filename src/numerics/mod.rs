//! Numbers: what every other module is built from.
//!
//! Nothing here knows about language models. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `rng` | the one source of randomness: [`rng()`] |
//! | 2 | `random` | random matrices: [`normal`], [`orthogonal`] |
//! | 3 | [`softmax`] | softmax, its logarithm, its Jacobian |
//! | 4 | `normalise` | rows of one length: [`rms_normalise`] |
//! | 5 | [`tolerance`] | every tolerance, with its reason |
//! | 6 | `linear` | [`spectral_norm`], [`symmetric_eigenvalues`], [`rank`], [`max_abs`], [`max_difference`] |
//! | 7 | `least_squares` | the closest fit, by singular values: [`least_squares()`] |
//! | 8 | `difference` | gradients by trying: [`central_difference`], [`relative_error`] |
//! | 9 | `golden` | the floor of a valley: [`golden_section`] |
//! | 10 | [`statistics`] | what a sample says, and how sure one may be |
//! | 11 | `gauss` | the normal distribution backwards: [`normal_quantile`] |
//! | 12 | `exp2` | `2^x` on a vector, for the fast kernels |
//! | 13 | `tally` | matrix products that count themselves: [`Tally`], [`Tracked`] |

mod difference;
mod exp2;
mod gauss;
mod golden;
mod least_squares;
mod linear;
mod normalise;
mod random;
mod rng;
pub mod softmax;
pub mod statistics;
mod tally;
pub mod tolerance;

pub use difference::{central_difference, relative_error};
pub(crate) use exp2::exp2;
pub use gauss::normal_quantile;
pub use golden::golden_section;
pub use least_squares::least_squares;
pub(crate) use least_squares::make_rows_orthogonal;
pub use linear::{max_abs, max_difference, rank, spectral_norm, symmetric_eigenvalues};
pub use normalise::rms_normalise;
pub use random::{normal, orthogonal};
pub use rng::rng;
pub use tally::{Tally, Tracked};

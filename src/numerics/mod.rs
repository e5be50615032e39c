//! Numbers: what every other module is built from.
//!
//! Nothing here knows about language models. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `rng` | the one source of randomness: [`rng()`] |
//! | 2 | `random` | random matrices: [`normal`], [`orthogonal`] |
//! | 3 | [`softmax`] | softmax, its logarithm, its Jacobian |
//! | 4 | `logistic` | the logistic function and its kin: [`sigmoid`], [`softplus`], [`logit`] |
//! | 5 | `normalise` | rows of one length: [`rms_normalise`] |
//! | 6 | [`tolerance`] | every tolerance, with its reason |
//! | 7 | `linear` | [`spectral_norm`], [`symmetric_eigenvalues`], [`rank`], [`max_abs`], [`max_difference`] |
//! | 8 | `least_squares` | the closest fit, by singular values: [`least_squares()`] |
//! | 9 | `difference` | gradients by trying: [`central_difference`], [`relative_error`] |
//! | 10 | `golden` | the floor of a valley: [`golden_section`] |
//! | 11 | [`statistics`] | what a sample says, and how sure one may be |
//! | 12 | `gauss` | the normal distribution backwards: [`normal_quantile`] |
//! | 13 | `chi_square` | how likely a sum of squares is: [`chi_square_tail`] |
//! | 14 | `misfit` | counts that a law misses by more than chance: [`misses`] |
//! | 15 | `exp2` | `2^x` on a vector, for the fast kernels |
//! | 16 | `exp` | `e^x` of many numbers at once, bit for bit that of `libm` |
//! | 17 | `tally` | matrix products that count themselves: [`Tally`], [`Tracked`] |
//! | 18 | `scratch` | room for intermediate results, for the fast kernels |

mod chi_square;
mod difference;
mod exp;
mod exp2;
mod gauss;
mod golden;
mod least_squares;
mod linear;
mod logistic;
mod misfit;
mod normalise;
mod random;
mod rng;
mod scratch;
pub mod softmax;
pub mod statistics;
mod tally;
pub mod tolerance;

pub use chi_square::chi_square_tail;
pub use difference::{central_difference, relative_error};
pub(crate) use exp::exp_all;
pub(crate) use exp2::exp2;
pub use gauss::normal_quantile;
pub use golden::golden_section;
pub use least_squares::least_squares;
pub(crate) use least_squares::make_rows_orthogonal;
pub use linear::{max_abs, max_difference, rank, spectral_norm, symmetric_eigenvalues};
pub use logistic::{logit, sigmoid, softplus};
pub use misfit::{Counted, misses};
pub use normalise::rms_normalise;
pub use random::{normal, orthogonal};
pub use rng::rng;
pub(crate) use scratch::Scratch;
pub use tally::{Tally, Tracked};

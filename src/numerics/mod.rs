//! Numbers: what every other module is built from.
//!
//! Nothing here knows about language models. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `rng` | the one source of randomness: [`rng()`] |
//! | 2 | `random` | random matrices: [`normal`], [`orthogonal`] |
//! | 3 | [`softmax`] | softmax, its logarithm, its Jacobian |
//! | 4 | [`tolerance`] | every tolerance, with its reason |
//! | 5 | `linear` | [`spectral_norm`], [`symmetric_eigenvalues`], [`rank`], [`max_abs`], [`max_difference`] |
//! | 6 | `difference` | gradients by trying: [`central_difference`], [`relative_error`] |
//! | 7 | [`statistics`] | what a sample says, and how sure one may be |
//! | 8 | `tally` | matrix products that count themselves: [`Tally`], [`Tracked`] |

mod difference;
mod linear;
mod random;
mod rng;
pub mod softmax;
pub mod statistics;
mod tally;
pub mod tolerance;

pub use difference::{central_difference, relative_error};
pub use linear::{max_abs, max_difference, rank, spectral_norm, symmetric_eigenvalues};
pub use random::{normal, orthogonal};
pub use rng::rng;
pub use tally::{Tally, Tracked};

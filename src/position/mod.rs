//! Positions: what tells attention where a token stands.
//!
//! Attention alone does not see the order of its tokens. Everything here gives the order back, either
//! by adding to the input, by adding to the scores, or by turning queries and keys. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `sinusoidal` | sines and cosines, added to the input: [`sinusoidal_table`], [`sinusoidal_shift`] |
//! | 2 | `learned` | one trained vector a position, added to the input: [`LearnedTable`] |
//! | 3 | `add` | how such a table is used: [`add_positions`] |
//! | 4 | `alibi` | a penalty that grows with distance, added to the scores: [`alibi_slopes`], [`alibi_bias`] |
//! | 5 | `t5` | a trained number for each range of distances, added to the scores: [`t5_bucket`], [`T5Bias`] |
//! | 6 | [`rope`] | queries and keys turned by an angle that grows with the position |
//! | 7 | `scheme` | 4 to 6 as attention sees them: [`Rotary`], [`Alibi`], [`T5Bias`] as [`Positions`](crate::attention::Positions) |
//! | 8 | `frequencies`, `relative` | what several of them share: [`wavelengths`], [`relative_position`] |
//! | 9 | `check`, `error` | what can be wrong with the inputs, and how it is found: [`PositionError`] |
//! | 10 | [`words`] | the names that its messages use |

mod add;
mod alibi;
mod check;
mod error;
mod frequencies;
mod learned;
mod relative;
pub mod rope;
mod scheme;
mod sinusoidal;
mod t5;
pub mod words;

pub use add::add_positions;
pub use alibi::{alibi_bias, alibi_slopes};
pub use error::PositionError;
pub use frequencies::wavelengths;
pub use learned::LearnedTable;
pub use relative::relative_position;
pub use scheme::{Alibi, Rotary};
pub use sinusoidal::{sinusoidal_frequencies, sinusoidal_shift, sinusoidal_table};
pub use t5::{T5Bias, t5_bucket};

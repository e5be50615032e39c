//! The blocks of ggml, a file for each family: what lies where, and the numbers that it stands for.
//!
//! Everything is little-endian. `d`, `dmin` and `m` are in half precision. Where an encoding has a way there
//! (`encode`), it rounds as ggml's reference routines do, or searches as they do. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `plain` | `F32`, `F16`, `BF16` |
//! | 2 | `whole` | `Q8_0` |
//! | 3 | `nibbles` | `Q4_0`, `Q4_1` |
//! | 4 | `five` | `Q5_0`, `Q5_1` |
//! | 5 | `table` | `IQ4_NL` |
//! | 6 | `super_four` | `Q4_K`, and the scales of 6 bits that it shares with `Q5_K` |
//! | 7 | `super_five` | `Q5_K` |
//! | 8 | `super_six` | `Q6_K` |
//! | 9 | `super_two` | `Q2_K` |
//! | 10 | `super_three` | `Q3_K` |
//! | 11 | `super_table` | `IQ4_XS` |
//! | 12 | `search` | the steps of a group: rounding to few levels with the least squares |

pub(super) mod five;
pub(super) mod nibbles;
pub(super) mod plain;
mod search;
pub(super) mod super_five;
pub(super) mod super_four;
pub(super) mod super_six;
pub(super) mod super_table;
pub(super) mod super_three;
pub(super) mod super_two;
pub(super) mod table;
pub(super) mod whole;

use half::f16;

/// A number in half precision that stands at some byte of a block.
fn half_at<const B: usize>(block: &[u8; B], at: usize) -> f32 {
    f16::from_le_bytes([block[at], block[at + 1]]).to_f32()
}

/// Writes a number there, rounded to half precision.
fn put_half<const B: usize>(block: &mut [u8; B], at: usize, value: f32) {
    block[at..at + 2].copy_from_slice(&f16::from_f32(value).to_le_bytes());
}

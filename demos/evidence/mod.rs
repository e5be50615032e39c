//! What real models say about claims: a second line of evidence, recorded, shown under the claim.
//!
//! The verdict of a claim never rests on it: nobody needs the file of a model to check a verdict. A record says which
//! file was run (SHA-256), by which command, with which seed and on what machine; `demo evidence --model FILE` measures
//! anew, `--check` compares.
//!
//! | file | what it holds |
//! |---|---|
//! | `record` | what is recorded: [`Record`], [`Said`]; [`records`], and [`of`] one claim |
//! | `measure` | every lesson that has a page on a real model, run on one: [`measure()`] |
//! | `compare` | a record against a new run: [`differences`] |

mod compare;
mod measure;
mod record;

pub use compare::differences;
pub use measure::{Measured, measure};
pub use record::{Record, Said, of, records};

use crate::kit::words::Words;
use crate::words;

/// What `demo evidence` says.
pub static WORDS: Words = words!("evidence");

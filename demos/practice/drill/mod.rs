//! Cards to drill with, made out of what exists.
//!
//! | file | what it does |
//! |---|---|
//! | [`calibration`] | how good a person's ranges are |
//! | [`card`] | all cards: claims to judge, sizes to compute, measurements to predict, answers to say |
//! | [`quantity`] | an answer with its unit: `42.9 GB`, `1.4T` |
//! | [`cut`] | a word cut into tokens, as a number |
//! | [`puzzle`] | a question with fresh numbers, its answer, and the wrong formulas that people use |
//! | [`puzzles`] | the kinds of question |
//! | [`predictions`] | experiments whose outcome is to be guessed before they run |
//! | [`sheet`] | what stands on the back of a claim and of an answer |
//! | [`schedule`] | when each card comes back, out of the journal |
//! | [`progress`] | how a person stands with each question |
//! | [`export`] | cards for another program |

pub mod calibration;
pub mod card;
pub mod cut;
pub mod export;
pub mod predictions;
pub mod progress;
pub mod puzzle;
pub mod puzzles;
pub mod quantity;
pub mod schedule;
pub mod sheet;

use crate::kit::words::Words;
use crate::words;

/// The words of the drill.
pub static WORDS: Words = words!("drill");

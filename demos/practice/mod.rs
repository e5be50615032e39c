//! Practice: a person's own program, judged.
//!
//! | file | what it does |
//! |---|---|
//! | [`attempts`] | how a person stands with each exercise |
//! | [`catalogue`] | all exercises, by lesson and by name |
//! | [`protocol`] | a request and a reply, one line each; `PROTOCOL.<lang>.md` is for the person who writes the program |
//! | [`child`] | the person's program: started, asked, limited, ended with all that it started |
//! | [`drill`] | cards, and when they come back |
//! | [`judge`] | every case asked, every answer judged |
//! | [`diagnosis`] | which mistake explains all the answers |
//! | [`prove`] | every mistake against every case: none may pass |
//! | [`rounding`] | what rounding can do to an answer |
//! | [`signs`] | what can be seen in answers before anything is compared |
//! | [`starter`] | a program to begin with |
//! | [`journal`] | what was done when, in a file that only grows |

pub mod attempts;
pub mod catalogue;
pub mod child;
pub mod diagnosis;
pub mod drill;
pub mod journal;
pub mod judge;
pub mod protocol;
pub mod prove;
pub mod rounding;
pub mod signs;
pub mod starter;

use crate::kit::words::Words;
use crate::words;

/// The words of the practice; the protocol is a whole text.
pub static WORDS: Words = words!("practice"; "PROTOCOL");

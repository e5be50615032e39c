//! The lessons and the ways to show them.
//!
//! * [`kit`] is what every lesson is made of.
//! * [`errors`] says the library's errors in both languages.
//! * [`render`] has one file per way to show a lesson.
//! * [`real`] opens a model that was trained elsewhere.
//! * [`inspect`] shows what such a model is and does.
//! * [`practice`] judges a person's own program.
//! * [`search`] finds where something stands in all of them.
//! * [`verdicts`] holds a run's verdicts against those on record.
//! * [`lessons`] has a folder for each lesson, and the list of them all.

pub mod errors;
pub mod inspect;
pub mod kit;
pub mod lessons;
pub mod practice;
pub mod real;
pub mod render;
pub mod search;
pub mod verdicts;

pub use lessons::LESSONS;

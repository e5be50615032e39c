//! The lessons and the ways to show them.
//!
//! * [`kit`] is what every lesson is made of.
//! * [`render`] has one file per way to show a lesson.
//! * [`search`] finds where something stands in all of them.
//! * [`verdicts`] holds a run's verdicts against those on record.
//! * [`lessons`] has a folder for each lesson, and the list of them all.

pub mod kit;
pub mod lessons;
pub mod render;
pub mod search;
pub mod verdicts;

pub use lessons::LESSONS;

//! The lessons and the ways to show them.
//!
//! * [`kit`] is what every lesson is made of.
//! * [`render`] has one file per way to show a lesson.
//! * [`verdicts`] holds a run's verdicts against those on record.
//! * Each lesson is a folder of its own.

pub mod architectures;
pub mod attention;
pub mod decoding;
pub mod heads;
pub mod kit;
pub mod positions;
pub mod render;
pub mod rope;
pub mod tokenization;
pub mod verdicts;

use kit::lesson::Lesson;

/// The syllabus: every lesson, in the bank's order. The command line, the checks, the gallery and the
/// tests all go through this list.
pub static LESSONS: &[&Lesson] = &[
    &attention::LESSON,
    &positions::LESSON,
    &rope::LESSON,
    &heads::LESSON,
    &architectures::LESSON,
    &decoding::LESSON,
    &tokenization::LESSON,
];

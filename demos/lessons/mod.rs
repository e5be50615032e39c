//! The lessons, one folder each. No lesson knows another, and no room outside this one knows a lesson by name.

pub mod architectures;
pub mod attention;
pub mod decoding;
pub mod heads;
pub mod positions;
pub mod rope;
pub mod tokenization;

use crate::kit::lesson::Lesson;

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

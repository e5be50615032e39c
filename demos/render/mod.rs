//! One file per way to show a lesson.

pub mod screen;

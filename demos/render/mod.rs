//! One file per way to show a lesson.

pub mod chart;
mod ramp;
mod ruler;
pub mod screen;
pub mod svg;

//! One file per way to show a lesson.

pub mod chart;
mod ramp;
mod ruler;
#[cfg(test)]
mod samples;
pub mod screen;
pub mod svg;

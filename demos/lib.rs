//! The lessons and the ways to show them.
//!
//! * [`kit`] is what every lesson is made of.
//! * [`render`] has one file per way to show a lesson.
//! * Each lesson is a folder of its own.

pub mod kit;
pub mod render;

//! One file per way to show a lesson.
//!
//! | file | what it gives |
//! |---|---|
//! | [`form`] | the table of them, and what a person wants to see of a page |
//! | [`text`] | a terminal |
//! | [`chart`] | a figure on a terminal |
//! | [`json`] | data, for other programs |
//! | [`markdown`] | a page for a notebook or a wiki |
//! | [`svg`] | a figure on paper |
//! | [`verdict`] | what a verdict looks like |
//! | `samples` | figures to test with |
//! | [`screen`], [`wrap`], `ruler`, `ramp` | widths, lines, axes and colours that the others share |

pub mod chart;
pub mod form;
pub mod json;
pub mod markdown;
mod ramp;
mod ruler;
#[cfg(test)]
mod samples;
pub mod screen;
pub mod svg;
pub mod text;
pub mod verdict;
pub mod wrap;

//! One file per way to show a lesson.
//!
//! | file | what it gives |
//! |---|---|
//! | [`text`] | a terminal, with [`chart`] for the figures |
//! | [`json`] | data, for other programs |
//! | [`markdown`] | a page for a notebook or a wiki |
//! | [`svg`] | a figure on paper |
//! | [`screen`], [`shade`] | colours and widths that the others share |

pub mod json;
pub mod markdown;
pub mod screen;
pub mod shade;
pub mod text;

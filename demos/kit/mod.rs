//! What every lesson is made of.
//!
//! | file | what it holds |
//! |---|---|
//! | [`text`] | a text in both languages |
//! | [`knob`] | the parameters of a lesson, checked when they are set |
//! | [`findings`] | what a lesson measured, by id |
//! | [`figure`] | figures as data |
//! | [`claim`] | a sentence of the written answer, its tests and its verdict |
//! | [`prose`] | Markdown with `[[id]]` placeholders, checked both ways |
//! | [`number`] | how a number is written |
//! | [`lesson`] | the lesson itself and the page that a run gives |

pub mod claim;
pub mod figure;
pub mod findings;
pub mod knob;
pub mod lesson;
pub mod number;
pub mod prose;
pub mod text;

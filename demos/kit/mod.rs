//! What every lesson is made of.
//!
//! | file | what it holds |
//! |---|---|
//! | [`text`] | a text in both languages |
//! | [`tokens`] | from a sentence to tokens and vectors |
//! | [`knob`] | the parameters of a lesson, checked when they are set |
//! | [`findings`] | what a lesson measured, by id |
//! | [`figure`] | figures as data |
//! | [`measure`] | a measurement beside its prediction |
//! | [`claim`] | a sentence of the written answer, its tests and its verdict |
//! | [`prose`] | Markdown with `[[id]]` placeholders, checked both ways |
//! | [`draft`] | a file that is written whole or not at all |
//! | [`reading`] | why a file cannot be read |
//! | [`system`] | what the system says of a file |
//! | [`number`] | how a number is written |
//! | [`question`] | the questions of the bank |
//! | [`page`] | what one run of a lesson gives |
//! | [`lesson`] | the lesson itself, and how it is run |

pub mod claim;
pub mod draft;
pub mod figure;
pub mod findings;
pub mod knob;
pub mod lesson;
pub mod measure;
pub mod number;
pub mod page;
pub mod prose;
pub mod question;
pub mod reading;
pub mod system;
pub mod text;
pub mod tokens;

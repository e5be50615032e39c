//! What every lesson is made of.
//!
//! | file | what it holds |
//! |---|---|
//! | [`text`] | a text in both languages |
//! | [`words`] | the Markdown files that a lesson's words stand in, by id |
//! | [`visible`] | what a person brings, made visible before it is shown |
//! | [`tokens`] | from a sentence to tokens and vectors |
//! | [`knob`] | the parameters of a lesson, checked when they are set |
//! | [`findings`] | what a lesson measured, by id |
//! | [`figure`] | figures as data |
//! | [`sketch`], [`grid`], [`case`] | a figure, a table, a claim being made: numbers from code, words by id |
//! | [`measure`] | a measurement beside its prediction |
//! | [`claim`] | a sentence of the written answer, its tests and its verdict |
//! | [`prose`] | Markdown with `[[id]]` placeholders, checked both ways |
//! | [`draft`] | a file that is written whole or not at all |
//! | `leftover` | files that are not whole yet and programs that were started: a signal removes them |
//! | [`attended`] | whether somebody sees what is only for the moment |
//! | `bar` | a bar while a long training runs |
//! | [`files`] | a person's own file, read in one way by every lesson |
//! | `encoding` | the text of its bytes: other encodings, and UTF-8 that is damaged or cut off |
//! | [`csv`] | a person's table: a header with names, then rows |
//! | [`shell`] | what a person brought, inside a command that is there to be copied |
//! | [`reading`] | why a file cannot be read |
//! | [`system`] | what the system says of a file |
//! | [`number`] | how a number is written |
//! | [`spelling`] | numbers in a spelling that is not read, and how they are to be written |
//! | [`sections`] | the sections of a page, and the page in brief |
//! | [`answer`] | what to say in the interview |
//! | [`whiteboard`] | code to write on the whiteboard, in Rust and Python |
//! | [`race`] | work that is timed beside a page |
//! | [`exercise`] | something to write oneself, and the mistakes that people make in it |
//! | [`question`] | the questions of the bank |
//! | [`span`] | what a paragraph is made of |
//! | [`parts`] | one section of a long page, and what has to be measured for it |
//! | [`page`] | what one run of a lesson gives |
//! | [`lesson`] | the lesson itself, and how it is run |

pub mod answer;
pub mod attended;
pub(crate) mod bar;
pub mod case;
pub mod claim;
pub mod csv;
pub mod draft;
mod encoding;
pub mod exercise;
pub mod figure;
pub mod files;
pub mod findings;
pub mod grid;
pub mod knob;
pub(crate) mod leftover;
pub mod lesson;
pub mod measure;
pub mod number;
pub mod page;
pub mod parts;
pub mod prose;
pub mod question;
pub mod race;
pub mod reading;
pub mod sections;
pub mod shell;
pub mod sketch;
pub mod span;
pub mod spelling;
pub mod system;
pub mod text;
pub mod tokens;
pub mod visible;
pub mod whiteboard;
pub mod words;

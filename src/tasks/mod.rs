//! Tasks with a right answer and models that are known exactly, to compare decoding strategies on.
//!
//! What is advised (greedy for mathematics, beams for translation, top-p for stories) can be tested where it is known
//! what is right *and* what the model thinks. A [`Solver`] knows a task through [`Noise`]: its distribution is a
//! formula, so a strategy's accuracy is a sum over texts and no sample. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `alphabet` | the tokens: [`name`] |
//! | 2 | `task` | what a task is: [`Task`], [`Next`], [`read`] |
//! | 3 | `strings`, `addition`, `modular`, `retrieval` | one right answer: [`Copying`], [`Reversing`], [`Sorting`], [`Addition`], [`ModularSum`], [`Retrieval`] |
//! | 4 | `translation`, `expression` | many right answers: [`Translation`], [`Expression`] |
//! | 5 | `noise` | how a solver errs: [`Noise`] |
//! | 6 | `solver` | the model: [`Solver`] |
//! | 7 | `answers` | how often which answer is drawn, exactly: [`answers()`], [`Answers`] |
//! | 8 | `vote` | what a majority decides, exactly: [`win_probability`], [`win_probabilities`] |
//! | 9 | `decoder` | the strategies: [`Decoder`], [`outcome`] |
//! | 10 | `compare` | strategies side by side: [`compare()`], [`Compared`], [`by_luck`] |
//! | 11 | `teacher` | right answers, and prompts kept for a test: [`right_text`], [`Part`] |
//! | 12 | `network`, `training` | a model that *learns* a task, and errs as learnt models do: [`Network`], [`teach`] |
//! | 13 | `calibration` | does a model know what it knows: [`calibration()`] |
//! | 14 | `chain`, `style` | open-ended text whose statistics are known: [`Chain`], [`Writer`], [`style()`] |
//! | 15 | `speculation`, `costly` | what a draft saves, by formula and run: [`speculation_curve`]; models for timing it: [`Costly`] |
//! | 16 | `sought` | is the most probable text found: [`mode()`], [`sought()`], [`Search`] |
//! | 17 | `cache` | the memory of beams: [`beam_cache`] |
//! | 18 | `error`, [`words`] | what can be wrong: [`TasksError`] |

mod addition;
mod alphabet;
mod answers;
mod cache;
mod calibration;
mod chain;
mod compare;
mod costly;
mod decoder;
mod error;
mod expression;
mod modular;
mod network;
mod noise;
mod retrieval;
mod solver;
mod sought;
mod speculation;
mod strings;
mod style;
mod task;
mod teacher;
mod training;
mod translation;
mod vote;
pub mod words;

pub use addition::Addition;
pub use alphabet::{
    ASK, DIGITS, END, FIRST_JUNK, FIRST_LETTER, FIRST_WORD, FORMS, FREE, JUNK, LETTERS, LITERAL, PLUS,
    VOCABULARY, name,
};
pub use answers::{Answers, answers};
pub use cache::{BeamCache, beam_cache};
pub use calibration::{Calibration, calibration};
pub use chain::{Chain, Writer};
pub use compare::{Compared, Plan, by_luck, compare};
pub use costly::Costly;
pub use decoder::{Decoder, Outcome, outcome};
pub use error::TasksError;
pub use expression::Expression;
pub use modular::ModularSum;
pub use network::{Example, Network};
pub use noise::Noise;
pub use retrieval::Retrieval;
pub use solver::{Prefix, Solver};
pub use sought::{Search, Sought, mode, sought};
pub use speculation::{Speculation, speculation_curve};
pub use strings::{Copying, Reversing, Sorting};
pub use style::{Style, style, style_of_text};
pub use task::{Decision, Next, Reading, Task, read};
pub use teacher::{Part, is_held_out, right_text};
pub use training::{Learnt, Lesson, teach};
pub use translation::Translation;
pub use vote::{MOST_VOTES, win_probabilities, win_probability};

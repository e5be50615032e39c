//! An exercise: something to write oneself, the cases that judge it, and the mistakes that people make in it.
//!
//! | file | what it holds |
//! |---|---|
//! | [`given`] | what a program is given in a case |
//! | [`value`] | what it answers, as JSON, and where two answers differ |
//! | [`case`] | the cases of an exercise |
//!
//! A lesson keeps its exercises in its folder `exercises`, one a file, with their words in `exercises.<lang>.md`:
//!
//! ```markdown
//! ## attention Scaled dot-product attention
//! - task: what is to be written, in two or three sentences
//! - q: what this argument is
//! - out: what is answered
//! - cost: operations and memory
//! - next: what an interviewer asks next, and the answer
//! - no-scale: attention without the division by √dₖ | why that is wrong, and the right line
//! ```
//!
//! Each mistake leads to a claim or a section: [`Flaw::of`], [`Flaw::at`], or [`Exercise::section`] for all of them.
//!
//! [`Exercise::solve`] is one readable program that can be told to make mistakes. With none it must give what the
//! library gives ([`Exercise::right`]); with one it must differ in some case. Tests hold both, so that a mistake
//! that nobody would notice cannot stand here.
//!
//! A mistake has to be made as people make it: who divides by the wrong number does not look out for a 0 that only
//! this number can be. What the task itself asks to look out for, such as a temperature of 0, is a mistake of its own,
//! so that a program with both is explained by both.

pub mod case;
pub mod given;
pub mod value;

use super::text::Text;
use super::words::Words;
pub use case::{Case, Kind};
pub use given::Given;
pub use value::{Difference, Value};

/// Something to write oneself.
#[derive(Debug)]
pub struct Exercise {
    /// Its name on the command line, and that of the function to write; no two lessons share one.
    pub name: &'static str,
    /// The words of the lesson's exercises.
    pub words: &'static Words,
    /// The section of the page that explains it: `6`; of another lesson, `attention 6`.
    pub section: &'static str,
    /// What the function is given, in this order.
    pub takes: &'static [Field],
    /// What it answers: one value, or several by name.
    pub gives: &'static [Field],
    /// Our own program, with the mistakes that it is told to make.
    pub solve: fn(&Given, &Flaws) -> Solution,
    /// The library's answer.
    pub right: fn(&Given) -> Value,
    /// The mistakes that it can be told to make.
    pub flaws: &'static [Flaw],
    /// The cases, drawn with a seed.
    pub cases: fn(u64) -> Vec<Case>,
    /// The topic of the lesson's whiteboard that has this code, or where the library has it.
    pub twin: Twin,
    /// Two exercises to go on with.
    pub follow_ups: [&'static str; 2],
}

/// An argument or an answer: its name and its form. What it is say the words.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub form: Form,
    /// How many there are: `n × d_k`. Empty for a single value.
    pub shape: &'static str,
}

/// The type of an argument or an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// True or false.
    Truth,
    /// A text.
    Text,
    /// A list of numbers.
    Numbers,
    /// A list of whole numbers.
    Wholes,
    /// A list of texts.
    Texts,
    /// Rows of numbers.
    Matrix,
    /// Rows of true and false.
    Truths,
    /// Matrices, one after another.
    Matrices,
    /// Anything else, which the words describe.
    Other,
}

/// A mistake that people make.
#[derive(Debug, Clone, Copy)]
pub struct Flaw {
    /// Its id in the words.
    pub id: &'static str,
    /// The claim that has to do with it, in short: `C3`; of another lesson, `rope C3`.
    pub claim: Option<&'static str>,
    /// The section that explains it, where it is another than that of the exercise.
    pub section: Option<&'static str>,
}

/// Where the right code can be read.
#[derive(Debug, Clone, Copy)]
pub enum Twin {
    /// A topic of the lesson's whiteboard.
    Whiteboard(&'static str),
    /// An item of the library.
    Library(&'static str),
}

/// Mistakes to make.
#[derive(Debug, Clone, Copy)]
pub struct Flaws<'a>(pub &'a [&'a str]);

impl Flaws<'_> {
    /// None: the right program.
    pub const NONE: Flaws<'static> = Flaws(&[]);

    /// Is this one to be made?
    pub fn has(&self, id: &str) -> bool {
        self.0.contains(&id)
    }
}

/// What a program of ours gives: the answer, and the values on the way to it.
#[derive(Debug, Clone)]
pub struct Solution {
    /// The answer.
    pub out: Value,
    /// Named steps on the way, in order. Words say what each is.
    pub steps: Vec<(&'static str, Value)>,
    /// Was there an operation whose result is ∞ or NaN, although the answer shows none? Python reports an error there.
    pub refused: bool,
}

impl Solution {
    /// An answer without steps.
    pub fn new(out: Value) -> Solution {
        Solution { out, steps: Vec::new(), refused: false }
    }

    /// Says that Python refuses an operation on the way, if it does.
    #[must_use]
    pub fn refused(mut self, refused: bool) -> Solution {
        self.refused = refused;
        self
    }

    /// A value on the way to the answer, in the order of the computation.
    #[must_use]
    pub fn step(mut self, name: &'static str, value: Value) -> Solution {
        self.steps.push((name, value));
        self
    }
}

impl Exercise {
    /// What it is about.
    pub fn title(&self) -> Text {
        self.words.get(self.name)
    }

    /// One of its texts.
    pub fn text(&self, id: &str) -> Text {
        self.words.get(&format!("{}.{id}", self.name))
    }

    /// What a mistake is, and why it is one.
    pub fn flaw(&self, flaw: &Flaw) -> [Text; 2] {
        let parts = self.words.list(&format!("{}.{}", self.name, flaw.id), &[]);
        let mut parts = parts.into_iter();
        [(); 2].map(|()| parts.next().unwrap_or_else(|| Text::same("?")))
    }
}

impl Field {
    /// An argument or an answer.
    pub const fn new(name: &'static str, form: Form, shape: &'static str) -> Field {
        Field { name, form, shape }
    }
}

impl Flaw {
    /// A mistake that belongs to a claim.
    pub const fn of(id: &'static str, claim: &'static str) -> Flaw {
        Flaw { id, claim: Some(claim), section: None }
    }

    /// A mistake that no claim is about; the section of the exercise explains it.
    pub const fn new(id: &'static str) -> Flaw {
        Flaw { id, claim: None, section: None }
    }

    /// A mistake that no claim is about, and another section explains.
    pub const fn at(id: &'static str, section: &'static str) -> Flaw {
        Flaw { id, claim: None, section: Some(section) }
    }
}

use rand::RngCore;

use super::alphabet::{END, FIRST_JUNK};

/// What somebody who knows the task would consider at one place of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// One of several things is right, and it takes skill to know which.
    Decide(Decision),
    /// All of these are right; each is said with its weight.
    Choose(Vec<(u32, f64)>),
    /// The answer is complete, or has left the task.
    End,
}

/// One thing to know.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What could be meant, each with the tokens that say it and their weights. Every weight is positive.
    pub options: Vec<Vec<(u32, f64)>>,
    /// The place of the right option.
    pub right: usize,
    /// What the margin is multiplied by: 1 is as easy as it gets, 0 is guessing.
    pub ease: f64,
    /// What has to be known, such as `7 + 8`: the same fact comes up in other prompts.
    pub fact: Vec<u32>,
}

impl Decision {
    /// One token an option.
    pub fn among(tokens: impl IntoIterator<Item = u32>, right: u32, ease: f64, fact: Vec<u32>) -> Next {
        let options: Vec<Vec<(u32, f64)>> = tokens.into_iter().map(|token| vec![(token, 1.0)]).collect();
        match options.iter().position(|option| option[0].0 == right) {
            Some(right) => Next::Decide(Self { options, right, ease, fact }),
            None => Next::End,
        }
    }
}

/// Questions with an answer that is known to be right or wrong.
///
/// A prompt is a list of tokens that ends in [`ASK`](super::ASK); what is written after it ends in
/// [`END`](super::END). What follows after a *wrong* step is the right continuation of what stands there: errors
/// propagate, as on paper.
pub trait Task: Sync {
    /// A name that no other task has.
    fn name(&self) -> String;

    /// A prompt, drawn.
    fn prompt(&self, rng: &mut dyn RngCore) -> Vec<u32>;

    /// What comes next after `written`; [`Next::End`] for whatever is no prompt of this task.
    fn next(&self, prompt: &[u32], written: &[u32]) -> Next;

    /// The answer that a text gives, work and end token taken away; `None` if it gives none.
    fn answer(&self, written: &[u32]) -> Option<Vec<u32>>;

    /// Is this answer right?
    fn is_right(&self, prompt: &[u32], answer: &[u32]) -> bool;

    /// How good an answer is, from 0 to 1: 1 if it is right, unless the task has degrees.
    fn score(&self, prompt: &[u32], answer: &[u32]) -> f64 {
        f64::from(u8::from(self.is_right(prompt, answer)))
    }

    /// No text that keeps to the task has more tokens, the end token included.
    fn longest(&self) -> usize;
}

/// How far a text is.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// It goes on.
    Open,
    /// It gave this answer.
    Answer(Vec<u32>),
    /// It gives none: it ended without one, or said what belongs to no task.
    Nothing,
}

/// Reads what was written so far.
///
/// # Examples
/// ```
/// use concepts::tasks::{Copying, END, FIRST_JUNK, FIRST_LETTER, Reading, read};
/// let task = Copying { length: 2 };
/// let (a, b) = (FIRST_LETTER, FIRST_LETTER + 1);
/// assert_eq!(read(&task, &[a, b]), Reading::Open);
/// assert_eq!(read(&task, &[a, b, END]), Reading::Answer(vec![a, b]));
/// assert_eq!(read(&task, &[a, FIRST_JUNK]), Reading::Nothing);
/// ```
pub fn read(task: &(impl Task + ?Sized), written: &[u32]) -> Reading {
    if written.iter().any(|&token| token >= FIRST_JUNK) {
        return Reading::Nothing;
    }
    match written.split_last() {
        Some((&END, before)) => task.answer(before).map_or(Reading::Nothing, Reading::Answer),
        _ => Reading::Open,
    }
}

//! Right answers written out, and prompts that training never sees.

use rand::{Rng, RngCore};

use super::alphabet::END;
use super::task::{Next, Task};
use crate::numerics::rng;

/// The share of prompts that are kept for the test.
const HELD_OUT: f64 = 0.25;

/// A right text for a prompt, its end token included: of several, one is drawn by the weights of the task.
///
/// # Examples
/// ```
/// use concepts::numerics::rng;
/// use concepts::tasks::{Addition, Reading, Task, read, right_text};
/// let task = Addition { digits: 3, worked: true };
/// let mut draws = rng(7, "doc");
/// let prompt = task.prompt(&mut draws);
/// let Reading::Answer(answer) = read(&task, &right_text(&task, &prompt, &mut draws)) else { panic!() };
/// assert!(task.is_right(&prompt, &answer));
/// ```
pub fn right_text(task: &(impl Task + ?Sized), prompt: &[u32], rng: &mut impl Rng) -> Vec<u32> {
    let mut written = Vec::new();
    loop {
        match task.next(prompt, &written) {
            Next::End => break,
            Next::Choose(weighted) => written.push(pick(&weighted, rng)),
            Next::Decide(decision) => written.push(pick(&decision.options[decision.right], rng)),
        }
    }
    written.push(END);
    written
}

/// One of several tokens, by weight; the end if there is none.
pub(super) fn pick(weighted: &[(u32, f64)], rng: &mut impl Rng) -> u32 {
    let mut left = rng.random::<f64>() * weighted.iter().map(|(_, weight)| weight).sum::<f64>();
    for &(token, weight) in weighted {
        left -= weight;
        if left < 0.0 {
            return token;
        }
    }
    weighted.last().map_or(END, |last| last.0)
}

/// Is this prompt kept for the test? One in four is, by its tokens alone.
///
/// # Examples
/// ```
/// use concepts::tasks::is_held_out;
/// let held = (0..1000).filter(|&number| is_held_out(&[number])).count();
/// assert!((200..300).contains(&held));
/// ```
pub fn is_held_out(prompt: &[u32]) -> bool {
    rng(0, &format!("tasks held out {prompt:?}")).random::<f64>() < HELD_OUT
}

/// A task whose prompts are those kept for the test, or the others.
///
/// Where a task has so few prompts that a hundred draws find none of the kind, any prompt is taken.
#[derive(Clone, Copy)]
pub struct Part<'t> {
    /// The whole task.
    pub task: &'t dyn Task,
    /// The prompts for the test?
    pub held_out: bool,
}

impl Task for Part<'_> {
    fn name(&self) -> String {
        self.task.name()
    }

    fn prompt(&self, rng: &mut dyn RngCore) -> Vec<u32> {
        let mut prompt = self.task.prompt(rng);
        for _ in 0..100 {
            if is_held_out(&prompt) == self.held_out {
                break;
            }
            prompt = self.task.prompt(rng);
        }
        prompt
    }

    fn next(&self, prompt: &[u32], written: &[u32]) -> Next {
        self.task.next(prompt, written)
    }

    fn answer(&self, written: &[u32]) -> Option<Vec<u32>> {
        self.task.answer(written)
    }

    fn is_right(&self, prompt: &[u32], answer: &[u32]) -> bool {
        self.task.is_right(prompt, answer)
    }

    fn score(&self, prompt: &[u32], answer: &[u32]) -> f64 {
        self.task.score(prompt, answer)
    }

    fn longest(&self) -> usize {
        self.task.longest()
    }
}

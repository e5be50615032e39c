//! Strings to copy, to reverse, to sort.

use rand::{Rng, RngCore};

use super::alphabet::{ASK, DIGITS, LETTERS, letter};
use super::task::{Decision, Next, Task};

/// What makes a string harder than to copy it: the margin is multiplied by this.
const REVERSING: f64 = 0.8;
const SORTING: f64 = 0.7;

/// `b a d =` is answered by `b a d`.
///
/// # Examples
/// ```
/// use concepts::tasks::{ASK, Copying, Task};
/// use concepts::numerics::rng;
/// let task = Copying { length: 3 };
/// let prompt = task.prompt(&mut rng(7, "doc"));
/// assert_eq!((prompt.len(), prompt[3]), (4, ASK));
/// assert!(task.is_right(&prompt, &prompt[..3]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copying {
    /// Letters of the string.
    pub length: usize,
}

/// `b a d =` is answered by `d a b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reversing {
    /// Letters of the string.
    pub length: usize,
}

/// `3 1 2 =` is answered by `1 2 3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sorting {
    /// Digits of the string.
    pub length: usize,
}

/// `length` tokens of `low..high` and the question mark.
fn draw(length: usize, (low, high): (u32, u32), rng: &mut dyn RngCore) -> Vec<u32> {
    (0..length).map(|_| rng.random_range(low..high)).chain([ASK]).collect()
}

/// The letters that there are.
fn letters() -> (u32, u32) {
    (letter(0), letter(LETTERS))
}

/// The prompt without its end.
fn body(prompt: &[u32]) -> &[u32] {
    prompt.split_last().map_or(prompt, |(_, body)| body)
}

/// The token at the next place of `target`, to be known among `low..high`.
fn place(target: &[u32], written: &[u32], (low, high): (u32, u32), ease: f64) -> Next {
    match target.get(written.len()) {
        Some(&right) => Decision::among(low..high, right, ease, vec![right]),
        None => Next::End,
    }
}

impl Task for Copying {
    fn name(&self) -> String {
        format!("copy {}", self.length)
    }

    fn prompt(&self, rng: &mut dyn RngCore) -> Vec<u32> {
        draw(self.length, letters(), rng)
    }

    fn next(&self, prompt: &[u32], written: &[u32]) -> Next {
        place(body(prompt), written, letters(), 1.0)
    }

    fn answer(&self, written: &[u32]) -> Option<Vec<u32>> {
        Some(written.to_vec())
    }

    fn is_right(&self, prompt: &[u32], answer: &[u32]) -> bool {
        answer == body(prompt)
    }

    fn longest(&self) -> usize {
        self.length.saturating_add(1)
    }
}

/// The body of a prompt from its end.
fn reversed(prompt: &[u32]) -> Vec<u32> {
    body(prompt).iter().rev().copied().collect()
}

impl Task for Reversing {
    fn name(&self) -> String {
        format!("reverse {}", self.length)
    }

    fn prompt(&self, rng: &mut dyn RngCore) -> Vec<u32> {
        draw(self.length, letters(), rng)
    }

    fn next(&self, prompt: &[u32], written: &[u32]) -> Next {
        place(&reversed(prompt), written, letters(), REVERSING)
    }

    fn answer(&self, written: &[u32]) -> Option<Vec<u32>> {
        Some(written.to_vec())
    }

    fn is_right(&self, prompt: &[u32], answer: &[u32]) -> bool {
        answer == reversed(prompt)
    }

    fn longest(&self) -> usize {
        self.length.saturating_add(1)
    }
}

/// The body of a prompt in order.
fn sorted(prompt: &[u32]) -> Vec<u32> {
    let mut sorted = body(prompt).to_vec();
    sorted.sort_unstable();
    sorted
}

impl Task for Sorting {
    fn name(&self) -> String {
        format!("sort {}", self.length)
    }

    fn prompt(&self, rng: &mut dyn RngCore) -> Vec<u32> {
        draw(self.length, (0, DIGITS), rng)
    }

    fn next(&self, prompt: &[u32], written: &[u32]) -> Next {
        place(&sorted(prompt), written, (0, DIGITS), SORTING)
    }

    fn answer(&self, written: &[u32]) -> Option<Vec<u32>> {
        Some(written.to_vec())
    }

    fn is_right(&self, prompt: &[u32], answer: &[u32]) -> bool {
        answer == sorted(prompt)
    }

    fn longest(&self) -> usize {
        self.length.saturating_add(1)
    }
}

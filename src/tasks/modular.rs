//! Sums that are small whatever is added.

use rand::{Rng, RngCore};

use super::alphabet::{ASK, DIGITS, LETTERS, is_letter, letter};
use super::task::{Decision, Next, Task};

/// The margin of a sum in the head is multiplied by this for each addition after the first.
const IN_THE_HEAD: f64 = 0.7;

/// `3 4 2 =` is answered by the sum modulo `modulus`: `2` for 7.
///
/// With the work written down the terms are taken in *any order*: `b 4 a 0 c 2` takes the second term, then the
/// first, then the third, and names the running sum after each. So many texts give one answer, and the most
/// probable text need not give the most probable answer.
///
/// # Examples
/// ```
/// use concepts::tasks::{ASK, FIRST_LETTER, ModularSum, Task};
/// let task = ModularSum { terms: 3, modulus: 7, worked: true };
/// let (a, b, c) = (FIRST_LETTER, FIRST_LETTER + 1, FIRST_LETTER + 2);
/// assert_eq!(task.answer(&[b, 4, a, 0, c, 2]), Some(vec![2]));
/// assert!(task.is_right(&[3, 4, 2, ASK], &[2]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModularSum {
    /// How many numbers are added, at most the number of letters.
    pub terms: usize,
    /// Terms and sums are below it; at most 10.
    pub modulus: u32,
    /// Is the work written down?
    pub worked: bool,
}

impl ModularSum {
    fn modulus(&self) -> u32 {
        self.modulus.clamp(1, DIGITS)
    }

    fn count(&self) -> usize {
        self.terms.clamp(1, LETTERS as usize)
    }

    /// The terms of a prompt; `None` if it is another one.
    fn terms<'p>(&self, prompt: &'p [u32]) -> Option<&'p [u32]> {
        let terms = prompt.strip_suffix(&[ASK])?;
        (terms.len() == self.count() && terms.iter().all(|&term| term < self.modulus())).then_some(terms)
    }

    fn sum(&self, terms: &[u32]) -> u32 {
        terms.iter().sum::<u32>() % self.modulus()
    }

    /// The next term to take, or the running sum after one was taken.
    fn work(&self, terms: &[u32], written: &[u32]) -> Next {
        let taken = |place: u32| written.iter().step_by(2).any(|&token| token == letter(place));
        if written.len().is_multiple_of(2) {
            let left = (0..terms.len() as u32).filter(|&place| !taken(place));
            let left: Vec<(u32, f64)> = left.map(|place| (letter(place), 1.0)).collect();
            return if left.is_empty() { Next::End } else { Next::Choose(left) };
        }
        let running = if written.len() < 2 { 0 } else { written[written.len() - 2] };
        let name = written[written.len() - 1];
        let term = name.checked_sub(letter(0)).and_then(|place| terms.get(place as usize));
        let (Some(&term), true) = (term, running < self.modulus()) else { return Next::End };
        let right = (running + term) % self.modulus();
        Decision::among(0..self.modulus(), right, 1.0, vec![running, term])
    }
}

impl Task for ModularSum {
    fn name(&self) -> String {
        format!("sum {} mod {}{}", self.terms, self.modulus, if self.worked { " worked" } else { "" })
    }

    fn prompt(&self, rng: &mut dyn RngCore) -> Vec<u32> {
        (0..self.count()).map(|_| rng.random_range(0..self.modulus())).chain([ASK]).collect()
    }

    fn next(&self, prompt: &[u32], written: &[u32]) -> Next {
        let Some(terms) = self.terms(prompt) else { return Next::End };
        if self.worked {
            return self.work(terms, written);
        }
        if !written.is_empty() {
            return Next::End;
        }
        let ease = IN_THE_HEAD.powi(terms.len() as i32 - 2).min(1.0);
        Decision::among(0..self.modulus(), self.sum(terms), ease, terms.to_vec())
    }

    fn answer(&self, written: &[u32]) -> Option<Vec<u32>> {
        if !self.worked {
            return (written.len() == 1).then(|| written.to_vec());
        }
        let names = written.iter().step_by(2).all(|&token| is_letter(token));
        (written.len() == 2 * self.count() && names).then(|| written[written.len() - 1..].to_vec())
    }

    fn is_right(&self, prompt: &[u32], answer: &[u32]) -> bool {
        self.terms(prompt).is_some_and(|terms| answer == [self.sum(terms)])
    }

    fn longest(&self) -> usize {
        if self.worked { 2 * self.count() + 1 } else { 2 }
    }
}

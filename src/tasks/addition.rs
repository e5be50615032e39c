//! Sums of numbers with several digits.

use rand::{Rng, RngCore};

use super::alphabet::{ASK, DIGITS, PLUS};
use super::task::{Decision, Next, Task};

/// A digit that has to be known without having written the carry: the margin is multiplied by this.
const WITHOUT_CARRY: f64 = 0.8;
/// And by this where a carry comes in.
const UNSEEN_CARRY: f64 = 0.5;

/// `4 7 + 3 8 =` is answered by `8 5`, with or without the work written down.
///
/// At once the sum is written from its first digit on, with as many digits as a summand has and one more: `0 8 5`.
/// With the work it is written as on paper, from the last column on, each digit followed by its carry: `5 1 8 0`.
/// Who writes a wrong carry goes on with it.
///
/// # Examples
/// ```
/// use concepts::tasks::{ASK, Addition, PLUS, Task};
/// let prompt = [4, 7, PLUS, 3, 8, ASK];
/// let worked = Addition { digits: 2, worked: true };
/// assert_eq!(worked.answer(&[5, 1, 8, 0]), Some(vec![0, 8, 5]));
/// assert!(worked.is_right(&prompt, &[0, 8, 5]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addition {
    /// Digits of each summand.
    pub digits: usize,
    /// Is the work written down?
    pub worked: bool,
}

impl Addition {
    /// Both summands, the first digit first; `None` if the prompt is another one.
    fn summands<'p>(&self, prompt: &'p [u32]) -> Option<(&'p [u32], &'p [u32])> {
        let (a, rest) = prompt.split_at_checked(self.digits)?;
        let (b, rest) = rest.strip_prefix(&[PLUS])?.split_at_checked(self.digits)?;
        let digits = |list: &[u32]| list.iter().all(|&token| token < DIGITS);
        (rest == [ASK] && digits(a) && digits(b)).then_some((a, b))
    }

    /// The sum, with one digit more than a summand has, and the carry into each of them.
    fn sum(a: &[u32], b: &[u32]) -> (Vec<u32>, Vec<u32>) {
        let (mut sum, mut carries, mut carry) = (Vec::new(), Vec::new(), 0);
        for (x, y) in a.iter().zip(b).rev().chain([(&0, &0)]) {
            carries.insert(0, carry);
            sum.insert(0, (x + y + carry) % DIGITS);
            carry = (x + y + carry) / DIGITS;
        }
        (sum, carries)
    }

    /// The next digit or carry on paper.
    fn work(&self, (a, b): (&[u32], &[u32]), written: &[u32]) -> Next {
        let column = written.len() / 2;
        if column >= self.digits {
            return Next::End;
        }
        // The carry that was written, right or wrong.
        let carry = if column == 0 { 0 } else { written[2 * column - 1].min(1) };
        let place = self.digits - 1 - column;
        let total = a[place] + b[place] + carry;
        let fact = vec![a[place].min(b[place]), a[place].max(b[place]), carry];
        if written.len().is_multiple_of(2) {
            Decision::among(0..DIGITS, total % DIGITS, 1.0, fact)
        } else {
            Decision::among(0..2, total / DIGITS, 1.0, fact)
        }
    }
}

impl Task for Addition {
    fn name(&self) -> String {
        format!("add {}{}", self.digits, if self.worked { " worked" } else { "" })
    }

    fn prompt(&self, rng: &mut dyn RngCore) -> Vec<u32> {
        let mut number = || -> Vec<u32> { (0..self.digits).map(|_| rng.random_range(0..DIGITS)).collect() };
        [number(), vec![PLUS], number(), vec![ASK]].concat()
    }

    fn next(&self, prompt: &[u32], written: &[u32]) -> Next {
        let Some((a, b)) = self.summands(prompt) else { return Next::End };
        if self.worked {
            return self.work((a, b), written);
        }
        let (sum, carries) = Self::sum(a, b);
        let place = written.len();
        let Some(&right) = sum.get(place) else { return Next::End };
        let ease = if carries[place] == 1 { UNSEEN_CARRY } else { WITHOUT_CARRY };
        Decision::among(0..DIGITS, right, ease, vec![right, carries[place]])
    }

    fn answer(&self, written: &[u32]) -> Option<Vec<u32>> {
        if !self.worked {
            return Some(written.to_vec());
        }
        let digits = written.chunks_exact(2).map(|column| column[0]);
        let carry = written.last().filter(|_| written.len() == 2 * self.digits)?;
        Some([*carry].into_iter().chain(digits.rev()).collect())
    }

    fn is_right(&self, prompt: &[u32], answer: &[u32]) -> bool {
        self.summands(prompt).is_some_and(|(a, b)| Self::sum(a, b).0 == answer)
    }

    fn longest(&self) -> usize {
        if self.worked {
            self.digits.saturating_mul(2).saturating_add(1)
        } else {
            self.digits.saturating_add(2)
        }
    }
}

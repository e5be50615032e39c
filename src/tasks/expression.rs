//! A small formal language: what is written has to parse, and to have the right value.

use rand::{Rng, RngCore};

use super::alphabet::{ASK, DIGITS, LETTERS, PLUS, is_letter, letter};
use super::task::{Decision, Next, Task};

/// What makes the last number harder than to copy it: all that was written has to be added up.
const ADDING_UP: f64 = 0.7;

/// A program in small: `b c 7 =` asks for an expression, by the name of `bc`, whose value is 7, and `+ + 2 1 4` is one.
///
/// The notation is Polish, so no brackets are needed and yet everything written opens a place that has to be closed:
/// `+` wants two operands. Additions are modulo 10, and there have to be as many as the task says. As with programs,
/// many texts are right, a checker tells which, and one wrong token anywhere breaks the whole. The score is 1 for what
/// *parses*; right is what parses and has the value that was asked for.
///
/// Shape and all numbers but the last are free, each of them below 5 and small ones more often; the last one has to
/// make up what is missing.
///
/// # Formula
/// `E → + E E | digit`, with `additions` rules of the first kind; right if `Σ digits ≡ target (mod 10)`
///
/// # Reference
/// As programs are tested: Chen et al. 2021, *Evaluating Large Language Models Trained on Code*, section 2.
///
/// # Examples
/// ```
/// use concepts::tasks::{ASK, Expression, FIRST_LETTER, PLUS, Task};
/// let task = Expression { additions: 2 };
/// let prompt = [FIRST_LETTER + 1, FIRST_LETTER + 2, 7, ASK];
/// assert!(task.is_right(&prompt, &[PLUS, PLUS, 2, 1, 4]));
/// assert!(task.is_right(&prompt, &[PLUS, 2, PLUS, 1, 4])); // another program, the same value
/// assert_eq!(task.score(&prompt, &[PLUS, PLUS, 2, 1, 5]), 1.0); // parses, and is 8
/// assert_eq!(task.score(&prompt, &[PLUS, 2, 5]), 0.0); // too few additions
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expression {
    /// How many additions an answer has.
    pub additions: usize,
}

/// How far an expression is.
struct Open {
    /// Operands that are still to be written.
    places: usize,
    /// Additions that are.
    additions: usize,
    /// The sum of the numbers so far, modulo 10.
    sum: u32,
}

impl Expression {
    /// Reads the tokens; `None` where they have left the language, or go on behind the end.
    fn read(&self, written: &[u32]) -> Option<Open> {
        let mut open = Open { places: 1, additions: self.additions, sum: 0 };
        for &token in written {
            if open.places == 0 {
                return None;
            }
            match token {
                PLUS if open.additions > 0 => {
                    open.places += 1;
                    open.additions -= 1;
                }
                // The last place may not be filled before every addition is there.
                0..DIGITS if open.places > 1 || open.additions == 0 => {
                    open.places -= 1;
                    open.sum = (open.sum + token) % DIGITS;
                }
                _ => return None,
            }
        }
        Some(open)
    }

    /// The value of a whole expression; `None` if this is none.
    fn value(&self, written: &[u32]) -> Option<u32> {
        self.read(written).filter(|open| open.places == 0).map(|open| open.sum)
    }
}

/// What the prompt asks for; `None` if it is another one.
fn target(prompt: &[u32]) -> Option<u32> {
    match prompt {
        [first, second, target, ASK] if is_letter(*first) && is_letter(*second) && *target < DIGITS => {
            Some(*target)
        }
        _ => None,
    }
}

/// Numbers that people choose where they are free.
const FREE: u32 = 5;

/// Free numbers with their weights: small ones are more frequent.
fn numbers() -> impl Iterator<Item = (u32, f64)> {
    (0..FREE).map(|digit| (digit, 1.0 / f64::from(digit + 1)))
}

impl Task for Expression {
    fn name(&self) -> String {
        format!("expression {}", self.additions)
    }

    fn prompt(&self, rng: &mut dyn RngCore) -> Vec<u32> {
        let mut name = || rng.random_range(letter(0)..letter(LETTERS));
        let name = [name(), name()];
        vec![name[0], name[1], rng.random_range(0..DIGITS), ASK]
    }

    fn next(&self, prompt: &[u32], written: &[u32]) -> Next {
        let (Some(target), Some(open)) = (target(prompt), self.read(written)) else { return Next::End };
        match (open.places, open.additions) {
            (0, _) => Next::End,
            (1, 0) => {
                let right = (target + DIGITS - open.sum) % DIGITS;
                Decision::among(0..DIGITS, right, ADDING_UP, vec![target, open.sum])
            }
            (1, _) => Next::Choose(vec![(PLUS, 1.0)]),
            (_, 0) => Next::Choose(numbers().collect()),
            // An operand is as often a sum as a number.
            (_, _) => {
                let all: f64 = numbers().map(|(_, weight)| weight).sum();
                Next::Choose(numbers().chain([(PLUS, all)]).collect())
            }
        }
    }

    fn answer(&self, written: &[u32]) -> Option<Vec<u32>> {
        Some(written.to_vec())
    }

    fn is_right(&self, prompt: &[u32], answer: &[u32]) -> bool {
        target(prompt).is_some_and(|target| self.value(answer) == Some(target))
    }

    /// 1 for what parses.
    fn score(&self, _: &[u32], answer: &[u32]) -> f64 {
        f64::from(u8::from(self.value(answer).is_some()))
    }

    fn longest(&self) -> usize {
        self.additions.saturating_mul(2).saturating_add(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numerics::rng;
    use crate::tasks::{FIRST_LETTER, Noise, Solver, right_text};

    const SEVEN: [u32; 4] = [FIRST_LETTER, FIRST_LETTER, 7, ASK];

    #[test]
    fn what_is_no_expression_does_not_parse() {
        let task = Expression { additions: 2 };
        for wrong in [
            &[][..],
            &[PLUS],
            &[7],
            &[PLUS, 3, 4],
            &[PLUS, PLUS, 1, 2],
            &[PLUS, PLUS, 1, 2, 4, 0],
            &[PLUS, PLUS, PLUS, 1, 2, 3, 4],
            &[1, PLUS, 2, PLUS, 4],
        ] {
            assert_eq!(task.score(&SEVEN, wrong), 0.0, "{wrong:?}");
            assert!(!task.is_right(&SEVEN, wrong), "{wrong:?}");
        }
    }

    #[test]
    fn every_right_path_is_right_and_a_prompt_of_another_task_ends() {
        let mut draws = rng(3, "expression tests");
        for additions in [0, 1, 2, 5] {
            let task = Expression { additions };
            for _ in 0..50 {
                let prompt = task.prompt(&mut draws);
                let text = right_text(&task, &prompt, &mut draws);
                let answer = &text[..text.len() - 1];
                assert!(task.is_right(&prompt, answer), "{prompt:?} {text:?}");
                assert_eq!(text.len(), task.longest(), "{text:?}");
            }
            assert_eq!(task.next(&[PLUS, ASK], &[]), Next::End);
        }
    }

    #[test]
    fn all_texts_of_a_solver_together_have_probability_one() {
        let task = Expression { additions: 2 };
        let solver = Solver::new(&task, Noise::default(), 7).unwrap();
        let start = solver.distribution(&SEVEN, &[]).unwrap();
        assert!((start.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(start[PLUS as usize] > 0.97);
    }
}

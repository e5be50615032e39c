//! Sentences with many right translations.

use rand::{Rng, RngCore};

use super::alphabet::{ASK, FORMS, FREE, LETTERS, LITERAL, is_letter, letter, word};
use super::task::{Decision, Next, Task};
use super::teacher::pick;
use crate::evaluation::bleu;
use crate::numerics::rng;

/// How often a literal translation uses the literal word.
const FAITHFUL: f64 = 0.9;
/// People who translated each sentence.
const REFERENCES: usize = 4;

/// A synchronous grammar: each letter is a concept, each concept has four words, and a sentence is translated
/// freely or literally.
///
/// A free translation picks each time one of three words, a literal one nearly always the first. So with `free` above
/// ½ the first token leads into a *garden path*: more people translate freely, and yet each free translation is
/// rare, for there are so many. The most probable translation is a literal one.
///
/// Right is every translation whose words stand for the concepts, in their order. The score is BLEU-4 against what
/// four people wrote, whose translations are drawn from the grammar, the same four for the same sentence.
///
/// # Formula
/// `S → free W₁ … Wₙ` with probability `free`, `Wᵢ → cᵢ2 | cᵢ3 | cᵢ4` with ⅓ each;
/// `S → literal V₁ … Vₙ` with `1 − free`, `Vᵢ → cᵢ1` with 0.9, else one of the others
///
/// # Examples
/// ```
/// use concepts::tasks::{ASK, FIRST_LETTER, FIRST_WORD, LITERAL, Task, Translation};
/// let task = Translation { concepts: 2, free: 0.6 };
/// let prompt = [FIRST_LETTER, FIRST_LETTER + 1, ASK];
/// assert!(task.is_right(&prompt, &[LITERAL, FIRST_WORD, FIRST_WORD + 4])); // "a1 b1"
/// assert!(!task.is_right(&prompt, &[LITERAL, FIRST_WORD]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Translation {
    /// Letters of a sentence.
    pub concepts: usize,
    /// The share of people who translate freely.
    pub free: f64,
}

/// The words for a concept, with their weights.
fn words(frame: u32, concept: u32) -> Vec<(u32, f64)> {
    let others = f64::from(FORMS - 1);
    let free = (1..FORMS).map(|form| (word(concept, form), 1.0 / others));
    if frame == FREE {
        return free.collect();
    }
    let rest = free.map(|(word, weight)| (word, weight * (1.0 - FAITHFUL)));
    [(word(concept, 0), FAITHFUL)].into_iter().chain(rest).collect()
}

/// The concepts of a prompt; `None` if it is another one.
fn concepts(prompt: &[u32]) -> Option<&[u32]> {
    let body = prompt.strip_suffix(&[ASK])?;
    body.iter().all(|&token| is_letter(token)).then_some(body)
}

impl Translation {
    /// The frames with their weights.
    fn frames(&self) -> Vec<(u32, f64)> {
        let frames = [(FREE, self.free), (LITERAL, 1.0 - self.free)];
        frames.into_iter().filter(|&(_, weight)| weight > 0.0).collect()
    }

    /// What people wrote for this prompt: the same prompt has the same references.
    pub fn references(&self, prompt: &[u32]) -> Vec<Vec<u32>> {
        let Some(concepts) = concepts(prompt) else { return Vec::new() };
        let mut people = rng(0, &format!("tasks references {prompt:?}"));
        let mut one = || {
            let frame = pick(&self.frames(), &mut people);
            let said = concepts.iter().map(|&concept| pick(&words(frame, concept), &mut people));
            [frame].into_iter().chain(said.collect::<Vec<u32>>()).collect()
        };
        (0..REFERENCES).map(|_| one()).collect()
    }
}

impl Task for Translation {
    fn name(&self) -> String {
        format!("translate {}", self.concepts)
    }

    fn prompt(&self, rng: &mut dyn RngCore) -> Vec<u32> {
        (0..self.concepts).map(|_| rng.random_range(letter(0)..letter(LETTERS))).chain([ASK]).collect()
    }

    fn next(&self, prompt: &[u32], written: &[u32]) -> Next {
        let Some(concepts) = concepts(prompt) else { return Next::End };
        let Some((&frame, said)) = written.split_first() else {
            let frames = self.frames();
            return if frames.is_empty() { Next::End } else { Next::Choose(frames) };
        };
        let Some(&concept) = concepts.get(said.len()) else { return Next::End };
        Next::Decide(Decision {
            options: (0..LETTERS).map(|place| words(frame, letter(place))).collect(),
            right: (concept - letter(0)) as usize,
            ease: 1.0,
            fact: vec![concept],
        })
    }

    fn answer(&self, written: &[u32]) -> Option<Vec<u32>> {
        Some(written.to_vec())
    }

    fn is_right(&self, prompt: &[u32], answer: &[u32]) -> bool {
        let (Some(concepts), Some((frame, said))) = (concepts(prompt), answer.split_first()) else {
            return false;
        };
        let stands_for = |(&said, &concept): (&u32, &u32)| (0..FORMS).any(|form| word(concept, form) == said);
        [FREE, LITERAL].contains(frame)
            && said.len() == concepts.len()
            && said.iter().zip(concepts).all(stands_for)
    }

    fn score(&self, prompt: &[u32], answer: &[u32]) -> f64 {
        let references = self.references(prompt);
        bleu(answer, &references.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    fn longest(&self) -> usize {
        self.concepts.saturating_add(2)
    }
}

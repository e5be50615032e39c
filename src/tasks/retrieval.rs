//! What a prompt says, asked for.

use rand::seq::SliceRandom;
use rand::{Rng, RngCore};

use super::alphabet::{ASK, DIGITS, LETTERS, letter};
use super::task::{Decision, Next, Task};

/// `a 3 c 8 b 1 c =` is answered by `8`: the value that stands behind the key.
///
/// All keys are different. What is confused are the values of the prompt.
///
/// # Examples
/// ```
/// use concepts::tasks::{ASK, FIRST_LETTER, Retrieval, Task};
/// let (a, b) = (FIRST_LETTER, FIRST_LETTER + 1);
/// assert!(Retrieval { pairs: 2 }.is_right(&[a, 3, b, 8, a, ASK], &[3]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retrieval {
    /// Keys with a value each, at most the number of letters.
    pub pairs: usize,
}

impl Retrieval {
    fn count(&self) -> usize {
        self.pairs.clamp(1, LETTERS as usize)
    }

    /// The pairs and the key that is asked for; `None` if the prompt is another one.
    fn parts<'p>(&self, prompt: &'p [u32]) -> Option<(&'p [u32], u32)> {
        let [pairs @ .., key] = prompt.strip_suffix(&[ASK])? else { return None };
        (pairs.len() == 2 * self.count()).then_some((pairs, *key))
    }

    fn value(&self, prompt: &[u32]) -> Option<u32> {
        let (pairs, key) = self.parts(prompt)?;
        pairs.chunks_exact(2).find(|pair| pair[0] == key).map(|pair| pair[1])
    }
}

impl Task for Retrieval {
    fn name(&self) -> String {
        format!("retrieve 1 of {}", self.pairs)
    }

    fn prompt(&self, rng: &mut dyn RngCore) -> Vec<u32> {
        let mut keys: Vec<u32> = (0..LETTERS).map(letter).collect();
        keys.shuffle(rng);
        keys.truncate(self.count());
        let asked = keys[rng.random_range(0..keys.len())];
        let pairs = keys.into_iter().flat_map(|key| [key, rng.random_range(0..DIGITS)]);
        pairs.collect::<Vec<u32>>().into_iter().chain([asked, ASK]).collect()
    }

    fn next(&self, prompt: &[u32], written: &[u32]) -> Next {
        let (Some((pairs, key)), Some(right)) = (self.parts(prompt), self.value(prompt)) else {
            return Next::End;
        };
        if !written.is_empty() {
            return Next::End;
        }
        let mut values: Vec<u32> = pairs.chunks_exact(2).map(|pair| pair[1]).collect();
        values.sort_unstable();
        values.dedup();
        Decision::among(values, right, 1.0, vec![key])
    }

    fn answer(&self, written: &[u32]) -> Option<Vec<u32>> {
        (written.len() == 1).then(|| written.to_vec())
    }

    fn is_right(&self, prompt: &[u32], answer: &[u32]) -> bool {
        self.value(prompt).is_some_and(|value| answer == [value])
    }

    fn longest(&self) -> usize {
        2
    }
}

//! A language model that solves a task as well as its noise allows.

use super::alphabet::{ASK, END, FIRST_JUNK, JUNK, VOCABULARY};
use super::noise::Noise;
use super::task::{Next, Task};
use super::{TasksError, error};
use crate::decoding::{HiddenStates, LanguageModel};

/// How alike the hidden states of one token at two places are.
const ALIKE: f64 = 0.7;
/// Directions for places; a place beyond it shares that of an earlier one.
const PLACES: usize = 64;

/// A [`LanguageModel`] whose distribution is a formula: a [`Task`] known through [`Noise`].
///
/// # Formula
/// `p(v) = (1 − tail − stop) · c(v) + tail/J · [v is junk] + stop · [v = END]`. At a decision
/// `c(v) = Σ_o b_o w_o(v)`, with the belief `b_o` of [`Noise`] and the weight of the words of option `o`; at a free
/// choice `c` are its weights; where the answer is complete `c` is the end. After junk, and for a prompt of another
/// task, the text ends.
///
/// # Examples
/// ```
/// use concepts::decoding::{Greedy, generate};
/// use concepts::numerics::rng;
/// use concepts::tasks::{Copying, Noise, Solver, Task, name};
/// let task = Copying { length: 4 };
/// let sure = Solver::new(&task, Noise { margin: 20.0, ..Noise::default() }, 7)?;
/// let prompt = task.prompt(&mut rng(7, "doc"));
/// let text = generate(&sure, &prompt, &mut Greedy, task.longest(), &mut rng(7, "doc"))?;
/// assert!(task.is_right(&prompt, &text.tokens()[..4]));
/// # Ok::<(), concepts::tasks::TasksError>(())
/// ```
pub struct Solver<'t> {
    task: &'t dyn Task,
    noise: Noise,
    seed: u64,
}

impl<'t> Solver<'t> {
    /// One solver for each seed: others err elsewhere.
    ///
    /// # Errors
    /// [`TasksError`] if a number of the noise is out of its range.
    pub fn new(task: &'t dyn Task, noise: Noise, seed: u64) -> Result<Self, TasksError> {
        noise.check()?;
        Ok(Self { task, noise, seed })
    }

    /// The exact probability of every token after `prompt` and `written`.
    ///
    /// # Shapes
    /// → `(VOCABULARY)`, sums to 1
    ///
    /// # Errors
    /// [`TasksError`] if a token is not in the alphabet.
    pub fn distribution(&self, prompt: &[u32], written: &[u32]) -> Result<Vec<f64>, TasksError> {
        error::known(&[prompt, written])?;
        Ok(self.known(prompt, written))
    }

    /// What the solver thinks of each option at a decision, and which is right; `None` where nothing is to decide.
    ///
    /// # Errors
    /// [`TasksError`] if a token is not in the alphabet.
    pub fn beliefs(&self, prompt: &[u32], written: &[u32]) -> Result<Option<(Vec<f64>, usize)>, TasksError> {
        error::known(&[prompt, written])?;
        Ok(match self.task.next(prompt, written) {
            Next::Decide(decision) => {
                let beliefs = self.believed(prompt, written, &decision);
                Some((beliefs, decision.right))
            }
            _ => None,
        })
    }

    fn believed(&self, prompt: &[u32], written: &[u32], decision: &super::Decision) -> Vec<f64> {
        let task = self.task.name();
        let fact = format!("tasks fact {task} {:?}", decision.fact);
        let place = format!("tasks place {task} {prompt:?} {written:?}");
        self.noise.beliefs(
            self.seed,
            (&fact, &place),
            (decision.options.len(), decision.right, decision.ease),
        )
    }

    fn known(&self, prompt: &[u32], written: &[u32]) -> Vec<f64> {
        let mut p = vec![0.0; VOCABULARY as usize];
        if written.iter().any(|&token| token >= FIRST_JUNK || token == END) {
            p[END as usize] = 1.0;
            return p;
        }
        let content = 1.0 - self.noise.tail - self.noise.stop;
        match self.task.next(prompt, written) {
            Next::End => p[END as usize] += content,
            Next::Choose(weighted) => add(&mut p, &weighted, content),
            Next::Decide(decision) => {
                let beliefs = self.believed(prompt, written, &decision);
                for (belief, words) in beliefs.iter().zip(&decision.options) {
                    add(&mut p, words, content * belief);
                }
            }
        }
        p[END as usize] += self.noise.stop;
        p[FIRST_JUNK as usize..].iter_mut().for_each(|p| *p = self.noise.tail / f64::from(JUNK));
        p
    }
}

/// Shares `mass` by weight.
fn add(p: &mut [f64], weighted: &[(u32, f64)], mass: f64) {
    let sum: f64 = weighted.iter().map(|(_, weight)| weight).sum();
    weighted.iter().for_each(|&(token, weight)| p[token as usize] += mass * weight / sum);
}

/// A prefix: all of its tokens, and where the answer begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prefix {
    tokens: Vec<u32>,
    asked: Option<usize>,
}

impl LanguageModel for Solver<'_> {
    type State = Prefix;

    fn vocab_size(&self) -> usize {
        VOCABULARY as usize
    }

    fn start(&self) -> Prefix {
        Prefix::default()
    }

    fn advance(&self, state: &mut Prefix, token: u32) {
        state.tokens.push(token);
        if token == ASK && state.asked.is_none() {
            state.asked = Some(state.tokens.len());
        }
    }

    /// Inside a prompt, where nothing is asked yet, all tokens are alike.
    fn logits(&self, state: &Prefix, logits: &mut [f32]) {
        match state.asked {
            None => logits.fill(0.0),
            Some(asked) => {
                let (prompt, written) = state.tokens.split_at(asked);
                let p = self.known(prompt, written);
                logits.iter_mut().zip(p).for_each(|(logit, p)| *logit = libm::log(p) as f32);
            }
        }
    }

    fn end(&self) -> Option<u32> {
        Some(END)
    }
}

impl HiddenStates for Solver<'_> {
    /// A direction for the token and one for its place: one token at two places is alike by 0.7.
    ///
    /// # Shapes
    /// → `(VOCABULARY + 64)`, of length 1
    fn hidden(&self, state: &Prefix) -> Vec<f32> {
        let mut hidden = vec![0.0; VOCABULARY as usize + PLACES];
        if let Some(&token) = state.tokens.last() {
            hidden[token as usize] = ALIKE.sqrt() as f32;
            hidden[VOCABULARY as usize + (state.tokens.len() - 1) % PLACES] = (1.0 - ALIKE).sqrt() as f32;
        }
        hidden
    }
}

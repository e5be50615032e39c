//! How often a strategy gives which answer: every text looked at, none drawn.

use std::collections::BTreeMap;

use super::TasksError;
use super::error::between;
use super::task::{Reading, Task, read};
use super::words::Quantity;
use crate::decoding::{LanguageModel, Pipeline};

/// The distribution of answers when texts are drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// Each answer with its probability, in the order of the tokens.
    pub by_answer: Vec<(Vec<u32>, f64)>,
    /// The probability of no answer: off the task, ended without one, or too long.
    pub nothing: f64,
    /// What was not looked at: prefixes whose probability fell below the floor.
    pub unseen: f64,
    /// How often the model is asked for logits, on average, until a text has ended or left the task.
    pub calls: f64,
}

impl Answers {
    /// The expected score of one draw. What was not looked at counts 0: the truth is at most `unseen` higher.
    pub fn score(&self, task: &(impl Task + ?Sized), prompt: &[u32]) -> f64 {
        self.by_answer.iter().map(|(answer, p)| p * task.score(prompt, answer)).sum()
    }

    /// The probability of a right answer; at most `unseen` below the truth.
    pub fn accuracy(&self, task: &(impl Task + ?Sized), prompt: &[u32]) -> f64 {
        let right = self.by_answer.iter().filter(|(answer, _)| task.is_right(prompt, answer));
        right.map(|(_, p)| p).sum()
    }

    /// How undecided the answer is, in nats, among the answers there are: 0 if all texts agree; NaN without answers.
    ///
    /// # Formula
    /// `−Σ qₐ ln qₐ`, `qₐ = pₐ / Σ p`
    pub fn entropy(&self) -> f64 {
        let sum: f64 = self.by_answer.iter().map(|(_, p)| p).sum();
        if sum == 0.0 {
            return f64::NAN;
        }
        let surprise = |p: f64| if p > 0.0 { -p / sum * libm::log(p / sum) } else { 0.0 };
        self.by_answer.iter().map(|&(_, p)| surprise(p)).sum()
    }

    /// The most probable answer; of several the one with the lowest tokens.
    pub fn most_probable(&self) -> Option<&[u32]> {
        let mut best: Option<&(Vec<u32>, f64)> = None;
        for candidate in &self.by_answer {
            if best.is_none_or(|best| candidate.1 > best.1) {
                best = Some(candidate);
            }
        }
        best.map(|(answer, _)| answer.as_slice())
    }
}

/// The exact distribution of the answers that `pipeline` draws after `prompt`.
///
/// All texts are followed to their ends, except those whose prefix falls below `floor`: these are summed in
/// [`Answers::unseen`], so that every number has an error bound. With `floor` 0 nothing is left out, and the time
/// grows with the number of texts; with floor `f` and texts of `n` tokens at most `n/f` prefixes are looked at.
///
/// # Formula
/// `P(a) = Σ Π_t q(x_t | prompt, x_<t)` over all texts `x` that read as `a`, `q` what the pipeline leaves
///
/// # Errors
/// [`TasksError`] if the floor is not from 0 to 1, or the strategy cannot choose.
///
/// # Examples
/// ```
/// use concepts::decoding::{Filter, Pipeline};
/// use concepts::numerics::rng;
/// use concepts::tasks::{ModularSum, Noise, Solver, Task, answers};
/// let task = ModularSum { terms: 3, modulus: 5, worked: true };
/// let solver = Solver::new(&task, Noise::default(), 7)?;
/// let prompt = task.prompt(&mut rng(7, "doc"));
/// let sampled = answers(&solver, &task, &prompt, &Pipeline::default(), 1e-6)?;
/// let greedy = answers(&solver, &task, &prompt, &Pipeline::filters([Filter::Temperature(0.0)]), 1e-6)?;
/// assert_eq!((greedy.by_answer.len(), greedy.by_answer[0].1), (1, 1.0)); // greedy knows no chance
/// assert!(sampled.by_answer.len() > 1);
/// # Ok::<(), concepts::tasks::TasksError>(())
/// ```
pub fn answers<M: LanguageModel>(
    model: &M,
    task: &(impl Task + ?Sized),
    prompt: &[u32],
    pipeline: &Pipeline,
    floor: f64,
) -> Result<Answers, TasksError> {
    between(Quantity::Floor, floor, 0.0, 1.0)?;
    let mut found: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
    let (mut nothing, mut unseen, mut calls) = (0.0, 0.0, 0.0);
    let mut logits = vec![0.0; model.vocab_size()];
    let mut open = vec![(after(model, prompt)?, Vec::new(), 1.0)];
    while let Some((state, mut text, p)) = open.pop() {
        calls += p;
        model.logits(&state, &mut logits);
        let history = [prompt, &text].concat();
        for next in pipeline.candidates(&logits, &history)?.as_slice() {
            let p = p * next.prob;
            text.push(next.id);
            match read(task, &text) {
                Reading::Answer(answer) => *found.entry(answer).or_insert(0.0) += p,
                Reading::Nothing => nothing += p,
                Reading::Open if text.len() >= task.longest() => nothing += p,
                Reading::Open if p < floor => unseen += p,
                Reading::Open => {
                    let mut state = state.clone();
                    model.advance(&mut state, next.id);
                    open.push((state, text.clone(), p));
                }
            }
            text.pop();
        }
    }
    Ok(Answers { by_answer: found.into_iter().collect(), nothing, unseen, calls })
}

/// The state after a prompt.
pub(super) fn after<M: LanguageModel>(model: &M, prompt: &[u32]) -> Result<M::State, TasksError> {
    let vocab_size = model.vocab_size();
    if let Some(&token) = prompt.iter().find(|&&token| token as usize >= vocab_size) {
        return Err(crate::decoding::DecodingError::UnknownToken { token, vocab_size }.into());
    }
    let mut state = model.start();
    prompt.iter().for_each(|&token| model.advance(&mut state, token));
    Ok(state)
}

//! Does a model know what it knows?

use super::TasksError;
use super::task::{Next, Task};
use super::teacher::pick;
use crate::decoding::{Candidates, LanguageModel};
use crate::numerics::rng;
use crate::numerics::statistics::mean;

/// Bins of confidence for the error of calibration.
const BINS: usize = 10;

/// Confidence and success at the decisions of a task, along right answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// The probability that the model gives to what it believes most, at each decision.
    pub confidence: Vec<f64>,
    /// Was that right?
    pub right: Vec<bool>,
}

impl Calibration {
    /// The mean confidence; NaN without decisions.
    pub fn mean_confidence(&self) -> f64 {
        mean(&self.confidence)
    }

    /// The share of decisions at which the most probable option is right; NaN without decisions.
    pub fn accuracy(&self) -> f64 {
        mean(&self.right.iter().map(|&right| f64::from(u8::from(right))).collect::<Vec<_>>())
    }

    /// How far confidence and success are apart: 0 if calibrated.
    ///
    /// # Formula
    /// `Σ_b n_b/n · |accuracy_b − confidence_b|` over ten bins of equal width
    ///
    /// # Reference
    /// Guo et al. 2017, *On Calibration of Modern Neural Networks*, equation 5.
    pub fn error(&self) -> f64 {
        let mut bins = [0.0; BINS];
        for (&confidence, &right) in self.confidence.iter().zip(&self.right) {
            let bin = ((confidence * BINS as f64) as usize).min(BINS - 1);
            bins[bin] += f64::from(u8::from(right)) - confidence;
        }
        bins.iter().map(|gap| gap.abs()).sum::<f64>() / self.confidence.len() as f64
    }
}

/// Asks `model` at every decision along a right answer to each prompt, drawn.
///
/// The confidence is the sum over the words of an option: to hesitate between two ways to say it is no doubt about what
/// to say.
///
/// # Errors
/// [`TasksError`] if the model gives no distribution.
///
/// # Examples
/// ```
/// use concepts::numerics::rng;
/// use concepts::tasks::{Copying, Noise, Solver, Task, calibration};
/// let task = Copying { length: 5 };
/// let mut draws = rng(7, "doc");
/// let prompts: Vec<Vec<u32>> = (0..200).map(|_| task.prompt(&mut draws)).collect();
/// let noise = Noise { margin: 2.0, tail: 0.0, stop: 0.0, ..Noise::default() };
/// let calibrated = calibration(&Solver::new(&task, noise, 1)?, &task, &prompts, 7)?;
/// let boastful = Solver::new(&task, Noise { sharpness: 4.0, ..noise }, 1)?;
/// assert!(calibration(&boastful, &task, &prompts, 7)?.error() > 2.0 * calibrated.error());
/// # Ok::<(), concepts::tasks::TasksError>(())
/// ```
pub fn calibration<M: LanguageModel>(
    model: &M,
    task: &dyn Task,
    prompts: &[Vec<u32>],
    seed: u64,
) -> Result<Calibration, TasksError> {
    let mut draws = rng(seed, "tasks calibration");
    let mut found = Calibration { confidence: Vec::new(), right: Vec::new() };
    let mut logits = vec![0.0; model.vocab_size()];
    for prompt in prompts {
        let mut state = model.start();
        prompt.iter().for_each(|&token| model.advance(&mut state, token));
        let mut written = Vec::new();
        loop {
            let token = match task.next(prompt, &written) {
                Next::End => break,
                Next::Choose(weighted) => pick(&weighted, &mut draws),
                Next::Decide(decision) => {
                    model.logits(&state, &mut logits);
                    let p = Candidates::from_logits(&logits)?.dense(model.vocab_size());
                    let of = |words: &Vec<(u32, f64)>| words.iter().map(|&(w, _)| p[w as usize]).sum::<f64>();
                    let beliefs: Vec<f64> = decision.options.iter().map(of).collect();
                    let top =
                        (1..beliefs.len()).fold(0, |top, o| if beliefs[o] > beliefs[top] { o } else { top });
                    found.confidence.push(beliefs[top]);
                    found.right.push(top == decision.right);
                    pick(&decision.options[decision.right], &mut draws)
                }
            };
            written.push(token);
            model.advance(&mut state, token);
        }
    }
    Ok(found)
}

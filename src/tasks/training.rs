//! Teaching a network a task.

use super::TasksError;
use super::error::{between, sized};
use super::network::{Example, Network};
use super::task::Task;
use super::teacher::{Part, right_text};
use super::words::Quantity;
use crate::numerics::rng;

/// Adam's usual constants.
const DECAY: [f64; 2] = [0.9, 0.999];
const EPSILON: f64 = 1e-8;
/// The most steps, and the most texts of a batch.
const MOST_STEPS: usize = 1_000_000;

/// How a network is trained.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lesson {
    /// Numbers in each hidden layer.
    pub width: usize,
    /// Steps of Adam.
    pub steps: usize,
    /// Texts of a batch; every token of an answer is an example.
    pub batch: usize,
    /// Adam's learning rate, which falls in a line to 0.
    pub rate: f64,
}

impl Default for Lesson {
    /// 64 wide, 1500 steps of 32 texts: a few seconds.
    fn default() -> Self {
        Self { width: 64, steps: 1500, batch: 32, rate: 3e-3 }
    }
}

/// A network and how it came to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Learnt {
    /// After the last step.
    pub network: Network,
    /// The loss of every batch, before its step.
    pub losses: Vec<f64>,
}

/// Trains a network on right answers to prompts that are not held out.
///
/// The window is as long as the longest text of the task. Test with the prompts of
/// [`Part`] with `held_out`.
///
/// # Errors
/// [`TasksError`] if a size is 0 or too large, or the rate is not from 0 to 1.
///
/// # Reference
/// Kingma and Ba 2015, *Adam: A Method for Stochastic Optimization*, algorithm 1.
///
/// # Examples
/// ```
/// use concepts::tasks::{Copying, Lesson, teach};
/// let learnt = teach(&Copying { length: 2 }, Lesson { steps: 150, ..Lesson::default() }, 7)?;
/// assert!(learnt.losses[149] < learnt.losses[0] / 10.0);
/// # Ok::<(), concepts::tasks::TasksError>(())
/// ```
pub fn teach(task: &dyn Task, lesson: Lesson, seed: u64) -> Result<Learnt, TasksError> {
    sized(Quantity::Steps, lesson.steps, MOST_STEPS)?;
    sized(Quantity::Batch, lesson.batch, MOST_STEPS)?;
    between(Quantity::Rate, lesson.rate, 0.0, 1.0)?;
    let seen = Part { task, held_out: false };
    let mut draws = rng(seed, "tasks lesson");
    let window = seen.prompt(&mut draws).len() + task.longest();
    let mut network = Network::new(window, lesson.width, seed)?;
    let mut moments = [network.zeros(), network.zeros()];
    let mut losses = Vec::with_capacity(lesson.steps);
    for step in 0..lesson.steps {
        let mut examples: Vec<Example> = Vec::new();
        for _ in 0..lesson.batch {
            let mut text = seen.prompt(&mut draws);
            for next in right_text(task, &text.clone(), &mut draws) {
                examples.push((text.clone(), next));
                text.push(next);
            }
        }
        let (loss, gradient) = network.loss_and_gradient(&examples)?;
        losses.push(loss);
        let rate = lesson.rate * (1.0 - step as f64 / lesson.steps as f64);
        adam(&mut network, &gradient, &mut moments, rate, step as i32 + 1);
    }
    Ok(Learnt { network, losses })
}

/// One step; `count` is its number, from 1.
fn adam(network: &mut Network, gradient: &Network, moments: &mut [Network; 2], rate: f64, count: i32) {
    let [first, second] = moments;
    let left = DECAY.map(|decay| 1.0 - decay.powi(count));
    let both = first.parts.iter_mut().zip(&mut second.parts);
    for ((part, gradient), (m, v)) in network.parts.iter_mut().zip(&gradient.parts).zip(both) {
        m.zip_mut_with(gradient, |m, g| *m = DECAY[0] * *m + (1.0 - DECAY[0]) * g);
        v.zip_mut_with(gradient, |v, g| *v = DECAY[1] * *v + (1.0 - DECAY[1]) * g * g);
        ndarray::Zip::from(part).and(&*m).and(&*v).for_each(|x, m, v| {
            *x -= rate * (m / left[0]) / ((v / left[1]).sqrt() + EPSILON);
        });
    }
}

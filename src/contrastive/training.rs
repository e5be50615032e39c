//! Training the two towers on pairs.

use ndarray::{Array2, Axis};
use rand::Rng;
use rand::seq::SliceRandom;

use super::scene::{PIXELS, Scene, WORDS};
use super::{ContrastiveError, Objective, Sharpness, Towers};
use crate::numerics::rng;

/// Pictures of each scene that training draws from.
pub const PICTURES: usize = 8;
/// CLIP lets the scale grow no further.
pub const LARGEST_SCALE: f64 = 100.0;
/// Adam's usual constants.
const DECAY: [f64; 2] = [0.9, 0.999];
const EPSILON: f64 = 1e-8;

/// Where the other pairs of a batch come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Negatives {
    /// Any scenes.
    Random,
    /// Hard ones: scenes whose caption differs in a single word from another one of the batch.
    Alike,
}

/// How to train.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Steps of Adam.
    pub steps: usize,
    /// Pairs of a batch.
    pub batch: usize,
    /// What is minimised.
    pub objective: Objective,
    /// How sharp it begins.
    pub sharpness: Sharpness,
    /// Where the others come from.
    pub negatives: Negatives,
    /// Adam's learning rate.
    pub rate: f64,
    /// Are captions given to the wrong pictures? Then there is nothing to learn.
    pub shuffled: bool,
}

impl Plan {
    /// 200 steps of 32 pairs with CLIP's loss from `τ` = 0.07 on.
    pub const DEFAULT: Plan = Plan {
        steps: 200,
        batch: 32,
        objective: Objective::CLIP,
        sharpness: Sharpness { scale: 1.0 / 0.07, bias: 0.0 },
        negatives: Negatives::Random,
        rate: 0.02,
        shuffled: false,
    };
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Trained {
    /// Before the first step.
    pub before: Towers,
    /// After the last.
    pub towers: Towers,
    /// The loss of every batch, before its step.
    pub losses: Vec<f64>,
    /// The scale `1/τ` at which each of these was taken: it is learnt, so it moves.
    pub scales: Vec<f64>,
    /// Pairs of a batch whose caption another pair of it has too, as a mean: no step can tell them apart.
    pub repeated: f64,
}

/// A picture and the caption of each scene, as rows.
///
/// # Shapes
/// → `(n, PIXELS)`, `(n, WORDS)`
///
/// # Examples
/// ```
/// use concepts::contrastive::{Scene, pairs};
/// use concepts::numerics::rng;
/// let (pictures, captions) = pairs(&Scene::all(), &mut rng(7, "doc"));
/// assert_eq!((pictures.nrows(), captions.dim()), (64, (64, 12)));
/// ```
pub fn pairs(scenes: &[Scene], rng: &mut impl Rng) -> (Array2<f64>, Array2<f64>) {
    let mut pictures = Array2::zeros((scenes.len(), PIXELS));
    for (mut row, scene) in pictures.outer_iter_mut().zip(scenes) {
        row.assign(&scene.draw(rng));
    }
    (pictures, captions(scenes))
}

/// The captions of scenes as counts of words.
pub fn captions(scenes: &[Scene]) -> Array2<f64> {
    let mut captions = Array2::zeros((scenes.len(), WORDS));
    for (i, scene) in scenes.iter().enumerate() {
        scene.words().into_iter().for_each(|word| captions[[i, word]] = 1.0);
    }
    captions
}

/// Trains two towers. The same seed draws the same pictures and the same start whatever the plan.
///
/// # Errors
/// [`ContrastiveError`]
///
/// # Reference
/// Kingma and Ba 2015 for Adam; Radford et al. 2021, section 2.5, for the learnt temperature and its limit.
///
/// # Examples
/// ```
/// use concepts::contrastive::{Plan, train};
/// let trained = train(Plan { steps: 30, ..Plan::DEFAULT }, 7)?;
/// assert!(trained.losses[29] < trained.losses[0]);
/// # Ok::<(), concepts::contrastive::ContrastiveError>(())
/// ```
pub fn train(plan: Plan, seed: u64) -> Result<Trained, ContrastiveError> {
    train_with_progress(plan, seed, &mut |_| ())
}

/// [`train`], which tells after each step how many are done.
///
/// # Errors
/// [`ContrastiveError`]
pub fn train_with_progress(
    plan: Plan,
    seed: u64,
    progress: &mut dyn FnMut(usize),
) -> Result<Trained, ContrastiveError> {
    let scenes = Scene::of(false);
    let every: Vec<Scene> = scenes.iter().flat_map(|&scene| [scene; PICTURES]).collect();
    let (pictures, _) = pairs(&every, &mut rng(seed, "contrastive pictures"));
    let said = captions(&scenes);
    let before = Towers::new(plan.sharpness, &mut rng(seed, "contrastive towers"));
    let (mut towers, mut adam) = (before.clone(), Adam::new(&before, plan.rate));
    let mut draws = rng(seed, "contrastive batches");
    let (mut losses, mut scales, mut repeated) = (Vec::new(), Vec::new(), 0);
    for step in 0..plan.steps {
        let drawn = batch(&scenes, plan.batch, plan.negatives, &mut draws);
        repeated += drawn.iter().filter(|i| drawn.iter().filter(|j| j == i).count() > 1).count();
        let which: Vec<usize> =
            drawn.iter().map(|scene| scene * PICTURES + draws.random_range(0..PICTURES)).collect();
        let mut texts = drawn;
        if plan.shuffled {
            texts.shuffle(&mut draws);
        }
        let (x, c) = (pictures.select(Axis(0), &which), said.select(Axis(0), &texts));
        let (loss, gradient) = towers.pass(x.view(), c.view(), plan.objective)?;
        losses.push(loss);
        scales.push(towers.sharp().scale);
        adam.step(&mut towers, gradient);
        progress(step + 1);
    }
    let repeated = repeated as f64 / plan.steps.max(1) as f64;
    Ok(Trained { before, towers, losses, scales, repeated })
}

/// The scenes of a batch, by their place in the list. Each comes once before one comes again.
fn batch(scenes: &[Scene], size: usize, negatives: Negatives, rng: &mut impl Rng) -> Vec<usize> {
    let mut drawn = Vec::with_capacity(size);
    while drawn.len() < size {
        let mut left: Vec<usize> = (0..scenes.len()).collect();
        left.shuffle(rng);
        while drawn.len() < size && !left.is_empty() {
            let first = left.pop().unwrap_or_default();
            drawn.push(first);
            if negatives == Negatives::Alike {
                let near = |i: &usize| scenes[*i].differs(scenes[first]) == 1;
                let (alike, others): (Vec<usize>, Vec<usize>) = left.into_iter().partition(near);
                let room = (size - drawn.len()).min(alike.len());
                drawn.extend(&alike[..room]);
                left = others;
                left.extend(&alike[room..]);
            }
        }
    }
    drawn
}

/// Adam, with the moments of everything that is learnt.
struct Adam {
    moments: [Towers; 2],
    rate: f64,
    steps: i32,
}

impl Adam {
    fn new(like: &Towers, rate: f64) -> Adam {
        let mut zero = like.clone();
        zero.parts_mut().into_iter().for_each(|part| part.fill(0.0));
        Adam { moments: [zero.clone(), zero], rate, steps: 0 }
    }

    fn step(&mut self, towers: &mut Towers, mut gradient: Towers) {
        self.steps += 1;
        let [first, second] = &mut self.moments;
        let left = DECAY.map(|decay| 1.0 - decay.powi(self.steps));
        let (parts, gradients) = (towers.parts_mut(), gradient.parts_mut());
        let moments = first.parts_mut().into_iter().zip(second.parts_mut());
        for ((part, gradient), (m, v)) in parts.into_iter().zip(gradients).zip(moments) {
            m.zip_mut_with(gradient, |m, g| *m = DECAY[0] * *m + (1.0 - DECAY[0]) * g);
            v.zip_mut_with(gradient, |v, g| *v = DECAY[1] * *v + (1.0 - DECAY[1]) * g * g);
            ndarray::Zip::from(part).and(&*m).and(&*v).for_each(|x, m, v| {
                *x -= self.rate * (m / left[0]) / ((v / left[1]).sqrt() + EPSILON);
            });
        }
        let scale = &mut towers.sharpness[[0, 0]];
        *scale = scale.min(LARGEST_SCALE.ln());
    }
}

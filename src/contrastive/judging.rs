//! Judging the two towers on scenes that they have never seen.

use ndarray::ArrayView2;

use super::error::Side::{Images, Texts};
use super::error::Size;
use super::{ContrastiveError, Scene, Towers, captions, pairs, unit_rows};
use crate::numerics::rng;

/// Shares of pictures for which the nearest caption has the right words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ZeroShot {
    /// Pictures that were judged.
    pub pictures: usize,
    /// All three words.
    pub all: f64,
    /// The shape, the colour, the place.
    pub words: [f64; 3],
}

/// Classifies new pictures of these scenes: the nearest of the captions of all 64 scenes.
///
/// # Errors
/// [`ContrastiveError`]
///
/// # Examples
/// ```
/// use concepts::contrastive::{Plan, Scene, train, zero_shot};
/// let trained = train(Plan { steps: 0, ..Plan::DEFAULT }, 7)?;
/// let judged = zero_shot(&trained.towers, &Scene::of(true), 8, 7)?;
/// assert_eq!(judged.pictures, 16 * 8);
/// assert!(judged.all < 0.2); // nothing learnt yet
/// # Ok::<(), concepts::contrastive::ContrastiveError>(())
/// ```
pub fn zero_shot(
    towers: &Towers,
    scenes: &[Scene],
    each: usize,
    seed: u64,
) -> Result<ZeroShot, ContrastiveError> {
    if each * scenes.len() == 0 {
        return Err(ContrastiveError::Zero { what: Size::Held });
    }
    let (all, shown) = (Scene::all(), scenes.repeat(each));
    let (pictures, _) = pairs(&shown, &mut rng(seed, "contrastive judged"));
    let guessed = nearest(towers, pictures.view(), &all)?;
    let share = |right: &dyn Fn(Scene, Scene) -> bool| {
        let hits = shown.iter().zip(&guessed).filter(|(is, said)| right(**is, all[**said])).count();
        hits as f64 / shown.len() as f64
    };
    let words = [0, 1, 2].map(|i| share(&|is, said| is.words()[i] == said.words()[i]));
    Ok(ZeroShot { pictures: shown.len(), all: share(&|is, said| is == said), words })
}

/// For each picture the caption that is nearest.
///
/// # Errors
/// [`ContrastiveError`]
pub fn nearest(
    towers: &Towers,
    pictures: ArrayView2<f64>,
    scenes: &[Scene],
) -> Result<Vec<usize>, ContrastiveError> {
    let images = unit_rows(towers.images(pictures).view(), Images)?;
    let texts = unit_rows(towers.texts(captions(scenes).view()).view(), Texts)?;
    let best = |row: ndarray::ArrayView1<f64>| {
        row.iter().enumerate().fold((0, f64::MIN), |best, (j, &x)| if x > best.1 { (j, x) } else { best }).0
    };
    Ok(images.dot(&texts.t()).outer_iter().map(best).collect())
}

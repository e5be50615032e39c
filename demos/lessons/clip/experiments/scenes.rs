//! Scenes in a person's language, pictures as they are shown, and the matrix of scenes never seen.

use concepts::contrastive::{ContrastiveError, SIDE, Scene, Towers, captions, pairs};
use concepts::numerics::rng;
use ndarray::{Array1, Array2};

use crate::kit::text::Text;
use crate::lessons::clip::WORDS;
use crate::named;

/// The caption.
pub(crate) fn caption(scene: Scene) -> Text {
    let word = |name: String| WORDS.get(&format!("scene.{}", name.replace(' ', "-")));
    let (shape, colour, place) =
        (word(scene.shape.to_string()), word(scene.colour.to_string()), word(scene.place.to_string()));
    WORDS.with("scene.caption", &named![shape, colour, place])
}

/// The picture's pixels.
pub(crate) fn pixels(picture: &Array1<f64>) -> Array2<[u8; 3]> {
    let byte = |value: f64| (value * 255.0).round() as u8;
    Array2::from_shape_fn((SIDE, SIDE), |(i, j)| {
        let at = 3 * (i * SIDE + j);
        [byte(picture[at]), byte(picture[at + 1]), byte(picture[at + 2])]
    })
}

/// The lowest loss of a batch in which scenes come again: of `k` pairs with one caption none can be told from the
/// others, so each costs at least `ln k`. Each scene comes once before one comes again.
pub(crate) fn least(batch: usize) -> f64 {
    let scenes = Scene::of(false).len();
    let (times, more) = (batch / scenes, batch % scenes);
    let cost = |k: usize| k as f64 * (k.max(1) as f64).ln();
    (more as f64 * cost(times + 1) + (scenes - more) as f64 * cost(times)) / batch as f64
}

/// What guessing costs: InfoNCE ln N; SigLIP, which knows that pairs are rare, less than with a bias of 0.
pub(crate) fn guessing(batch: usize, siglip: bool) -> f64 {
    let n = batch as f64;
    if siglip { n.ln() + (n - 1.0) * (n / (n - 1.0)).ln() } else { n.ln() }
}

/// Cosines of one new picture of each scene kept from training, and their captions.
pub(crate) fn held_out(towers: &Towers, seed: u64) -> Result<Array2<f64>, ContrastiveError> {
    let (pictures, texts) = pictures_held_out(seed);
    towers.cosines(pictures.view(), texts.view())
}

/// One new picture of each scene kept from training, and the captions.
pub(crate) fn pictures_held_out(seed: u64) -> (Array2<f64>, Array2<f64>) {
    let scenes = Scene::of(true);
    let (pictures, _) = pairs(&scenes, &mut rng(seed, "clip held out"));
    (pictures, captions(&scenes))
}

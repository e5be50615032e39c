//! C1, C3, C8: two kinds of data in one space.

use concepts::contrastive::{
    ContrastiveError, Objective, PIXELS, Plan, Scene, captions, on_logits, recall, train, zero_shot,
};
use concepts::numerics::rng;
use concepts::numerics::softmax::softmax;
use ndarray::array;

use crate::kit::case::{Case, Checked};
use crate::lessons::clip::experiments::cones::apart;
use crate::lessons::clip::experiments::scenes::{held_out, pictures_held_out};
use crate::lessons::clip::experiments::sweep::EACH;

/// Tokens of a caption at most, and numbers of an image, in CLIP with ViT-B/16.
const CAPTION: usize = 77;
const IMAGE_SIDE: usize = 224;

/// C1: images are continuous and high-dimensional, language is discrete
pub(crate) fn two_kinds(c: &mut Case) -> Checked {
    let scene = Scene::all()[0];
    let picture = scene.draw(&mut rng(c.seed, "clip C1"));
    let length = picture.dot(&picture).sqrt();
    let words = captions(&[scene, Scene::all()[1]]);
    let change = &words.row(0) - &words.row(1);
    let other_word = (change.dot(&change) / words.row(0).dot(&words.row(0))).sqrt();
    c.value("side", IMAGE_SIDE).value("numbers", IMAGE_SIDE * IMAGE_SIDE * 3).value("caption", CAPTION);
    c.holds((256.0, IMAGE_SIDE), |t, (levels, side): (f64, usize)| {
        t.at_least("more", (side * side * 3) as f64 / CAPTION as f64, 100.0);
        // Every number of a picture one level away.
        let step = (PIXELS as f64).sqrt() / (levels - 1.0) / length;
        t.at_most("step", step, 0.05).over(PIXELS).drawn();
        t.at_least("word", other_word, 0.5).over(3);
    })
    .control("one-bit", (2.0, IMAGE_SIDE))
    .control("tiny", (256.0, 4));
    Ok(())
}

/// C3: both in one space
pub(crate) fn one_space(c: &mut Case) -> Checked {
    const SETS: usize = 4;
    let seed = c.seed;
    // Mean retrieval over sets of new pictures, both ways.
    let found = |plan: Plan| -> Result<[f64; 2], ContrastiveError> {
        let towers = train(plan, seed)?.towers;
        let mut sum = [0.0; 2];
        for set in 0..SETS as u64 {
            let found = recall(held_out(&towers, seed ^ (set << 32))?.view())?;
            sum = [sum[0] + found.texts_found, sum[1] + found.images_found];
        }
        Ok(sum.map(|sum| sum / SETS as f64))
    };
    let towers = train(Plan::DEFAULT, seed)?.towers;
    let (pictures, texts) = pictures_held_out(seed);
    let end = apart(towers.images(pictures.view()).view(), towers.texts(texts.view()).view())?;
    let n = SETS * pictures.nrows();
    c.value("gap", end.gap.distance).value("scenes", pictures.nrows());
    c.holds(Plan::DEFAULT, |t, plan: Plan| {
        let [texts, images] = found(plan).unwrap_or([f64::NAN; 2]);
        t.at_least("texts", texts, 0.5).over(n).drawn();
        t.at_least("images", images, 0.5).over(n).drawn();
    })
    .control("untrained", Plan { steps: 0, ..Plan::DEFAULT })
    .control("shuffled", Plan { shuffled: true, ..Plan::DEFAULT });
    Ok(())
}

/// C8: pairs are enough
pub(crate) fn pairs_alone(c: &mut Case) -> Checked {
    /// Far from chance, and far from what is reached.
    const TIMES_CHANCE: f64 = 20.0;
    let (seed, chance) = (c.seed, 1.0 / Scene::all().len() as f64);
    let judged = |plan: Plan| {
        let trained = train(plan, seed)?;
        zero_shot(&trained.towers, &Scene::of(true), EACH, seed)
    };
    let held = Scene::of(true).len() * EACH;
    // Two images with one caption, and a third pair: the first image cannot know which of the two is its own.
    let twice = array![[14.0, 14.0, 0.0], [14.0, 14.0, 0.0], [0.0, 0.0, 14.0]];
    let loss = on_logits(twice.view(), Objective::CLIP)?.loss;
    c.value("all", Scene::all().len()).value("most", softmax(twice.row(0))[0]).value("loss", loss);
    c.holds(Plan::DEFAULT, |t, plan: Plan| {
        t.at_least("named", judged(plan).map_or(f64::NAN, |judged| judged.all), TIMES_CHANCE * chance)
            .over(held)
            .drawn();
    })
    .control("untrained", Plan { steps: 0, ..Plan::DEFAULT })
    .control("shuffled", Plan { shuffled: true, ..Plan::DEFAULT });
    Ok(())
}

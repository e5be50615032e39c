//! C4, C5, C6, C7: the contrastive loss.

use concepts::contrastive::{
    ContrastiveError, Direction, Objective, Sharpness, Side, contrast, lowest_loss, on_logits, recall,
    unit_rows,
};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{normal, rng};
use ndarray::{Array2, array};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::clip::steps::loss::CLIP_BATCH;

/// What logits are pushed to: up where it is below 0.
type Push = fn(&Array2<f64>) -> Array2<f64>;

fn clip(logits: &Array2<f64>) -> Array2<f64> {
    on_logits(logits.view(), Objective::CLIP).map_or_else(|_| logits * f64::NAN, |on| on.by_logits)
}

/// Mean cosine of pairs, and of all others.
fn cosines(x: &Array2<f64>, y: &Array2<f64>) -> (f64, f64) {
    let (all, n) = (x.dot(&y.t()), x.nrows() as f64);
    (all.diag().sum() / n, (all.sum() - all.diag().sum()) / (n * (n - 1.0)))
}

/// C4: pull pairs together, push others apart
pub(crate) fn pull_and_push(c: &mut Case) -> Checked {
    const N: usize = 8;
    const SCALE: f64 = 1.0 / 0.2;
    // All of them lean one way at first, so that there is something to push apart.
    let start = |name| normal((N, 16), 1.0, &mut rng(c.seed, name)) + 1.0;
    let (x, y) = (start("clip C4 images"), start("clip C4 texts"));
    let unit = |z: &Array2<f64>| unit_rows(z.view(), Side::Images);
    let (x, y) = (unit(&x)?, unit(&y)?);
    let before = cosines(&x, &y);
    let descended = |push: Push| -> Result<(f64, f64), ContrastiveError> {
        let (mut x, mut y) = (x.clone(), y.clone());
        for _ in 0..100 {
            let g = push(&(x.dot(&y.t()) * SCALE)) * SCALE;
            (x, y) = (unit(&(&x - &g.dot(&y)))?, unit(&(&y - &g.t().dot(&x)))?);
        }
        Ok(cosines(&x, &y))
    };
    c.value("n", N);
    c.holds(clip as Push, |t, push: Push| {
        let g = push(&x.dot(&y.t()));
        let off = || g.indexed_iter().filter(|((i, j), _)| i != j).map(|(_, g)| *g);
        t.at_most("pull", g.diag().fold(f64::MIN, |a, &b| a.max(b)), -0.01).over(N).drawn();
        t.at_least("push", off().fold(f64::MAX, f64::min), 1e-4).over(N * (N - 1)).drawn();
        let after = descended(push).unwrap_or((f64::NAN, f64::NAN));
        t.at_least("closer", after.0 - before.0, 0.2).over(N).drawn();
        t.at_least("farther", before.1 - after.1, 0.2).over(N * (N - 1)).drawn();
    })
    .control("reversed", |logits| -clip(logits))
    .control("pull-only", |logits| -Array2::eye(logits.nrows()) / logits.nrows() as f64);
    Ok(())
}

/// C5: −log(exp(sim)/Σ exp(sim))
pub(crate) fn no_temperature(c: &mut Case) -> Checked {
    // At best a tenth of what guessing costs: anything that is learnt at all would reach that.
    const SHARE: f64 = 0.1;
    const N: usize = 8;
    let share = |tau: f64| -> Result<f64, ContrastiveError> {
        Ok(lowest_loss(CLIP_BATCH, Sharpness::temperature(tau)?)? / (CLIP_BATCH as f64).ln())
    };
    let floor = lowest_loss(CLIP_BATCH, Sharpness::temperature(1.0)?)?;
    c.value("n", CLIP_BATCH).value("floor", floor).value("guess", (CLIP_BATCH as f64).ln());
    let without = share(1.0)?;
    c.as_written(|t| {
        t.at_most("without", without, SHARE);
    });
    let corners = unit_rows((Array2::eye(N) - 1.0 / N as f64).view(), Side::Images)?;
    c.value("small", N);
    c.corrected(Qualified, 0.07, |t, tau: f64| {
        t.at_most("with", share(tau).unwrap_or(f64::NAN), SHARE);
        let reached = Sharpness::temperature(tau).and_then(|sharp| {
            let reached = contrast(corners.view(), corners.view(), Objective::CLIP, sharp)?.loss;
            Ok(reached - lowest_loss(N, sharp)?)
        });
        t.near("reached", reached.unwrap_or(f64::NAN), 0.0, EXACT_F64).over(N);
    })
    .control("one", 1.0)
    .control("half", 0.5);
    Ok(())
}

/// C6: from image to text only
pub(crate) fn one_direction(c: &mut Case) -> Checked {
    let logits = array![[2.0, 0.0], [5.0, 6.0]];
    let found = recall(logits.view())?;
    let loss = |direction| on_logits(logits.view(), Objective::InfoNce(direction)).map(|on| on.loss);
    c.value("rows", loss(Direction::ImageToText)?).value("columns", loss(Direction::TextToImage)?);
    c.as_written(|t| {
        t.exactly("images-right", found.texts_found, 1.0).over(2);
        t.exactly("texts-right", found.images_found, 1.0).over(2);
    });
    c.corrected(Qualified, Direction::Both, |t, direction| {
        // ln 2 is what guessing costs: the wrong hit must cost more than that.
        t.at_least("seen", loss(direction).unwrap_or(f64::NAN), 2f64.ln()).over(2);
    })
    .control("one-way", Direction::ImageToText);
    Ok(())
}

/// C7: the sum runs over all texts
pub(crate) fn sum_over_all(c: &mut Case) -> Checked {
    const TAU: f64 = 0.1;
    let logits = array![[1.0, -1.0], [-1.0, 1.0]] / TAU;
    let loss = |with: bool| {
        let of = |i: usize| {
            let row = logits.row(i);
            let terms = row.iter().enumerate().filter(|(j, _)| with || *j != i);
            terms.map(|(_, l): (_, &f64)| l.exp()).sum::<f64>().ln() - logits[[i, i]]
        };
        (of(0) + of(1)) / 2.0
    };
    let ours = on_logits(logits.view(), Objective::InfoNce(Direction::ImageToText))?.loss;
    c.value("tau", TAU).value("without", loss(false));
    c.holds(true, |t, with: bool| {
        t.at_least("bound", loss(with), 0.0).over(2);
        t.near("same", loss(with), ours, EXACT_F64).over(2);
    })
    .control("without-positive", false);
    Ok(())
}

//! C6, C10, C12, C14: longer than trained.

use concepts::numerics::rng;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::position::rope::{ntk_base, rope_frequencies};
use concepts::position::{LearnedTable, sinusoidal_frequencies};

use super::{BASE, D, theta};
use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::rope::experiments::extension::{Fit, extended, farthest, fit, incomplete, outside};
use crate::lessons::rope::method::{Extension, Method};

/// Length of training and eight times that, as in the written answer.
const TRAIN: usize = 2048;
const LONG: usize = 16_384;
/// Directions of the fit below this share of the strongest are left out: large coefficients allowed.
const LOOSE: f64 = 1e-10;
/// Only moderate coefficients allowed.
const TIGHT: f64 = 1e-2;

/// C6: extrapolates well, with NTK-aware scaling
pub(crate) fn extrapolates(c: &mut Case) -> Checked {
    let theta = theta()?;
    let outside = |method, len| extended(method, D, BASE, &Extension::usual(TRAIN, len)).outside;
    let (loose, tight) =
        rayon::join(|| fit(&theta, TRAIN, LOOSE, c.seed), || fit(&theta, TRAIN, TIGHT, c.seed));
    let fastest = Method::Yarn.scaling(&Extension::usual(TRAIN, LONG)).frequencies(D, BASE)?[0] / theta[0];
    c.value("len", LONG).value("train", TRAIN).value("plain", outside(Method::Plain, LONG));
    c.value("stretched", outside(Method::Ntk, LONG)).value("inside", loose.inside);
    c.value("beyond", loose.beyond).value("moderate", tight.beyond);
    c.as_written(|t| {
        t.at_most("new-angles", outside(Method::Ntk, LONG), 0.0).over(D / 2);
    });
    let right: (usize, fn(&Fit) -> f64) = (LONG, |fit| fit.beyond);
    c.corrected(Qualified, right, |t, (len, end_of): (usize, fn(&Fit) -> f64)| {
        t.exactly("none", outside(Method::Plain, len), 23.0).over(D / 2);
        t.exactly("pi", outside(Method::Interpolation, len), 0.0).over(D / 2);
        t.exactly("ntk", outside(Method::Ntk, len), 22.0).over(D / 2);
        t.exactly("yarn", outside(Method::Yarn, len), 0.0).over(D / 2);
        t.near(
            "pi-phase",
            extended(Method::Interpolation, D, BASE, &Extension::usual(TRAIN, len)).farthest,
            1.0,
            EXACT_F64,
        );
        t.near("yarn-fastest", fastest, 1.0, EXACT_F64);
        t.at_least("fit-beyond", end_of(&loose) / loose.inside, 1e3).drawn();
        t.at_most("fit-between", loose.between / loose.inside, 2.0).drawn();
    })
    .control("no-longer", (TRAIN, |fit| fit.beyond))
    .control("inside-only", (LONG, |fit| fit.inside));
    Ok(())
}

/// C10: absolute encodings degrade, RoPE extrapolates strongly
pub(crate) fn generalises_better(c: &mut Case) -> Checked {
    const TWICE: usize = 2 * TRAIN;
    let learned = LearnedTable::random(TRAIN, 4, 0.02, &mut rng(c.seed, "Q3 C10"))?;
    let sines = sinusoidal_frequencies(D, BASE)?;
    let world = |len: usize| -> Result<_, Box<dyn std::error::Error + Send + Sync>> {
        let rotary = |method| extended(method, D, BASE, &Extension::usual(TRAIN, len)).outside;
        let refused = f64::from(u8::from(learned.row(len - 1).is_err()));
        let sinusoidal = outside(&sines, &sines, TRAIN, len)?;
        Ok([rotary(Method::Plain), sinusoidal, rotary(Method::Interpolation), refused])
    };
    let [rotary, sinusoidal, ..] = world(TWICE)?;
    c.value("rotary", rotary).value("sinusoidal", sinusoidal).value("train", TRAIN);
    c.as_written(|t| {
        t.at_most("strong", rotary, 0.0).over(D / 2);
    });
    c.corrected(Qualified, world(TWICE)?, |t, [rotary, sinusoidal, rescaled, refused]| {
        t.exactly("plain", rotary, 23.0).over(D / 2);
        t.exactly("sines", sinusoidal, 23.0).over(D / 2);
        t.exactly("rescaled", rescaled, 0.0).over(D / 2);
        t.exactly("learned", refused, 1.0);
    })
    .control("trained-length", world(TRAIN)?);
    Ok(())
}

/// C12: excellent on long texts
pub(crate) fn long_texts(c: &mut Case) -> Checked {
    // Trained on 8192 with the usual base, then moved to the base of LLaMA 3 and used eight times as long.
    const SHORT: usize = 8192;
    const EIGHT_TIMES: usize = 8 * SHORT;
    const LARGER: f64 = 500_000.0;
    let trained = theta()?;
    // Pairs outside, and slow pairs of a model trained from scratch with this base.
    let world = |base: f64| -> Result<_, concepts::position::PositionError> {
        let used = rope_frequencies(D, base)?;
        Ok([outside(&used, &trained, SHORT, EIGHT_TIMES)?, incomplete(&used, SHORT) as f64])
    };
    let [plain, slow] = world(BASE)?;
    c.value("short", SHORT).value("long", EIGHT_TIMES).value("base", LARGER);
    c.value("plain", plain).value("pairs", D / 2);
    c.as_written(|t| {
        t.at_most("excellent", plain, 0.0).over(D / 2);
    });
    c.corrected(Qualified, world(LARGER)?, |t, [moved, slow_of_base]| {
        t.exactly("moved", moved, 0.0).over(D / 2);
        t.exactly("left", plain, 14.0).over(D / 2);
        t.at_least("slow", slow_of_base / slow, 1.5).over(D / 2);
    })
    .control("same-base", world(BASE)?);
    Ok(())
}

/// C14: NTK-aware scaling extends
pub(crate) fn ntk_aware(c: &mut Case) -> Checked {
    const FACTOR: f64 = (LONG / TRAIN) as f64;
    // The first pair that completes no turn in training.
    const SLOW: usize = 41;
    let trained = theta()?;
    let world = |used: Vec<f64>| -> Result<_, concepts::position::PositionError> {
        let last = trained.len() - 1;
        let ends = [used[0] / trained[0], trained[last] / used[last]];
        Ok((ends, [farthest(&used, &trained, TRAIN, LONG)?, outside(&used, &trained, TRAIN, LONG)?]))
    };
    let right = world(rope_frequencies(D, ntk_base(D, BASE, FACTOR)?)?)?;
    c.value("len", LONG).value("factor", FACTOR).value("train", TRAIN);
    let (_, [stretched, left]) = right;
    c.value("left", left).value("stretched", stretched).value("slow", D / 2 - SLOW);
    c.as_written(|t| {
        t.at_most("new-angles", left, 0.0).over(D / 2);
    });
    c.corrected(Qualified, right, |t, ([fastest, slowest], [farthest, outside])| {
        t.near("fastest", fastest, 1.0, EXACT_F64);
        t.near("slowest", slowest, FACTOR, EXACT_F64);
        let by_hand = FACTOR.powf(1.0 - (2 * SLOW) as f64 / (D - 2) as f64);
        t.near("farthest", farthest, by_hand, EXACT_F64).over(D / 2 - SLOW);
        t.exactly("outside", outside, 22.0).over(D / 2);
    })
    .control("no-exponent", world(rope_frequencies(D, BASE * FACTOR)?)?)
    .control(
        "interpolation",
        world(Method::Interpolation.scaling(&Extension::usual(TRAIN, LONG)).frequencies(D, BASE)?)?,
    );
    Ok(())
}

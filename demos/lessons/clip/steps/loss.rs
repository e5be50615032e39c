//! The loss: formulas, how low it can fall, gradients, two directions.

use concepts::contrastive::{
    Contrast, ContrastiveError, Direction, Objective, PICTURES, PIXELS, Scene, Sharpness, contrast,
    lowest_loss, on_logits,
};
use concepts::numerics::tolerance::DIFFERENCE_STEP;
use concepts::numerics::{central_difference, normal, relative_error, rng};
use ndarray::{Array2, array};

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::number::unrounded;
use crate::lessons::clip::WORDS;
use crate::lessons::clip::setup::{SIGLIP_BIAS, Setup};
use crate::row;

/// Temperatures of the table, besides the chosen one.
const TEMPERATURES: [f64; 4] = [1.0, 0.5, 0.1, 0.01];
/// The temperature that CLIP begins with.
const CLIP_TEMPERATURE: f64 = 0.07;
/// CLIP's batch.
pub(crate) const CLIP_BATCH: usize = 32_768;

pub(crate) fn loss(setup: &Setup) -> Result<Findings, ContrastiveError> {
    let mut f = Findings::default();
    f.number("scenes", Scene::all().len() as f64);
    f.number("seen", Scene::of(false).len() as f64);
    f.number("held", Scene::of(true).len() as f64);
    f.number("each_seen", PICTURES as f64);
    f.number("training_pictures", (Scene::of(false).len() * PICTURES) as f64);
    f.number("pixels", PIXELS as f64);
    f.formula(
        "f_logits",
        r"\ell_{ij} = \hat x_i \cdot \hat y_j / \tau,\quad \hat x = x/\lVert x\rVert,\ \hat y = y/\lVert y\rVert",
        "ℓᵢⱼ = x̂ᵢ·ŷⱼ / τ    x̂ = x/‖x‖    ŷ = y/‖y‖",
    );
    f.formula(
        "f_infonce",
        r"L = \tfrac12\Bigl[-\tfrac1N\sum_i \ln\frac{e^{\ell_{ii}}}{\sum_j e^{\ell_{ij}}} - \tfrac1N\sum_j \ln\frac{e^{\ell_{jj}}}{\sum_i e^{\ell_{ij}}}\Bigr]",
        "L = ½·[ −1/N Σᵢ ln(e^ℓᵢᵢ / Σⱼ e^ℓᵢⱼ)  −  1/N Σⱼ ln(e^ℓⱼⱼ / Σᵢ e^ℓᵢⱼ) ]",
    );
    f.formula(
        "f_siglip",
        r"L = -\tfrac1N\sum_{ij} \ln\sigma\bigl(z_{ij}(\ell_{ij} + b)\bigr),\quad z_{ii} = 1,\ z_{i\neq j} = -1",
        "L = −1/N Σᵢⱼ ln σ(zᵢⱼ·(ℓᵢⱼ + b))    zᵢᵢ = 1    zᵢⱼ = −1 (i ≠ j)",
    );
    f.formula(
        "f_floor",
        r"L \ge \ln\bigl(1 + (N-1)\,e^{-N/((N-1)\tau)}\bigr)",
        "L ≥ ln(1 + (N − 1)·e^(−N/((N − 1)·τ)))",
    );
    f.table("floors", floors(setup)?);
    f.number("temperature", setup.temperature);
    f.number("batch", setup.plan.batch as f64);
    f.number("large_batch", CLIP_BATCH as f64);
    f.number("large_floor", lowest_loss(CLIP_BATCH, Sharpness::temperature(1.0)?)?);
    f.number("large_guess", (CLIP_BATCH as f64).ln());
    // A negative of cosine 1/2 against one of cosine 0: what a softmax makes of them.
    f.number("weight_one", 0.5_f64.exp());
    f.number("weight_clip", (0.5 / CLIP_TEMPERATURE).exp());
    f.number("tau_clip", CLIP_TEMPERATURE);
    directions(&mut f)?;
    gradients(&mut f, setup)?;
    Ok(f)
}

/// How low the loss can fall, by temperature; a batch of two has no column of its own beside that of two pairs.
fn floors(setup: &Setup) -> Result<Table, ContrastiveError> {
    let batch = setup.plan.batch;
    let (id, sizes) =
        if batch == 2 { ("floors_two", vec![2, CLIP_BATCH]) } else { ("floors", vec![2, batch, CLIP_BATCH]) };
    let mut grid = Grid::new(id, &WORDS).value("batch", batch).value("large", CLIP_BATCH);
    let mut taus = TEMPERATURES.to_vec();
    taus.push(setup.temperature);
    taus.sort_by(|a, b| b.total_cmp(a));
    taus.dedup();
    for tau in taus {
        let sharp = Sharpness::temperature(tau)?;
        let mut cells = row![unrounded(tau)];
        for &n in &sizes {
            cells.push(lowest_loss(n, sharp)?.into());
        }
        grid = grid.row(cells);
    }
    Ok(grid.table())
}

/// Two pairs, of which one text prefers the wrong image.
fn directions(f: &mut Findings) -> Result<(), ContrastiveError> {
    let logits = array![[2.0, 0.0], [5.0, 6.0]];
    let loss = |direction| on_logits(logits.view(), Objective::InfoNce(direction)).map(|on| on.loss);
    f.number("rows_loss", loss(Direction::ImageToText)?);
    f.number("columns_loss", loss(Direction::TextToImage)?);
    f.number("both_loss", loss(Direction::Both)?);
    Ok(())
}

/// Gradients by embeddings and by the temperature, against central differences.
fn gradients(f: &mut Findings, setup: &Setup) -> Result<(), ContrastiveError> {
    f.formula(
        "f_gradient",
        r"\partial L/\partial \ell = (P_{\mathrm{row}} + P_{\mathrm{col}} - 2I)/(2N)",
        "∂L/∂ℓ = (P_row + P_col − 2I) / 2N",
    );
    f.formula(
        "f_scale",
        r"\partial L/\partial s = \sum_{ij} \frac{\partial L}{\partial \ell_{ij}}\, \hat x_i\cdot\hat y_j,\quad s = 1/\tau,\quad \partial L/\partial\tau = -s^2\,\partial L/\partial s",
        "∂L/∂s = Σᵢⱼ ∂L/∂ℓᵢⱼ · x̂ᵢ·ŷⱼ    s = 1/τ    ∂L/∂τ = −s²·∂L/∂s",
    );
    let mut draws = rng(setup.seed, "clip gradients");
    let (x, y) = (normal((8, 6), 0.4, &mut draws), normal((8, 6), 0.4, &mut draws));
    let mut grid = Grid::new("gradients", &WORDS).value("n", x.nrows()).value("d", x.ncols());
    for (id, objective, bias) in
        [("infonce", Objective::CLIP, 0.0), ("siglip", Objective::SigLip, SIGLIP_BIAS)]
    {
        let sharp = Sharpness { bias, ..Sharpness::temperature(1.0 / 7.0)? };
        let made = contrast(x.view(), y.view(), objective, sharp)?;
        let of = |x: &Array2<f64>, y: &Array2<f64>, sharp| {
            contrast(x.view(), y.view(), objective, sharp).map_or(f64::NAN, |made: Contrast| made.loss)
        };
        let by_x = central_difference(|x| of(x, &y, sharp), &x, DIFFERENCE_STEP);
        let by_y = central_difference(|y| of(&x, y, sharp), &y, DIFFERENCE_STEP);
        let by_scale = central_difference(
            |s| of(&x, &y, Sharpness { scale: s[[0, 0]], bias }),
            &array![[sharp.scale]],
            DIFFERENCE_STEP,
        );
        grid = grid.said(
            id,
            row![
                relative_error(&made.by_images, &by_x),
                relative_error(&made.by_texts, &by_y),
                relative_error(&array![[made.by_scale]], &by_scale)
            ],
        );
    }
    f.table("gradients", grid.table());
    Ok(())
}

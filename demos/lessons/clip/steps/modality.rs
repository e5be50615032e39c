//! The modality gap: measured before and after training, and closed by hand.

use concepts::contrastive::{ContrastiveError, Towers};

use crate::kit::findings::{Cell, Findings};
use crate::kit::grid::Grid;
use crate::lessons::clip::WORDS;
use crate::lessons::clip::experiments::cones::{Apart, apart, closed};
use crate::lessons::clip::experiments::scenes::pictures_held_out;
use crate::lessons::clip::setup::Setup;
use crate::row;

pub(crate) fn modality(setup: &Setup) -> Result<Findings, ContrastiveError> {
    let mut f = Findings::default();
    let (pictures, captions) = pictures_held_out(setup.seed);
    let of = |towers: &Towers| (towers.images(pictures.view()), towers.texts(captions.view()));
    let (before, after) = (of(&setup.trained.before), of(&setup.trained.towers));
    let moved = closed(after.0.view(), after.1.view())?;
    f.formula(
        "f_gap",
        r"\Delta = \Bigl\|\tfrac1N\sum_i \hat x_i - \tfrac1N\sum_j \hat y_j\Bigr\|",
        "Δ = ‖ 1/N Σᵢ x̂ᵢ − 1/N Σⱼ ŷⱼ ‖",
    );
    let end = apart(after.0.view(), after.1.view())?;
    let grid = Grid::new("gaps", &WORDS)
        .value("n", pictures.nrows())
        .said("before", cells(&apart(before.0.view(), before.1.view())?))
        .said("after", cells(&end))
        .said("closed", cells(&moved));
    f.table("gaps", grid.table());
    // A softmax does not see what is added to all of a row; a sigmoid of each pair has no row.
    f.words("gap_said", WORDS.get(if setup.siglip() { "gap_said.siglip" } else { "gap_said" }));
    f.number("gap", end.gap.distance);
    Ok(f)
}

fn cells(apart: &Apart) -> Vec<Cell> {
    row![apart.gap.distance, apart.gap.apart, apart.recall.texts_found, apart.recall.images_found]
}

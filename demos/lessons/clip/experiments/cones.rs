//! What moving the two halves together does to retrieval.

use concepts::contrastive::{ContrastiveError, Gap, Recall, Side, gap, recall, unit_rows};
use ndarray::{Array2, ArrayView2, Axis};

/// How far apart, and who finds whom.
pub(crate) struct Apart {
    pub gap: Gap,
    pub recall: Recall,
}

pub(crate) fn apart(images: ArrayView2<f64>, texts: ArrayView2<f64>) -> Result<Apart, ContrastiveError> {
    let (x, y) = (unit_rows(images, Side::Images)?, unit_rows(texts, Side::Texts)?);
    Ok(Apart { gap: gap(x.view(), y.view())?, recall: recall(x.dot(&y.t()).view())? })
}

/// The same after the mean of each half was taken away: the gap is closed, pairs keep their places in it.
pub(crate) fn closed(images: ArrayView2<f64>, texts: ArrayView2<f64>) -> Result<Apart, ContrastiveError> {
    let centred = |z: ArrayView2<f64>, side| -> Result<Array2<f64>, ContrastiveError> {
        let unit = unit_rows(z, side)?;
        let mean = unit.sum_axis(Axis(0)) / unit.nrows() as f64;
        Ok(unit - &mean)
    };
    apart(centred(images, Side::Images)?.view(), centred(texts, Side::Texts)?.view())
}

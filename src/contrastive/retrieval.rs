//! Finding the other half, and how far the two halves lie apart.

use ndarray::{ArrayView2, Axis};

use super::embed::{finite, mean_row, paired};
use super::error::Side::{Images, Similarities, Texts};
use super::{ContrastiveError, unit_rows};

/// How often the first hit is the right one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recall {
    /// Images that find their text, as a share.
    pub texts_found: f64,
    /// Texts that find their image, as a share.
    pub images_found: f64,
}

/// Retrieval at 1 in both directions. A tie with another candidate counts as a miss.
///
/// # Shapes
/// `similarities (N, N)`, pairs on the diagonal
///
/// # Errors
/// [`ContrastiveError`]
///
/// # Examples
/// ```
/// use concepts::contrastive::recall;
/// use ndarray::array;
/// let found = recall(array![[2.0, 0.0], [5.0, 6.0]].view())?;
/// assert_eq!((found.texts_found, found.images_found), (1.0, 0.5));
/// # Ok::<(), concepts::contrastive::ContrastiveError>(())
/// ```
pub fn recall(similarities: ArrayView2<f64>) -> Result<Recall, ContrastiveError> {
    paired(similarities.dim(), (similarities.ncols(), similarities.ncols()))?;
    finite(similarities, Similarities)?;
    let share = |view: ArrayView2<f64>| {
        let first = |(i, row): (usize, ndarray::ArrayView1<f64>)| {
            row.iter().enumerate().all(|(j, &other)| j == i || other < row[i])
        };
        view.outer_iter().enumerate().map(first).filter(|&found| found).count() as f64 / view.nrows() as f64
    };
    Ok(Recall { texts_found: share(similarities), images_found: share(similarities.t()) })
}

/// How two sets of directions lie to each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Distance of the two means of unit vectors: 0 to 2.
    pub distance: f64,
    /// Share of vectors that lie on their own side of the plane halfway between the means: ½ means that the two
    /// sets cannot be told apart so, 1 that they do not overlap.
    pub apart: f64,
}

/// The modality gap.
///
/// # Formula
/// `‖mean(x̂) − mean(ŷ)‖`
///
/// # Shapes
/// `images (N, d)`, `texts (M, d)`; the numbers may differ
///
/// # Errors
/// [`ContrastiveError`]
///
/// # Reference
/// Liang et al. 2022, *Mind the Gap*.
///
/// # Examples
/// ```
/// use concepts::contrastive::gap;
/// use ndarray::array;
/// let right = array![[1.0, 0.1], [1.0, -0.1]];
/// let left = array![[-1.0, 0.1], [-1.0, -0.1]];
/// let far = gap(right.view(), left.view())?;
/// assert!(far.distance > 1.9 && far.apart == 1.0);
/// assert_eq!(gap(right.view(), right.view())?.distance, 0.0);
/// # Ok::<(), concepts::contrastive::ContrastiveError>(())
/// ```
pub fn gap(images: ArrayView2<f64>, texts: ArrayView2<f64>) -> Result<Gap, ContrastiveError> {
    if images.ncols() != texts.ncols() {
        return Err(ContrastiveError::Widths { images: images.ncols(), texts: texts.ncols() });
    }
    if images.is_empty() || texts.is_empty() {
        return Err(ContrastiveError::TooFewPairs { pairs: images.nrows().min(texts.nrows()) });
    }
    let (x, y) = (unit_rows(images, Images)?, unit_rows(texts, Texts)?);
    let (mean_x, mean_y) = (mean_row(x.view()), mean_row(y.view()));
    let between = &mean_x - &mean_y;
    let middle = between.dot(&(&mean_x + &mean_y)) / 2.0;
    let side = |z: &ndarray::Array2<f64>, sign: f64| -> f64 {
        // On the plane itself counts as half.
        let of = |z: ndarray::ArrayView1<f64>| {
            let at = sign * (z.dot(&between) - middle);
            if at > 0.0 {
                1.0
            } else if at == 0.0 {
                0.5
            } else {
                0.0
            }
        };
        z.axis_iter(Axis(0)).map(of).sum()
    };
    let apart = (side(&x, 1.0) + side(&y, -1.0)) / (x.nrows() + y.nrows()) as f64;
    Ok(Gap { distance: between.dot(&between).sqrt(), apart })
}

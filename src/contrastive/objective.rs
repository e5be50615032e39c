//! InfoNCE and SigLIP's loss on a matrix of logits, with their gradients, line by line.

use ndarray::{Array2, ArrayView1, ArrayView2, Axis};

use super::ContrastiveError;
use super::embed::{finite, paired};
use super::error::Side::Similarities;
use crate::numerics::softmax::log_softmax;
use crate::numerics::{sigmoid, softplus};

/// Which half of a pair looks for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Each image among all texts: the rows.
    ImageToText,
    /// Each text among all images: the columns.
    TextToImage,
    /// The mean of both, as CLIP has it.
    Both,
}

/// What is minimised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objective {
    /// A softmax over the batch.
    InfoNce(Direction),
    /// A sigmoid for every pair.
    SigLip,
}

impl Objective {
    /// InfoNCE in both directions.
    pub const CLIP: Objective = Objective::InfoNce(Direction::Both);
}

/// A loss with its gradient by the logits.
#[derive(Debug, Clone, PartialEq)]
pub struct OnLogits {
    /// The loss.
    pub loss: f64,
    /// `∂L/∂logits`, of their shape.
    pub by_logits: Array2<f64>,
}

/// The loss of a matrix of logits: row `i` an image, column `j` a text, the pairs on the diagonal.
///
/// # Formula
/// InfoNCE, rows: `−1/N Σᵢ ln softmaxⱼ(lᵢⱼ)[i]`, gradient `(P − I)/N`; columns alike; both: their mean,
/// gradient `(P_row + P_col − 2I)/(2N)`.
/// SigLIP: `−1/N Σᵢⱼ ln σ(zᵢⱼ lᵢⱼ)`, `z` 1 on the diagonal and −1 off it, gradient `−z σ(−z l)/N`.
///
/// # Shapes
/// `logits (N, N)` → a number and `(N, N)`
///
/// # Errors
/// [`ContrastiveError::TooFewPairs`], [`ContrastiveError::Unpaired`], [`ContrastiveError::NotFinite`].
///
/// # Reference
/// Radford et al. 2021, *Learning Transferable Visual Models From Natural Language Supervision*, Figure 3;
/// Zhai et al. 2023, *Sigmoid Loss for Language Image Pre-Training*, Algorithm 1.
///
/// # Examples
/// ```
/// use concepts::contrastive::{Direction, Objective, on_logits};
/// use ndarray::array;
/// let logits = array![[2.0, 0.0], [5.0, 6.0]];
/// let rows = on_logits(logits.view(), Objective::InfoNce(Direction::ImageToText))?.loss;
/// let columns = on_logits(logits.view(), Objective::InfoNce(Direction::TextToImage))?.loss;
/// // Each image prefers its own text; the first text prefers the other image.
/// assert!(rows < 0.3 && columns > 1.5);
/// assert_eq!(on_logits(logits.view(), Objective::CLIP)?.loss, (rows + columns) / 2.0);
/// # Ok::<(), concepts::contrastive::ContrastiveError>(())
/// ```
pub fn on_logits(logits: ArrayView2<f64>, objective: Objective) -> Result<OnLogits, ContrastiveError> {
    paired(logits.dim(), (logits.ncols(), logits.ncols()))?;
    finite(logits, Similarities)?;
    Ok(match objective {
        Objective::InfoNce(Direction::ImageToText) => by_rows(logits),
        Objective::InfoNce(Direction::TextToImage) => turned(by_rows(logits.t())),
        Objective::InfoNce(Direction::Both) => {
            let (rows, columns) = (by_rows(logits), turned(by_rows(logits.t())));
            let by_logits = (rows.by_logits + columns.by_logits) / 2.0;
            OnLogits { loss: (rows.loss + columns.loss) / 2.0, by_logits }
        }
        Objective::SigLip => every_pair(logits),
    })
}

/// The loss of each image among all texts, or of each text among all images.
///
/// # Errors
/// As [`on_logits`].
///
/// # Examples
/// ```
/// use concepts::contrastive::losses_by_row;
/// use ndarray::array;
/// let losses = losses_by_row(array![[0.0, 0.0], [800.0, 0.0]].view())?;
/// assert_eq!(losses, [2f64.ln(), 800.0]);
/// // far below the rounding of 1, and still not 0
/// let losses = losses_by_row(array![[50.0, 0.0], [0.0, 50.0]].view())?;
/// assert!((losses[0] / (-50f64).exp() - 1.0).abs() < 1e-12);
/// # Ok::<(), concepts::contrastive::ContrastiveError>(())
/// ```
pub fn losses_by_row(logits: ArrayView2<f64>) -> Result<Vec<f64>, ContrastiveError> {
    paired(logits.dim(), (logits.ncols(), logits.ncols()))?;
    finite(logits, Similarities)?;
    Ok(logits.outer_iter().enumerate().map(|(i, row)| cost(row, i)).collect())
}

/// `−ln softmax(row)_own`, from how far the others are behind: nothing is rounded beside 1.
fn cost(row: ArrayView1<f64>, own: usize) -> f64 {
    let others = row.iter().enumerate().filter(|(j, _)| *j != own);
    let behind: Vec<f64> = others.map(|(_, logit)| logit - row[own]).collect();
    let most = behind.iter().fold(0.0, |most: f64, &other| most.max(other));
    if most.is_infinite() {
        return most;
    }
    let sum: f64 = behind.iter().map(|other| libm::exp(other - most)).sum();
    if most > 0.0 { most + libm::log(libm::exp(-most) + sum) } else { libm::log1p(sum) }
}

fn by_rows(logits: ArrayView2<f64>) -> OnLogits {
    let n = logits.nrows() as f64;
    let mut loss = 0.0;
    let mut by_logits = Array2::zeros(logits.dim());
    for (i, row) in logits.outer_iter().enumerate() {
        let log_p = log_softmax(row);
        loss -= log_p[i] / n;
        by_logits.row_mut(i).assign(&(log_p.mapv(f64::exp) / n));
        by_logits[[i, i]] -= 1.0 / n;
    }
    OnLogits { loss, by_logits }
}

fn turned(other: OnLogits) -> OnLogits {
    OnLogits { by_logits: other.by_logits.reversed_axes(), ..other }
}

fn every_pair(logits: ArrayView2<f64>) -> OnLogits {
    let n = logits.len_of(Axis(0)) as f64;
    let mut loss = 0.0;
    let by_logits = Array2::from_shape_fn(logits.dim(), |(i, j)| {
        let z = if i == j { 1.0 } else { -1.0 };
        let against = -z * logits[[i, j]];
        // −ln σ(−a) = ln(1 + e^a)
        loss += softplus(against) / n;
        -z * sigmoid(against) / n
    });
    OnLogits { loss, by_logits }
}

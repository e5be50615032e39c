use ndarray::Array2;

use super::ClassicalError;
use super::words::Part;

/// A linear chain of scores, as a conditional random field has it for one sentence.
///
/// The scores may be anything: sums of weights of features, outputs of an LSTM, logarithms of probabilities. With
/// `ln A` and `ln B` it is a hidden Markov model, see [`HiddenMarkov::chain`](super::HiddenMarkov::chain).
///
/// # Formula
/// `s(y) = Σₜ at(t, yₜ) + Σₜ between(yₜ₋₁, yₜ)`, `P(y | x) = e^s(y) / Z`, `Z = Σ_y e^s(y)`
///
/// # Shapes
/// `at (n, K)`, `between (K, K)`: n words, K tags; −∞ is what cannot be
///
/// # Reference
/// Lafferty, McCallum & Pereira 2001, *Conditional Random Fields*.
///
/// # Examples
/// ```
/// use concepts::classical::Chain;
/// use ndarray::array;
/// let chain = Chain::new(array![[1.0, 0.0], [0.0, 0.5]], array![[0.0, -2.0], [0.0, 0.0]])?;
/// assert_eq!(chain.best()?, (vec![0, 0], 1.0)); // 1 + 0 + 0, against 1 − 2 + 0.5
/// let z = 1f64.exp() + (-0.5f64).exp() + 0f64.exp() + 0.5f64.exp();
/// assert!((chain.log_partition()? - z.ln()).abs() < 1e-15);
/// # Ok::<(), concepts::classical::ClassicalError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    words: usize,
    tags: usize,
    at: Vec<f64>,
    /// By the tag that follows, so that a row holds all that may stand before it.
    between: Vec<f64>,
}

impl Chain {
    /// A chain of these scores.
    ///
    /// # Errors
    /// [`ClassicalError`] without words or tags, if the shapes do not fit, or for a score of NaN or +∞.
    pub fn new(at: Array2<f64>, between: Array2<f64>) -> Result<Chain, ClassicalError> {
        let (words, tags) = at.dim();
        for (what, count) in [(Part::Words, words), (Part::Tags, tags)] {
            if count == 0 {
                return Err(ClassicalError::None { what });
            }
        }
        for actual in [between.nrows(), between.ncols()] {
            if actual != tags {
                return Err(ClassicalError::Shape { what: Part::Tags, actual, expected: tags });
            }
        }
        let none = |score: &&f64| score.is_nan() || **score == f64::INFINITY;
        if let Some(&value) = at.iter().chain(&between).find(none) {
            return Err(ClassicalError::Score { value });
        }
        let (at, between) = (at.iter().copied().collect(), between.t().iter().copied().collect());
        Ok(Chain { words, tags, at, between })
    }

    /// Number of words.
    pub fn words(&self) -> usize {
        self.words
    }

    /// Number of tags.
    pub fn tags(&self) -> usize {
        self.tags
    }

    /// The score of a path.
    ///
    /// # Errors
    /// [`ClassicalError`] if the path has another length or an unknown tag.
    pub fn score(&self, path: &[usize]) -> Result<f64, ClassicalError> {
        if path.len() != self.words {
            return Err(ClassicalError::Shape { what: Part::Tags, actual: path.len(), expected: self.words });
        }
        if let Some(&given) = path.iter().find(|&&tag| tag >= self.tags) {
            return Err(ClassicalError::Unknown { what: Part::Tags, given, last: self.tags - 1 });
        }
        let at: f64 = path.iter().enumerate().map(|(t, &tag)| self.at[t * self.tags + tag]).sum();
        let between: f64 = path.windows(2).map(|pair| self.between[pair[1] * self.tags + pair[0]]).sum();
        Ok(at + between)
    }

    /// The best path and its score, in two buffers of K numbers and one of the places to go back to. Of equals the
    /// first tag.
    ///
    /// # Errors
    /// [`ClassicalError::NoPath`] if every path has a score of −∞.
    pub fn best(&self) -> Result<(Vec<usize>, f64), ClassicalError> {
        let k = self.tags;
        let mut before = self.at[..k].to_vec();
        let mut now = vec![0.0; k];
        let mut back = vec![0_u32; self.words * k];
        for t in 1..self.words {
            for j in 0..k {
                let (mut from, mut most) = (0, f64::NEG_INFINITY);
                for (i, (past, step)) in before.iter().zip(&self.between[j * k..]).enumerate() {
                    if past + step > most {
                        (from, most) = (i, past + step);
                    }
                }
                back[t * k + j] = from as u32;
                now[j] = most + self.at[t * k + j];
            }
            std::mem::swap(&mut before, &mut now);
        }
        let last = (0..k).fold(0, |best, j| if before[j] > before[best] { j } else { best });
        if before[last] == f64::NEG_INFINITY {
            return Err(ClassicalError::NoPath);
        }
        let mut path = vec![last; self.words];
        for t in (1..self.words).rev() {
            path[t - 1] = back[t * k + path[t]] as usize;
        }
        Ok((path, before[last]))
    }

    /// `ln Z`, by the forward recursion in logarithms.
    ///
    /// # Errors
    /// [`ClassicalError::NoPath`] if every path has a score of −∞.
    pub fn log_partition(&self) -> Result<f64, ClassicalError> {
        let forward = self.forward();
        match log_sum(forward[(self.words - 1) * self.tags..].iter().copied()) {
            f64::NEG_INFINITY => Err(ClassicalError::NoPath),
            ln_z => Ok(ln_z),
        }
    }

    /// `P(yₜ = j | x)`, `(n, K)`: also the gradient of `ln Z` for the scores at the words.
    ///
    /// # Errors
    /// [`ClassicalError::NoPath`] if every path has a score of −∞.
    pub fn marginals(&self) -> Result<Array2<f64>, ClassicalError> {
        let (k, ln_z) = (self.tags, self.log_partition()?);
        let forward = self.forward();
        let mut behind = vec![0.0; k];
        let mut marginals = Array2::zeros((self.words, k));
        for t in (0..self.words).rev() {
            for j in 0..k {
                marginals[[t, j]] = (forward[t * k + j] + behind[j] - ln_z).exp();
            }
            let reach =
                |i: usize| log_sum((0..k).map(|j| self.between[j * k + i] + self.at[t * k + j] + behind[j]));
            behind = (0..k).map(reach).collect();
        }
        Ok(marginals)
    }

    /// `ln α`, word by word.
    fn forward(&self) -> Vec<f64> {
        let k = self.tags;
        let mut alpha = self.at.clone();
        for t in 1..self.words {
            for j in 0..k {
                let past = &alpha[(t - 1) * k..t * k];
                let sum = log_sum(past.iter().zip(&self.between[j * k..]).map(|(a, b)| a + b));
                alpha[t * k + j] += sum;
            }
        }
        alpha
    }
}

/// `ln Σ eˣ`, −∞ for nothing but −∞.
fn log_sum(all: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = all.clone().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY { most } else { most + all.map(|x| (x - most).exp()).sum::<f64>().ln() }
}

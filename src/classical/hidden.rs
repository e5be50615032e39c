use ndarray::{Array1, Array2, ArrayView1};

use super::error::positive;
use super::words::{Part, Quantity};
use super::{Chain, ClassicalError};
use crate::numerics::tolerance::ORACLE_F64;

/// A hidden Markov model: a hidden tag follows a hidden tag, and each tag says a symbol.
///
/// # Formula
/// `P(y, x) = π(y₁)·B(y₁, x₁)·Πₜ A(yₜ₋₁, yₜ)·B(yₜ, xₜ)`
///
/// # Shapes
/// `π (K)`, `A (K, K)`, `B (K, V)`: K tags, V symbols; each row sums to 1
///
/// # Reference
/// Rabiner 1989, *A tutorial on hidden Markov models*.
///
/// # Examples
/// ```
/// use concepts::classical::HiddenMarkov;
/// use ndarray::array;
/// let model = HiddenMarkov::new(
///     array![0.6, 0.4],
///     array![[0.7, 0.3], [0.4, 0.6]],
///     array![[0.5, 0.4, 0.1], [0.1, 0.3, 0.6]],
/// )?;
/// let best = model.viterbi(&[0, 1, 2])?;
/// assert_eq!(best.tags, [0, 0, 1]);
/// assert!((best.ln_probability.exp() - 0.6 * 0.5 * 0.7 * 0.4 * 0.3 * 0.6).abs() < 1e-15);
/// # Ok::<(), concepts::classical::ClassicalError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct HiddenMarkov {
    start: Array1<f64>,
    transition: Array2<f64>,
    emission: Array2<f64>,
}

/// The best path, and how it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// A tag for each word.
    pub tags: Vec<usize>,
    /// `ln P(tags, words)`
    pub ln_probability: f64,
    /// δ `(n, K)`: the best `ln P` of a path that ends in a tag at a word.
    pub trellis: Array2<f64>,
}

impl HiddenMarkov {
    /// A model of these probabilities.
    ///
    /// # Errors
    /// [`ClassicalError`] if a shape does not fit or a row is no distribution.
    pub fn new(
        start: Array1<f64>,
        transition: Array2<f64>,
        emission: Array2<f64>,
    ) -> Result<Self, ClassicalError> {
        let tags = start.len();
        for (what, count) in [(Part::Tags, tags), (Part::Symbols, emission.ncols())] {
            if count == 0 {
                return Err(ClassicalError::None { what });
            }
        }
        for actual in [transition.nrows(), transition.ncols(), emission.nrows()] {
            if actual != tags {
                return Err(ClassicalError::Shape { what: Part::Tags, actual, expected: tags });
            }
        }
        distribution(1, start.view())?;
        for table in [&transition, &emission] {
            for (row, chances) in table.rows().into_iter().enumerate() {
                distribution(row + 1, chances)?;
            }
        }
        Ok(HiddenMarkov { start, transition, emission })
    }

    /// A model from tagged sequences by counting, with `smoothing` added to every count.
    ///
    /// # Formula
    /// `A(i, j) = (count(i→j) + λ) / (count(i→·) + K·λ)`, likewise for π and B
    ///
    /// # Errors
    /// [`ClassicalError`] if a tag or a symbol is not below `tags` and `symbols`, lengths differ, or the smoothing
    /// is not above 0.
    pub fn count(
        sequences: &[(Vec<usize>, Vec<usize>)],
        (tags, symbols): (usize, usize),
        smoothing: f64,
    ) -> Result<Self, ClassicalError> {
        HiddenMarkov::count_also(sequences, (tags, symbols), smoothing, &[])
    }

    /// As [`HiddenMarkov::count`], with further emissions `(tag, symbol)` that belong to no sequence.
    pub(super) fn count_also(
        sequences: &[(Vec<usize>, Vec<usize>)],
        (tags, symbols): (usize, usize),
        smoothing: f64,
        emissions: &[(usize, usize)],
    ) -> Result<Self, ClassicalError> {
        positive(Quantity::Smoothing, smoothing)?;
        let mut start = Array1::from_elem(tags, smoothing);
        let mut transition = Array2::from_elem((tags, tags), smoothing);
        let mut emission = Array2::from_elem((tags, symbols), smoothing);
        for (words, path) in sequences {
            if words.len() != path.len() {
                return Err(ClassicalError::Shape {
                    what: Part::Tags,
                    actual: path.len(),
                    expected: words.len(),
                });
            }
            below(Part::Tags, path, tags)?;
            below(Part::Symbols, words, symbols)?;
            if let Some(&first) = path.first() {
                start[first] += 1.0;
            }
            path.windows(2).for_each(|pair| transition[[pair[0], pair[1]]] += 1.0);
            path.iter().zip(words).for_each(|(&tag, &word)| emission[[tag, word]] += 1.0);
        }
        emissions.iter().for_each(|&(tag, symbol)| emission[[tag, symbol]] += 1.0);
        start /= start.sum();
        for table in [&mut transition, &mut emission] {
            for mut row in table.rows_mut() {
                row /= row.sum();
            }
        }
        HiddenMarkov::new(start, transition, emission)
    }

    /// Number of tags.
    pub fn tags(&self) -> usize {
        self.start.len()
    }

    /// Number of symbols.
    pub fn symbols(&self) -> usize {
        self.emission.ncols()
    }

    /// `A (K, K)`: how probable a tag is behind another.
    pub fn transition(&self) -> &Array2<f64> {
        &self.transition
    }

    /// `B (K, V)`: how probable a symbol is for a tag.
    pub fn emission(&self) -> &Array2<f64> {
        &self.emission
    }

    /// The most probable path: the readable twin of [`Chain::best`].
    ///
    /// # Formula
    /// `δ₁(j) = ln π(j) + ln B(j, x₁)`,
    /// `δₜ(j) = maxᵢ (δₜ₋₁(i) + ln A(i, j)) + ln B(j, xₜ)`; the path is read backwards. Of equals the first.
    ///
    /// # Shapes
    /// n words → n tags, in `n·K²` steps instead of `Kⁿ` paths
    ///
    /// # Errors
    /// [`ClassicalError`] without words, for an unknown symbol, or if every path has a probability of 0.
    ///
    /// # Reference
    /// Viterbi 1967; Forney 1973, *The Viterbi Algorithm*.
    pub fn viterbi(&self, words: &[usize]) -> Result<Decoded, ClassicalError> {
        self.check(words)?;
        let (n, k) = (words.len(), self.tags());
        let mut delta = Array2::from_elem((n, k), f64::NEG_INFINITY);
        // Where the best path to a tag comes from; the first row is not used.
        let mut back = Array2::zeros((n, k));
        for j in 0..k {
            delta[[0, j]] = self.start[j].ln() + self.emission[[j, words[0]]].ln();
        }
        for t in 1..n {
            for j in 0..k {
                let reach = |i: usize| delta[[t - 1, i]] + self.transition[[i, j]].ln();
                let from = (0..k).fold(0, |best, i| if reach(i) > reach(best) { i } else { best });
                back[[t, j]] = from;
                delta[[t, j]] = reach(from) + self.emission[[j, words[t]]].ln();
            }
        }
        let last = (0..k).fold(0, |best, j| if delta[[n - 1, j]] > delta[[n - 1, best]] { j } else { best });
        let ln_probability = delta[[n - 1, last]];
        if ln_probability == f64::NEG_INFINITY {
            return Err(ClassicalError::NoPath);
        }
        let mut tags = vec![last; n];
        for t in (1..n).rev() {
            tags[t - 1] = back[[t, tags[t]]];
        }
        Ok(Decoded { tags, ln_probability, trellis: delta })
    }

    /// `ln P(x)`, summed over all paths by the forward algorithm, in probabilities that are scaled at each word.
    ///
    /// # Formula
    /// `α₁(j) = π(j)·B(j, x₁)`, `αₜ(j) = Σᵢ αₜ₋₁(i)·A(i, j)·B(j, xₜ)`, `P(x) = Σⱼ αₙ(j)`
    ///
    /// # Errors
    /// As [`HiddenMarkov::viterbi`].
    pub fn forward(&self, words: &[usize]) -> Result<f64, ClassicalError> {
        self.check(words)?;
        let said = |word: usize| self.emission.column(word);
        let mut alpha = &self.start * &said(words[0]);
        let mut ln_probability = 0.0;
        for t in 0..words.len() {
            if t > 0 {
                alpha = alpha.dot(&self.transition) * said(words[t]);
            }
            let sum = alpha.sum();
            if sum == 0.0 {
                return Err(ClassicalError::NoPath);
            }
            ln_probability += sum.ln();
            alpha /= sum;
        }
        Ok(ln_probability)
    }

    /// The same model as scores of a chain: `ln B(j, xₜ)` at each word, `ln π` with the first, `ln A` between two.
    ///
    /// # Errors
    /// As [`HiddenMarkov::viterbi`], apart from paths.
    pub fn chain(&self, words: &[usize]) -> Result<Chain, ClassicalError> {
        self.check(words)?;
        let mut at =
            Array2::from_shape_fn((words.len(), self.tags()), |(t, j)| self.emission[[j, words[t]]].ln());
        let mut first = at.row_mut(0);
        first += &self.start.mapv(f64::ln);
        Chain::new(at, self.transition.mapv(f64::ln))
    }

    fn check(&self, words: &[usize]) -> Result<(), ClassicalError> {
        if words.is_empty() {
            return Err(ClassicalError::None { what: Part::Words });
        }
        below(Part::Symbols, words, self.symbols())
    }
}

fn below(what: Part, all: &[usize], count: usize) -> Result<(), ClassicalError> {
    match all.iter().find(|&&one| one >= count) {
        Some(&given) => Err(ClassicalError::Unknown { what, given, last: count.saturating_sub(1) }),
        None => Ok(()),
    }
}

fn distribution(row: usize, chances: ArrayView1<f64>) -> Result<(), ClassicalError> {
    let sum = chances.sum();
    let fits = chances.iter().all(|&p| p >= 0.0) && (sum - 1.0).abs() <= ORACLE_F64;
    if fits { Ok(()) } else { Err(ClassicalError::NoDistribution { row, sum }) }
}

//! How alike two sets of texts are, as sets: MAUVE's frontier, over features that need no network.

use ndarray::{Array1, Array2};

use super::EvaluationError;
use super::features::{hashed_ngrams, inverse_document_frequency, tf_idf};
use super::frontier::{FrontierOptions, divergence_frontier, frontier_area, frontier_integral};
use super::kmeans::{KMeans, kmeans, nearest};

/// How texts are made points, and points a histogram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LikenessOptions {
    /// N-grams of 1 to this many tokens, 1 to 4.
    pub longest: usize,
    /// Columns that n-grams are folded into.
    pub dimensions: usize,
    /// Clusters; `None`: a tenth of the texts on the smaller side, at least two, as MAUVE has it.
    pub clusters: Option<usize>,
    /// How often k-means starts anew.
    pub restarts: usize,
    /// The seed of the clusters.
    pub seed: u64,
    /// How the frontier is drawn.
    pub frontier: FrontierOptions,
}

impl Default for LikenessOptions {
    /// Tokens and pairs in 512 columns, a tenth as many clusters as texts, five starts.
    fn default() -> Self {
        let frontier = FrontierOptions::default();
        Self { longest: 2, dimensions: 512, clusters: None, restarts: 5, seed: 7, frontier }
    }
}

/// Steps of k-means; MAUVE's number.
const MOST_STEPS: usize = 500;

/// What is added to each cell for the smoothed numbers.
const KRICHEVSKY_TROFIMOV: f64 = 0.5;

/// Cells that texts fall into, learnt once.
///
/// To compare many settings let one quantizer learn from all of their texts and the reference together: then a
/// cell means the same for each of them, and clusters are looked for only once.
///
/// # Examples
/// ```
/// use concepts::evaluation::{FrontierOptions, Likeness, LikenessOptions, Quantizer};
/// let reference: [&[u32]; 2] = [&[1, 2, 3], &[5, 6, 7]];
/// let texts: [&[u32]; 2] = [&[1, 2, 3], &[1, 2, 3]];
/// let options = LikenessOptions { clusters: Some(2), ..LikenessOptions::default() };
/// let cells = Quantizer::learn(&[reference, texts].concat(), &options)?;
/// let [p, q] = [cells.histogram(&texts)?, cells.histogram(&reference)?];
/// assert!(Likeness::of(p, q, &FrontierOptions::default())?.area < 1.0); // both begin alike
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Quantizer {
    longest: usize,
    /// `(dimensions)`.
    idf: Array1<f64>,
    /// `(clusters, dimensions)`.
    centers: Array2<f64>,
}

impl Quantizer {
    /// Learns weights and clusters from texts; `clusters: None` is a tenth of these texts here.
    ///
    /// # Errors
    /// [`EvaluationError`] as [`hashed_ngrams`] and [`kmeans`].
    pub fn learn(texts: &[&[u32]], options: &LikenessOptions) -> Result<Self, EvaluationError> {
        let counts = hashed_ngrams(texts, options.longest, options.dimensions)?;
        let idf = inverse_document_frequency(counts.view());
        // (texts, dimensions)
        let points = tf_idf(counts, &idf);
        let LikenessOptions { restarts, seed, .. } = *options;
        let clusters = options.clusters.unwrap_or(tenth(texts.len()));
        let search = KMeans { clusters, restarts, most_steps: MOST_STEPS, seed };
        let centers = kmeans(points.view(), &search)?.centers;
        Ok(Self { longest: options.longest, idf, centers })
    }

    /// How many texts fall into each cell.
    ///
    /// # Errors
    /// None in practice: the sizes were checked by [`learn`](Quantizer::learn).
    pub fn histogram(&self, texts: &[&[u32]]) -> Result<Vec<f64>, EvaluationError> {
        let points = tf_idf(hashed_ngrams(texts, self.longest, self.idf.len())?, &self.idf);
        let mut cells = vec![0.0; self.centers.nrows()];
        nearest(points.view(), self.centers.view()).iter().for_each(|&(cell, _)| cells[cell] += 1.0);
        Ok(cells)
    }
}

/// How alike two sets of texts are by their histograms.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// Texts in each cell.
    pub texts: Vec<f64>,
    /// Texts of the reference in each cell.
    pub reference: Vec<f64>,
    /// The frontier.
    pub frontier: Vec<(f64, f64)>,
    /// The area under it, MAUVE's score: from near 0 to 1, the same histograms.
    pub area: f64,
    /// The area for histograms with ½ added to each cell, MAUVE*.
    pub smoothed_area: f64,
    /// The frontier integral: from 0, the same, to 1.
    pub integral: f64,
}

impl Likeness {
    /// From histograms over the same cells; the first plays `p`, the reference `q`.
    ///
    /// # Errors
    /// As [`divergence_frontier`].
    pub fn of(
        texts: Vec<f64>,
        reference: Vec<f64>,
        options: &FrontierOptions,
    ) -> Result<Self, EvaluationError> {
        let frontier = divergence_frontier(&texts, &reference, options)?;
        let smooth = |cells: &[f64]| cells.iter().map(|n| n + KRICHEVSKY_TROFIMOV).collect::<Vec<f64>>();
        let smoothed = divergence_frontier(&smooth(&texts), &smooth(&reference), options)?;
        Ok(Self {
            area: frontier_area(&frontier),
            smoothed_area: frontier_area(&smoothed),
            integral: frontier_integral(&texts, &reference)?,
            texts,
            reference,
            frontier,
        })
    }
}

/// The likeness of generated texts to a reference, MAUVE's way but not with its features.
///
/// Texts become points, points cells, and the two histograms of cells a frontier. **This is not MAUVE's number**
/// and must not be compared with published ones: MAUVE takes the last hidden state of GPT-2 large for a point, which
/// sees sense and grammar; here a point is a weighted n-gram histogram, which sees the choice of words and of pairs.
/// MAUVE also reduces its points to the main directions before it clusters them. What comes after the histograms is
/// the same, and is held to `mauve-text`.
///
/// The number depends on the seed, on the number of clusters and on the number of texts: compare sets of one size, and
/// measure a second human sample as the ceiling. With a few dozen texts it is coarse: MAUVE's authors advise thousands.
///
/// # Formula
/// [`hashed_ngrams`] → [`tf_idf`] → [`kmeans`] of both sets together → histograms `p`, `q` →
/// [`divergence_frontier`] → [`frontier_area`]
///
/// # Errors
/// [`EvaluationError`] if a set is empty, or as [`hashed_ngrams`], [`kmeans`] and [`divergence_frontier`].
///
/// # Reference
/// Pillutla et al. 2021, *MAUVE*; smoothed and as an integral: Pillutla et al. 2023, *MAUVE Scores for Generative
/// Models*..
///
/// # Examples
/// ```
/// use concepts::evaluation::{LikenessOptions, text_likeness};
/// let these: [&[u32]; 4] = [&[1, 2, 3], &[1, 2, 4], &[5, 6, 7], &[5, 6, 8]];
/// let those: [&[u32]; 4] = [&[11, 12], &[11, 13], &[15, 16], &[15, 17]];
/// let options = LikenessOptions { clusters: Some(4), ..LikenessOptions::default() };
/// assert_eq!(text_likeness(&these, &these, &options)?.area, 1.0);
/// assert!(text_likeness(&these, &those, &options)?.area < 0.1);
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn text_likeness(
    texts: &[&[u32]],
    reference: &[&[u32]],
    options: &LikenessOptions,
) -> Result<Likeness, EvaluationError> {
    let clusters = options.clusters.unwrap_or(tenth(texts.len().min(reference.len())));
    let learnt = Quantizer::learn(
        &[texts, reference].concat(),
        &LikenessOptions { clusters: Some(clusters), ..*options },
    )?;
    Likeness::of(learnt.histogram(texts)?, learnt.histogram(reference)?, &options.frontier)
}

/// A tenth, rounded as Python rounds, and at least two.
fn tenth(texts: usize) -> usize {
    ((texts as f64 / 10.0).round_ties_even() as usize).max(2)
}

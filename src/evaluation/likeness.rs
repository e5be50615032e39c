//! How alike two sets of texts are, as sets: MAUVE's frontier, over features that need no network.

use ndarray::{Array1, Array2};

use super::features::{hashed_ngrams, inverse_document_frequency, tf_idf};
use super::frontier::{FrontierOptions, divergence_frontier, frontier_area, frontier_integral};
use super::kmeans::{KMeans, kmeans, nearest};
use super::{Bootstrap, EvaluationError, Interval, bootstrap};

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
        let mut cells = vec![0.0; self.centers.nrows()];
        self.cells(texts)?.into_iter().for_each(|cell| cells[cell] += 1.0);
        Ok(cells)
    }

    /// The cell of each text, from 0: to count them again and again, as a bootstrap does.
    ///
    /// # Errors
    /// As [`histogram`](Quantizer::histogram).
    pub fn cells(&self, texts: &[&[u32]]) -> Result<Vec<usize>, EvaluationError> {
        let points = tf_idf(hashed_ngrams(texts, self.longest, self.idf.len())?, &self.idf);
        Ok(nearest(points.view(), self.centers.view()).into_iter().map(|(cell, _)| cell).collect())
    }

    /// How many cells there are.
    pub fn size(&self) -> usize {
        self.centers.nrows()
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
        Ok(Self {
            area: frontier_area(&frontier),
            smoothed_area: smoothed_area(&texts, &reference, options)?,
            integral: frontier_integral(&texts, &reference)?,
            texts,
            reference,
            frontier,
        })
    }
}

fn smoothed_area(
    texts: &[f64],
    reference: &[f64],
    options: &FrontierOptions,
) -> Result<f64, EvaluationError> {
    let smooth = |cells: &[f64]| cells.iter().map(|n| n + KRICHEVSKY_TROFIMOV).collect::<Vec<f64>>();
    Ok(frontier_area(&divergence_frontier(&smooth(texts), &smooth(reference), options)?))
}

/// [`Likeness::smoothed_area`] with its interval: prompts are drawn again, with all their texts on both sides.
///
/// Two histograms that are drawn again are more ragged than those they are drawn from, so every area of a resample is
/// too small, as is the area of few texts itself. The *basic* interval mirrors the resamples at the estimate, which
/// takes that bias off; it ends at 0 and 1. The estimate may lie at its lower end.
///
/// # Formula
/// `[2a − a₍ₕᵢ₎, 2a − a₍ₗₒ₎]` for the quantiles `a₍ₗₒ₎`, `a₍ₕᵢ₎` of the areas of the resamples
///
/// # Shapes
/// `texts`, `reference`: of each prompt the cells of its texts, as [`Quantizer::cells`] has them, all below `cells`
///
/// # Errors
/// [`EvaluationError`] if there are no prompts, or not as many on both sides, and as [`Likeness::of`] and
/// [`bootstrap()`].
///
/// # Reference
/// Davison & Hinkley 1997, *Bootstrap Methods and their Application*, section 2.4.
///
/// # Examples
/// ```
/// use concepts::evaluation::{Bootstrap, FrontierOptions, likeness_interval};
/// let people: Vec<Vec<usize>> = (0..40).map(|i| vec![i % 4]).collect();
/// let dull = vec![vec![0]; 40]; // always the same kind of text
/// let options = (&FrontierOptions::default(), &Bootstrap { resamples: 200, ..Bootstrap::default() });
/// let alike = likeness_interval(&people, &people, 4, options)?;
/// let unlike = likeness_interval(&dull, &people, 4, options)?;
/// assert!(unlike.high < alike.low);
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn likeness_interval(
    texts: &[Vec<usize>],
    reference: &[Vec<usize>],
    cells: usize,
    (frontier, options): (&FrontierOptions, &Bootstrap),
) -> Result<Interval, EvaluationError> {
    if texts.len() != reference.len() {
        return Err(EvaluationError::Unpaired { first: texts.len(), second: reference.len() });
    }
    let counted = |of: &[Vec<usize>], chosen: &[usize]| {
        let mut counts = vec![0.0; cells];
        let places = chosen.iter().flat_map(|&prompt| &of[prompt]);
        places.for_each(|&place| {
            if let Some(count) = counts.get_mut(place) {
                *count += 1.0;
            }
        });
        counts
    };
    let area = |chosen: &[usize]| {
        smoothed_area(&counted(texts, chosen), &counted(reference, chosen), frontier).unwrap_or(f64::NAN)
    };
    let Interval { estimate, low, high } = bootstrap(texts.len(), area, options)?;
    let mirrored = |end: f64| (2.0 * estimate - end).clamp(0.0, 1.0);
    Ok(Interval { estimate, low: mirrored(high), high: mirrored(low) })
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

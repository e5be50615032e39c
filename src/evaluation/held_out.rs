//! How far the n-grams of generated texts are from those of held-out text.

use super::divergence::{jensen_shannon, kullback_leibler};
use super::ngrams::Ngrams;
use super::{BLEU_ORDER, EvaluationError};

/// What n-grams say about two sets of texts. Divergences are in nats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NgramDivergence {
    /// How many n-grams of each side were counted.
    pub ngrams: usize,
    /// How many of the larger side were left out, so that both have the same number.
    pub left_out: usize,
    /// Different n-grams on both sides together.
    pub different: usize,
    /// Jensen–Shannon, of the counts as they are: from 0 to ln 2.
    pub jensen_shannon: f64,
    /// Kullback–Leibler of the texts from the reference, smoothed: large where the texts have what the reference
    /// has not.
    pub to_reference: f64,
    /// Kullback–Leibler of the reference from the texts, smoothed: large where the texts lack what the reference
    /// has.
    pub from_reference: f64,
}

/// The divergence between the n-grams of texts and of a reference, `n` from 1 to 4.
///
/// Both sides are cut to the same number of n-grams: of the larger one those after it, in the order of the texts,
/// are left out. That matters, because the value of two samples *from one source* is not 0 and falls with their
/// size. Never read a value alone: measure a second human sample of the same size against the same reference. That
/// value is the floor, and the distance above it counts.
///
/// # Formula
/// With `c(g)` of `N` n-grams and `V` different n-grams on both sides together: `p(g) = c(g)/N` for Jensen–Shannon,
/// and `p(g) = (c(g) + α)/(N + αV)` for Kullback–Leibler, which lies between 0 and `ln((N + α)/α)`. Two samples of
/// one source, each kind of n-gram often enough in both: `4N · JS` is a likelihood ratio with `V − 1` degrees of
/// freedom, so that the mean of JS is about `(V − 1)/(4N)`; where most occur once (n = 3, 4) it is less, with ln 2
/// for a ceiling.
///
/// # Errors
/// [`EvaluationError`] if `n` is not 1 to 4, `smoothing` (α) is not above 0, or one side has no n-grams.
///
/// # Reference
/// Lidstone 1920 (the smoothing); Lin 1991; Wilks 1938 (the floor).
///
/// # Examples
/// ```
/// use concepts::evaluation::ngram_divergence;
/// let same = ngram_divergence(&[&[1, 2, 1, 2]], &[&[1, 2, 1, 2]], 2, 0.5)?;
/// assert_eq!((same.jensen_shannon, same.to_reference), (0.0, 0.0));
/// let apart = ngram_divergence(&[&[1, 1, 1]], &[&[2, 2, 2, 2, 2]], 1, 0.5)?;
/// assert_eq!(apart.jensen_shannon, std::f64::consts::LN_2);
/// assert_eq!((apart.ngrams, apart.left_out), (3, 2));
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn ngram_divergence(
    texts: &[&[u32]],
    reference: &[&[u32]],
    n: usize,
    smoothing: f64,
) -> Result<NgramDivergence, EvaluationError> {
    if !(1..=BLEU_ORDER).contains(&n) {
        return Err(EvaluationError::Order { n, max: BLEU_ORDER });
    }
    if !(smoothing > 0.0 && smoothing.is_finite()) {
        let what = super::words::Quantity::Smoothing;
        return Err(EvaluationError::NotPositive { what, value: smoothing });
    }
    let all = [texts, reference].concat();
    let grams = Ngrams::of(&all, n);
    let (ours, theirs) = grams.ids.split_at(texts.len());
    let [ours, theirs] = [ours.concat(), theirs.concat()];
    let ngrams = ours.len().min(theirs.len());
    if ngrams == 0 {
        return Err(EvaluationError::NoNgrams { n });
    }
    let (p, q) = histograms(&ours[..ngrams], &theirs[..ngrams], grams.different);
    let smooth = |counts: &[f64]| counts.iter().map(|count| count + smoothing).collect::<Vec<f64>>();
    let (p_smooth, q_smooth) = (smooth(&p), smooth(&q));
    Ok(NgramDivergence {
        ngrams,
        left_out: ours.len().max(theirs.len()) - ngrams,
        different: p.len(),
        jensen_shannon: jensen_shannon(&p, &q)?,
        to_reference: kullback_leibler(&p_smooth, &q_smooth)?,
        from_reference: kullback_leibler(&q_smooth, &p_smooth)?,
    })
}

/// The counts of both sides over the n-grams that at least one of them has.
fn histograms(ours: &[u32], theirs: &[u32], different: usize) -> (Vec<f64>, Vec<f64>) {
    let mut counts = vec![(0.0, 0.0); different];
    ours.iter().for_each(|&id| counts[id as usize].0 += 1.0);
    theirs.iter().for_each(|&id| counts[id as usize].1 += 1.0);
    // What only stood in the part that was left out is in neither.
    counts.retain(|&(p, q)| p + q > 0.0);
    counts.into_iter().unzip()
}

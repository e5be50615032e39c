//! Filters in a row, and what each of them leaves.

use rand::Rng;

use super::{
    Candidate, Candidates, DecodingError, Penalty, epsilon_cutoff, eta_cutoff, min_p, temperature, top_k,
    top_p, typical,
};

/// One step that makes candidates out of candidates.
///
/// Each filter sees the *renormalised* distribution that the one before it left. So the order matters:
/// `Temperature(2.0), TopP(0.9)` keeps more than `TopP(0.9), Temperature(2.0)`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Filter {
    /// [`temperature`] with this `t`.
    Temperature(f64),
    /// [`top_k`] with this `k`.
    TopK(usize),
    /// [`top_p`] with this `p`.
    TopP(f64),
    /// [`min_p`] with this share.
    MinP(f64),
    /// [`typical`] with this mass.
    Typical(f64),
    /// [`epsilon_cutoff`] with this `ε`.
    Epsilon(f64),
    /// [`eta_cutoff`] with this `ε`.
    Eta(f64),
}

impl Filter {
    /// What this filter leaves, at least one candidate.
    ///
    /// # Errors
    /// The parameter is out of its range.
    pub fn apply(&self, candidates: &Candidates) -> Result<Candidates, DecodingError> {
        match *self {
            Filter::Temperature(t) => temperature(candidates, t),
            Filter::TopK(k) => top_k(candidates, k),
            Filter::TopP(p) => top_p(candidates, p),
            Filter::MinP(share) => min_p(candidates, share),
            Filter::Typical(mass) => typical(candidates, mass),
            Filter::Epsilon(epsilon) => epsilon_cutoff(candidates, epsilon),
            Filter::Eta(epsilon) => eta_cutoff(candidates, epsilon),
        }
    }
}

/// Logits → penalties → softmax → filters, each in the order in which it stands.
///
/// Empty lists are pure sampling.
///
/// # Examples
/// ```
/// use concepts::decoding::{Filter, Pipeline};
/// let logits = [0.5f64, 0.3, 0.15, 0.05].map(f64::ln);
/// let hot_first = Pipeline::filters([Filter::Temperature(2.0), Filter::TopP(0.9)]);
/// let cut_first = Pipeline::filters([Filter::TopP(0.9), Filter::Temperature(2.0)]);
/// assert_eq!(hot_first.candidates(&logits, &[])?.size(), 4);
/// assert_eq!(cut_first.candidates(&logits, &[])?.size(), 3);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pipeline {
    /// Applied to the raw logits.
    pub penalties: Vec<Penalty>,
    /// Applied to the distribution.
    pub filters: Vec<Filter>,
}

impl Pipeline {
    /// Filters alone, no penalty.
    pub fn filters(filters: impl Into<Vec<Filter>>) -> Self {
        Self { penalties: Vec::new(), filters: filters.into() }
    }

    /// What may come next after `history`, with the probabilities with which it is drawn.
    ///
    /// # Errors
    /// Logits as in [`Candidates::from_logits`] (also if the penalties forbid everything), or a parameter
    /// out of its range.
    pub fn candidates<L: Copy + Into<f64>>(
        &self,
        logits: &[L],
        history: &[u32],
    ) -> Result<Candidates, DecodingError> {
        let start = match self.penalties.is_empty() {
            true => Candidates::from_logits(logits)?,
            false => Candidates::from_logits(&self.penalised(logits, history)?)?,
        };
        self.filters.iter().try_fold(start, |candidates, filter| filter.apply(&candidates))
    }

    /// As [`Pipeline::candidates`], with everything on the way.
    ///
    /// # Errors
    /// As [`Pipeline::candidates`].
    pub fn trace<L: Copy + Into<f64>>(&self, logits: &[L], history: &[u32]) -> Result<Trace, DecodingError> {
        let logits = self.penalised(logits, history)?;
        let start = Candidates::from_logits(&logits)?;
        let mut steps: Vec<(Filter, Candidates)> = Vec::with_capacity(self.filters.len());
        for &filter in &self.filters {
            let last = steps.last().map_or(&start, |(_, candidates)| candidates);
            let next = filter.apply(last)?;
            steps.push((filter, next));
        }
        Ok(Trace { logits, start, steps })
    }

    /// Draws the next token.
    ///
    /// # Errors
    /// As [`Pipeline::candidates`].
    pub fn sample<L: Copy + Into<f64>>(
        &self,
        logits: &[L],
        history: &[u32],
        rng: &mut (impl Rng + ?Sized),
    ) -> Result<Candidate, DecodingError> {
        Ok(self.candidates(logits, history)?.sample(rng))
    }

    /// The logits after the penalties, `(V)`.
    fn penalised<L: Copy + Into<f64>>(
        &self,
        logits: &[L],
        history: &[u32],
    ) -> Result<Vec<f64>, DecodingError> {
        let mut logits: Vec<f64> = logits.iter().map(|&logit| logit.into()).collect();
        for penalty in &self.penalties {
            penalty.apply(&mut logits, history)?;
        }
        Ok(logits)
    }
}

/// One choice under the glass: what was left after each step of a [`Pipeline`].
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// The logits after the penalties, `(V)`.
    pub logits: Vec<f64>,
    /// Their softmax.
    pub start: Candidates,
    /// Each filter with what it left.
    pub steps: Vec<(Filter, Candidates)>,
}

impl Trace {
    /// What the last filter left.
    pub fn end(&self) -> &Candidates {
        self.steps.last().map_or(&self.start, |(_, candidates)| candidates)
    }
}

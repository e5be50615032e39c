use pulp::Arch;
use rand::{Rng, RngCore};

use super::block::BLOCK;
use super::entry::Entry;
use super::scan::{Extent, Scan, first_largest};
use super::settings::Settings;
use super::weigh::BUCKETS;
use crate::decoding::{Candidate, Candidates, Choice, DecodingError, Strategy};

/// Draws next tokens from `f32` logits, fast, with memory that it keeps.
///
/// It does what [`Settings::pipeline`] does, on the edge of a cut too: a mass of exactly `p` reaches `p`.
/// Which tokens stay is decided by sums of `f32` weights, so only a mass that is short of `p` by about
/// [`ON_THE_EDGE`](crate::numerics::tolerance::ON_THE_EDGE) of it can be decided differently. The draws are others than those of the
/// pipeline, their distribution is the same.
///
/// The best instruction set of the machine is chosen at run time. On one machine the same logits and the
/// same generator always give the same token.
///
/// # Reference
/// Top-p by buckets: as radix selection, with masses in place of counts (Knuth, *The Art of Computer
/// Programming*, volume 3, section 5.2.5).
///
/// # Examples
/// ```
/// use concepts::{decoding::{Sampler, Settings}, numerics::rng};
/// let mut sampler = Sampler::new(Settings { top_p: Some(0.8), ..Settings::default() })?;
/// let logits = [0.5f32, 0.3, 0.15, 0.05].map(f32::ln);
/// let token = sampler.sample(&logits, &mut rng(1, "doc"))?;
/// assert!(token < 2); // 0.5 + 0.3 reaches 0.8
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Sampler {
    pub(super) settings: Settings,
    pub(super) arch: Arch,
    /// The largest logit of each block.
    pub(super) maxima: Vec<f32>,
    /// The sum of the weights of each block.
    pub(super) sums: Vec<f32>,
    pub(super) weights: Vec<f32>,
    pub(super) buckets: Vec<u32>,
    /// The sum of the weights of each bucket.
    pub(super) masses: Box<[f64; BUCKETS]>,
    /// Tokens that were picked out.
    pub(super) list: Vec<Entry>,
}

impl Sampler {
    /// A sampler without memory yet; it grows with the first logits.
    ///
    /// # Errors
    /// A setting is out of its range: see the filters of [`Settings::pipeline`].
    pub fn new(settings: Settings) -> Result<Self, DecodingError> {
        settings.check()?;
        Ok(Self::unchecked(settings))
    }

    /// With settings that are in range.
    pub(super) fn unchecked(settings: Settings) -> Self {
        let (maxima, sums, weights, buckets) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (masses, list) = (Box::new([0.0; BUCKETS]), Vec::new());
        Self { settings, arch: Arch::new(), maxima, sums, weights, buckets, masses, list }
    }

    /// What it was made for.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Draws the next token.
    ///
    /// # Shapes
    /// `logits (V)`
    ///
    /// # Errors
    /// As [`Candidates::from_logits`].
    pub fn sample(&mut self, logits: &[f32], rng: &mut (impl Rng + ?Sized)) -> Result<u32, DecodingError> {
        let kept = self.keep(logits)?;
        Ok(self.draw(kept, logits, rng.random()))
    }

    /// The most probable token, the first of several.
    ///
    /// # Errors
    /// As [`Candidates::from_logits`].
    pub fn argmax(&mut self, logits: &[f32]) -> Result<u32, DecodingError> {
        let extent = self.scan(logits)?;
        Ok(first_largest(logits, &self.maxima, extent.max))
    }

    /// The tokens that a draw chooses from, as the pipeline would list them. For tests and for looking: this
    /// one sorts.
    ///
    /// # Errors
    /// As [`Candidates::from_logits`].
    pub fn candidates(&mut self, logits: &[f32]) -> Result<Vec<Candidate>, DecodingError> {
        let kept = self.keep(logits)?;
        Ok(self.listed(kept, logits))
    }

    /// Bytes that it keeps from token to token: some for each logit of the largest vocabulary it has seen, at most
    /// about 20.
    ///
    /// # Examples
    /// ```
    /// use concepts::{decoding::{Sampler, Settings}, numerics::rng};
    /// let mut greedy = Sampler::new(Settings { temperature: 0.0, ..Settings::default() })?;
    /// let before = greedy.memory();
    /// greedy.sample(&[0.5; 1000], &mut rng(1, "doc"))?;
    /// assert!(before < greedy.memory() && greedy.memory() < before + 20 * 1000);
    /// # Ok::<(), concepts::decoding::DecodingError>(())
    /// ```
    pub fn memory(&self) -> usize {
        let numbers = self.maxima.capacity() + self.sums.capacity() + self.weights.capacity();
        numbers * size_of::<f32>()
            + self.buckets.capacity() * size_of::<u32>()
            + size_of_val(&*self.masses)
            + self.list.capacity() * size_of::<Entry>()
    }

    /// Looks at every logit once.
    pub(super) fn scan(&mut self, logits: &[f32]) -> Result<Extent, DecodingError> {
        if logits.is_empty() {
            return Err(DecodingError::EmptyVocabulary);
        }
        self.maxima.resize(logits.len().div_ceil(BLOCK), 0.0);
        // Room for all: if all tie, all are picked out.
        self.list.clear();
        self.list.reserve(logits.len());
        let extent = self.arch.dispatch(Scan { logits, maxima: &mut self.maxima });
        if !extent.fine || extent.max == f32::NEG_INFINITY || u32::try_from(logits.len()).is_err() {
            // The readable twin knows what is wrong.
            Candidates::from_logits(logits)?;
        }
        Ok(extent)
    }
}

impl Strategy for Sampler {
    fn choose(&mut self, logits: &[f32], _: &[u32], rng: &mut dyn RngCore) -> Result<Choice, DecodingError> {
        let kept = self.keep(logits)?;
        let candidates = self.size(kept, logits);
        Ok(Choice { token: self.draw(kept, logits, rng.random()), candidates })
    }
}

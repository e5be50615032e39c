use pulp::Arch;
use rand::{Rng, RngCore};

use super::block::{BLOCK, padded};
use super::entry::{Entry, draw, order};
use super::nucleus::{crossing, gather, smallest, sum_up};
use super::scan::{Extent, Scan, first_largest};
use super::settings::Settings;
use super::top_k::best;
use super::weigh::{BUCKETS, Place, Weigh, Weight};
use crate::decoding::{Candidate, Candidates, Choice, DecodingError, Strategy};

/// Draws next tokens from `f32` logits, fast, with memory that it keeps.
///
/// It does what [`Settings::pipeline`] does. Which tokens stay is decided by sums of `f32` weights; a
/// candidate on the edge of a nucleus may be decided differently where the mass is within
/// [`SAMPLING_F32`](crate::numerics::tolerance::SAMPLING_F32) of `p`. The draws are others than those of the
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
    settings: Settings,
    arch: Arch,
    /// The largest logit of each block.
    maxima: Vec<f32>,
    /// The sum of the weights of each block.
    sums: Vec<f32>,
    weights: Vec<f32>,
    buckets: Vec<u32>,
    /// The sum of the weights of each bucket.
    masses: Box<[f64; BUCKETS]>,
    /// Tokens that were picked out.
    list: Vec<Entry>,
}

/// What is left of the vocabulary.
#[derive(Debug, Clone, Copy)]
enum Kept {
    /// The first so many of the list, which is sorted.
    List(usize),
    /// All logits that are at least so large; their weights and sums are ready.
    AtLeast(f32),
    /// The buckets before this one, and of its entries, which are in the list, the first so many.
    Buckets(Nucleus),
}

#[derive(Debug, Clone, Copy)]
struct Nucleus {
    bucket: usize,
    before: f64,
    of_bucket: usize,
}

impl Sampler {
    /// A sampler without memory yet; it grows with the first logits.
    ///
    /// # Errors
    /// A setting is out of its range: see the filters of [`Settings::pipeline`].
    pub fn new(settings: Settings) -> Result<Self, DecodingError> {
        settings.check()?;
        let (maxima, sums, weights, buckets) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (masses, list) = (Box::new([0.0; BUCKETS]), Vec::new());
        Ok(Self { settings, arch: Arch::new(), maxima, sums, weights, buckets, masses, list })
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
        let mut all: Vec<Entry> = match &kept {
            Kept::List(size) => self.list[..*size].to_vec(),
            Kept::AtLeast(threshold) => {
                let entries = (0u32..).zip(logits).zip(&self.weights);
                let entries = entries.map(|((id, &logit), &w)| Entry { id, logit, weight: f64::from(w) });
                entries.filter(|e| e.logit >= *threshold && e.logit > f32::NEG_INFINITY).collect()
            }
            Kept::Buckets(nucleus) => {
                let mut all = self.list[..nucleus.of_bucket].to_vec();
                for bucket in 0..nucleus.bucket {
                    gather(bucket, &self.buckets, logits, &self.weights, &mut self.list);
                    all.extend_from_slice(&self.list);
                }
                all
            }
        };
        all.sort_unstable_by(order);
        let sum: f64 = all.iter().map(|entry| entry.weight).sum();
        let candidate = |entry: &Entry| {
            let prob = entry.weight / sum;
            Candidate { id: entry.id, prob, log_prob: libm::log(prob) }
        };
        Ok(all.iter().map(candidate).collect())
    }

    /// Looks at every logit once.
    fn scan(&mut self, logits: &[f32]) -> Result<Extent, DecodingError> {
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

    /// Decides what is left.
    fn keep(&mut self, logits: &[f32]) -> Result<Kept, DecodingError> {
        let extent = self.scan(logits)?;
        let Settings { temperature, top_k, top_p, min_p } = self.settings;
        if temperature == 0.0 {
            let id = first_largest(logits, &self.maxima, extent.max);
            self.list.clear();
            self.list.push(Entry { id, logit: extent.max, weight: 1.0 });
            return Ok(Kept::List(1));
        }
        if let Some(k) = top_k.filter(|&k| k < logits.len()) {
            return Ok(Kept::List(self.keep_list(logits, extent, k)));
        }
        let threshold = min_p.map_or(f32::NEG_INFINITY, |share| at_least(extent.max, temperature, share));
        if let Some(p) = top_p.filter(|&p| p < 1.0) {
            let nucleus = self.keep_nucleus(logits, extent, p);
            // Both rules keep the most probable tokens: the one that keeps fewer decides.
            if self.list[nucleus.of_bucket - 1].logit >= threshold {
                return Ok(Kept::Buckets(nucleus));
            }
        }
        self.weigh(logits, extent, threshold);
        Ok(Kept::AtLeast(threshold))
    }

    /// Top-k, and top-p and min-p among these few; the size of what is left of the list.
    fn keep_list(&mut self, logits: &[f32], extent: Extent, k: usize) -> usize {
        best(logits, &self.maxima, k, &mut self.sums, &mut self.list);
        for entry in &mut self.list {
            let below = f64::from(entry.logit) - f64::from(extent.max);
            entry.weight = libm::exp(below / self.settings.temperature);
        }
        let mut size = self.list.len();
        if let Some(p) = self.settings.top_p.filter(|&p| p < 1.0) {
            let target = p * self.list.iter().map(|entry| entry.weight).sum::<f64>();
            let mut mass = 0.0;
            size = 1 + self
                .list
                .iter()
                .take_while(|entry| {
                    mass += entry.weight;
                    mass < target
                })
                .count();
        }
        // The weight of the best is 1.
        let share = self.settings.min_p.unwrap_or(0.0);
        size.min(self.list.iter().take_while(|entry| entry.weight >= share).count())
    }

    /// Top-p of the whole vocabulary.
    fn keep_nucleus(&mut self, logits: &[f32], extent: Extent, p: f64) -> Nucleus {
        self.weights.resize(padded(logits.len()), 0.0);
        self.buckets.resize(padded(logits.len()), 0);
        let weight = Weight::new(extent.max, self.settings.temperature);
        let density = density(extent, self.settings.temperature);
        let (weights, buckets) = (&mut self.weights, &mut self.buckets);
        self.arch.dispatch(Place { logits, weight, density, weights, buckets });
        sum_up(&self.buckets, &self.weights, &mut self.masses);
        let target = p * self.masses.iter().sum::<f64>();
        let (bucket, before) = crossing(&self.masses, target);
        gather(bucket, &self.buckets, logits, &self.weights, &mut self.list);
        let of_bucket = smallest(&mut self.list, target - before);
        Nucleus { bucket, before, of_bucket }
    }

    /// The weights of all logits that are at least `threshold`.
    fn weigh(&mut self, logits: &[f32], extent: Extent, threshold: f32) {
        self.weights.resize(padded(logits.len()), 0.0);
        self.sums.resize(logits.len().div_ceil(BLOCK), 0.0);
        let weight = Weight::new(extent.max, self.settings.temperature);
        let (weights, sums) = (&mut self.weights, &mut self.sums);
        self.arch.dispatch(Weigh { logits, weight, threshold, weights, sums });
    }

    /// The token at the share `u` of the mass, `u` in `[0, 1)`.
    fn draw(&mut self, kept: Kept, logits: &[f32], u: f64) -> u32 {
        let drawn = match kept {
            Kept::List(size) => draw_entry(&self.list[..size], u * mass(&self.list[..size])),
            Kept::AtLeast(_) => self.draw_weight(u),
            Kept::Buckets(nucleus) => self.draw_bucket(nucleus, logits, u),
        };
        drawn.unwrap_or_else(|| {
            // The weight of the best is 1, so there always is one.
            let max = self.maxima.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            first_largest(logits, &self.maxima, max)
        })
    }

    /// First the block, then the token in it.
    fn draw_weight(&self, u: f64) -> Option<u32> {
        let sums = || (0u32..).zip(self.sums.iter().map(|&sum| f64::from(sum)));
        let at = u * sums().map(|(_, sum)| sum).sum::<f64>();
        let block = draw(sums(), at)?;
        let start = block as usize * BLOCK;
        let before: f64 = sums().take(block as usize).map(|(_, sum)| sum).sum();
        let weights = self.weights[start..].iter().take(BLOCK).map(|&weight| f64::from(weight));
        draw((start as u32..).zip(weights), at - before)
    }

    /// First the bucket, then the token in it.
    fn draw_bucket(&mut self, nucleus: Nucleus, logits: &[f32], u: f64) -> Option<u32> {
        let Nucleus { bucket, before, of_bucket } = nucleus;
        let at = u * (before + mass(&self.list[..of_bucket]));
        if at >= before {
            return draw_entry(&self.list[..of_bucket], at - before);
        }
        let whole = || (0u32..).zip(self.masses[..bucket].iter().copied());
        let hit = draw(whole(), at)? as usize;
        gather(hit, &self.buckets, logits, &self.weights, &mut self.list);
        draw_entry(&self.list, at - self.masses[..hit].iter().sum::<f64>())
    }

    /// How many tokens a draw chose from.
    fn size(&self, kept: &Kept, logits: &[f32]) -> usize {
        match kept {
            Kept::List(size) => *size,
            Kept::AtLeast(least) => {
                logits.iter().filter(|&&logit| logit >= *least && logit > f32::NEG_INFINITY).count()
            }
            Kept::Buckets(nucleus) => {
                let before = self.buckets.iter().filter(|&&bucket| (bucket as usize) < nucleus.bucket);
                before.count() + nucleus.of_bucket
            }
        }
    }
}

impl Strategy for Sampler {
    fn choose(&mut self, logits: &[f32], _: &[u32], rng: &mut dyn RngCore) -> Result<Choice, DecodingError> {
        let kept = self.keep(logits)?;
        let candidates = self.size(&kept, logits);
        Ok(Choice { token: self.draw(kept, logits, rng.random()), candidates })
    }
}

fn mass(list: &[Entry]) -> f64 {
    list.iter().map(|entry| entry.weight).sum()
}

fn draw_entry(list: &[Entry], at: f64) -> Option<u32> {
    draw(list.iter().map(|entry| (entry.id, entry.weight)), at)
}

/// The smallest logit whose probability is at least `share` of the largest.
fn at_least(max: f32, temperature: f64, share: f64) -> f32 {
    let exact = f64::from(max) + temperature * libm::log(share);
    let near = exact as f32;
    if f64::from(near) < exact { near.next_up() } else { near }
}

/// Buckets for each unit of a logit: all of them between the largest logit and the smallest, or a weight of
/// `2⁻³²` if the smallest is below that.
fn density(extent: Extent, temperature: f64) -> f32 {
    let all = f64::from(extent.max) - f64::from(extent.min);
    let range = all.min(32.0 * std::f64::consts::LN_2 * temperature);
    (((BUCKETS - 1) as f64 / range) as f32).clamp(f32::MIN_POSITIVE, f32::MAX)
}

//! How little a fast model expected each token of several texts.

use super::FastError;
use super::run::{FastDecoder, Rows};

/// Rows of logits that are held at once; fewer of a large vocabulary: more would not be faster, and of 262,144 tokens a
/// row is a megabyte.
const ROWS: usize = 64;
const LOGITS: usize = 1 << 22;

impl FastDecoder<'_, '_> {
    /// `−ln p` of each token of each text but its first, in nats. The texts go through the matrices together.
    ///
    /// The twin is [`surprise`](crate::decoder::surprise).
    ///
    /// # Formula
    /// `sᵢ = −ln softmax(logitsᵢ₋₁)[tokenᵢ]`, `i = 1 .. n`
    ///
    /// # Shapes
    /// texts of `n` tokens → `(n − 1)` each
    ///
    /// # Errors
    /// As [`FastDecoder::extend`].
    pub fn surprise(&self, texts: &[&[u32]]) -> Result<Vec<Vec<f64>>, FastError> {
        // On a thread of the pool, so that tasks are handed over without waking one each time.
        rayon::scope(|_| self.surprises(texts))
    }

    fn surprises(&self, texts: &[&[u32]]) -> Result<Vec<Vec<f64>>, FastError> {
        let mut caches = vec![self.start_cache(); texts.len()];
        let (x, spans) = self.streams(&mut caches.iter_mut().collect::<Vec<_>>(), texts, Rows::All)?;
        let d = self.config().d_model;
        let at_once = (LOGITS / self.config().vocab).clamp(1, ROWS);
        let one = |(text, span): (&&[u32], &super::attend::Span)| {
            let mut nats = Vec::with_capacity(text.len() - 1);
            // What follows the last token is not known.
            let rows = &x[span.rows.start * d..(span.rows.end - 1) * d];
            for (rows, next) in rows.chunks(at_once * d).zip(text[1..].chunks(at_once)) {
                let logits = self.logits_of(rows)?;
                nats.extend(logits.outer_iter().zip(next).map(|(row, &next)| {
                    let most = row.fold(f32::MIN, |most, &z| most.max(z));
                    let sum: f64 = row.iter().map(|&z| f64::from(libm::expf(z - most))).sum();
                    f64::from(most - row[next as usize]) + libm::log(sum)
                }));
            }
            Ok(nats)
        };
        texts.iter().zip(&spans).map(one).collect()
    }
}

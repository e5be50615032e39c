//! A fast model with changes.

use super::FastError;
use super::cache::FastCache;
use super::model::{FastModel, frequencies};
use super::run::FastDecoder;
use crate::decoder::change::Settings;
use crate::decoder::{Change, Keeping};
use crate::numerics::Scratch;

impl<'b> FastModel<'b> {
    /// The model with changes, those of [`Model::decoder_with`](crate::decoder::Model::decoder_with);
    /// [`Change::CacheBits`] among them goes before `keeping`.
    ///
    /// Keys are kept as they were turned. So with few bits the turned keys are rounded, in the readable decoder those
    /// that are not turned yet.
    ///
    /// # Errors
    /// [`FastError::CacheBits`], and
    /// [`DecoderError`](crate::decoder::DecoderError) as for the readable decoder.
    pub fn decoder_with(
        &self,
        keeping: Keeping,
        changes: &[Change],
    ) -> Result<FastDecoder<'_, 'b>, FastError> {
        let mut settings = Settings::new(&self.config, changes)?;
        settings.config.kv_heads = settings.kv_heads;
        let keeping = match settings.keeping {
            Keeping::F64 => keeping,
            asked => asked,
        };
        let frequencies = frequencies(&settings.config)?;
        let empty = FastCache::new(&settings.config, keeping)?;
        let never = Vec::new();
        Ok(FastDecoder { model: self, settings, frequencies, empty, begin: None, end: None, never })
    }
}

impl FastDecoder<'_, '_> {
    /// Neighbouring key/value heads as their mean, if there are to be fewer.
    ///
    /// # Shapes
    /// `(n, kv_heads of the file · head_dim)` → `(n, kv_heads · head_dim)`
    pub(super) fn pooled(&self, x: Scratch) -> Scratch {
        let (before, after) = (self.model.config.kv_heads, self.settings.config.kv_heads);
        if before == after {
            return x;
        }
        let (size, d) = (before / after, self.settings.config.head_dim);
        let mut means = Scratch::new(x.len() / size);
        for (mean, group) in means.chunks_exact_mut(d).zip(x.chunks_exact(size * d)) {
            for (j, mean) in mean.iter_mut().enumerate() {
                *mean = group.iter().skip(j).step_by(d).sum::<f32>() / size as f32;
            }
        }
        means
    }

    /// Heads that were dropped say nothing: `joined (n, heads · head_dim)`.
    pub(super) fn silence(&self, layer: usize, joined: &mut [f32]) {
        let (d, width) =
            (self.settings.config.head_dim, self.settings.config.heads * self.settings.config.head_dim);
        for &(_, head) in self.settings.dropped.iter().filter(|(dropped, _)| *dropped == layer) {
            joined.chunks_exact_mut(width).for_each(|row| row[head * d..(head + 1) * d].fill(0.0));
        }
    }
}

//! How little a model expected each token of a text.

use crate::decoder::{Decoder, DecoderError};
use crate::numerics::softmax::log_softmax;
use crate::numerics::statistics::{mean, variance};

/// 97.5 % of a normal distribution lie below this many standard deviations.
const Z: f64 = 1.959_963_984_540_054;

/// `−ln p` of each token of a text but the first, in nats.
///
/// # Formula
/// `sᵢ = −ln softmax(logitsᵢ₋₁)[tokenᵢ]`, `i = 1 .. n`
///
/// # Shapes
/// `n` tokens → `(n − 1)`
///
/// # Errors
/// As [`Decoder::pass`].
///
/// # Examples
/// ```
/// use concepts::decoder::{Config, Model, surprise};
/// let model = Model::random(Config::small(), 7)?;
/// let nats = surprise(&model.decoder(), &[3, 1, 4, 1])?;
/// assert_eq!(nats.len(), 3);
/// assert!(nats.iter().all(|nats| *nats > 0.0));
/// # Ok::<(), concepts::decoder::DecoderError>(())
/// ```
pub fn surprise(decoder: &Decoder, tokens: &[u32]) -> Result<Vec<f64>, DecoderError> {
    let mut nats = Vec::new();
    // Rows of logits are long, and one is needed at a time.
    decoder.each_row(tokens, |row, logits| {
        if let Some(&next) = tokens.get(row + 1) {
            nats.push(-log_softmax(logits)[next as usize]);
        }
    })?;
    Ok(nats)
}

/// The mean surprise in a stretch of texts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// Its first place, counted in predicted tokens from 0.
    pub from: usize,
    /// The place behind its last.
    pub to: usize,
    /// How many texts reach its end.
    pub texts: usize,
    /// Mean over the texts, in nats a token.
    pub mean: f64,
    /// Half of the 95 % interval; `None` with fewer than two texts.
    pub half_width: Option<f64>,
}

/// The mean surprise by the place in the text, between `edges`.
///
/// A text is one observation: its tokens depend on each other. Texts that end before a stretch does are left
/// out of it, and a stretch that no text reaches is left out.
///
/// # Formula
/// `mean ± 1.96 · sd / √texts` over the means of the texts in the stretch
///
/// # Examples
/// ```
/// use concepts::decoder::by_position;
/// let texts = [vec![4.0, 2.0, 1.0, 1.0], vec![6.0, 4.0, 3.0, 1.0], vec![5.0]];
/// let stretches = by_position(&texts, &[0, 1, 4, 9]);
/// assert_eq!(stretches.len(), 2);
/// assert_eq!((stretches[0].texts, stretches[0].mean), (3, 5.0));
/// assert_eq!((stretches[1].texts, stretches[1].mean), (2, 2.0));
/// ```
pub fn by_position(texts: &[Vec<f64>], edges: &[usize]) -> Vec<Stretch> {
    let stretch = |edge: &[usize]| {
        let &[from, to] = edge else { return None };
        let reaching = texts.iter().filter(|_| from < to).filter_map(|text| text.get(from..to));
        let means: Vec<f64> = reaching.map(mean).collect();
        let texts = means.len();
        let half_width = (texts > 1).then(|| Z * (variance(&means) / texts as f64).sqrt());
        (texts > 0).then(|| Stretch { from, to, texts, mean: mean(&means), half_width })
    };
    edges.windows(2).filter_map(stretch).collect()
}

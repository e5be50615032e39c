//! How surprising a text is to the model, place by place.

use super::words::Size;
use super::{Bootstrap, EvaluationError, Interval, Resampling};
use crate::numerics::statistics::mean;

/// The widest block.
const MAX_WIDTH: usize = 1 << 20;

/// The surprise in one block of positions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Surprise {
    /// The first position of the block, from 0.
    pub position: usize,
    /// How many texts reach the end of the block.
    pub texts: usize,
    /// Their mean surprise a token, in nats.
    pub surprise: Interval,
}

/// The mean surprise of texts by position, each block of `width` positions with its interval.
///
/// Texts are what is resampled: tokens of one text depend on each other. A text counts in a block if it reaches its
/// end, so later blocks may be about fewer, and other, texts; a part of a block at the end of a text is left out.
/// Human text stays surprising all along; what beam search writes becomes less and less so. A token of probability 0
/// makes its block infinite.
///
/// # Formula
/// `(1/T) Σ_t (1/w) Σ_{i in block} −ln p(t_i | t_{<i})` over the `T` texts that reach the end of the block
///
/// # Errors
/// [`EvaluationError`] if no text is as long as a block, the width is 0, or as [`bootstrap()`](super::bootstrap()).
///
/// # Reference
/// Holtzman et al. 2020, figure 2, which shows the probability itself, of single texts.
///
/// # Examples
/// ```
/// use concepts::evaluation::{Bootstrap, surprise_by_position};
/// let log_probs: [&[f64]; 3] = [&[-1.0, -3.0, -0.5], &[-2.0, -2.0, -0.25, -0.75], &[-1.5]];
/// let by_position = surprise_by_position(&log_probs, 2, &Bootstrap::default())?;
/// assert_eq!(by_position.len(), 2);
/// assert_eq!((by_position[0].texts, by_position[0].surprise.estimate), (2, 2.0));
/// assert_eq!((by_position[1].texts, by_position[1].surprise.estimate), (1, 0.5));
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn surprise_by_position(
    log_probs: &[&[f64]],
    width: usize,
    options: &Bootstrap,
) -> Result<Vec<Surprise>, EvaluationError> {
    if !(1..=MAX_WIDTH).contains(&width) {
        return Err(EvaluationError::Count { what: Size::Width, value: width, min: 1, max: MAX_WIDTH });
    }
    let longest = log_probs.iter().map(|text| text.len()).max().unwrap_or(0);
    if longest < width {
        return Err(EvaluationError::Empty);
    }
    let mut draws = Resampling::new(reaching(log_probs, width), options)?;
    let mut blocks = Vec::new();
    for position in (0..longest / width).map(|block| block * width) {
        let of_text = |text: &&[f64]| text.get(position..position + width).map(|block| -mean(block));
        let values: Vec<f64> = log_probs.iter().filter_map(of_text).collect();
        if values.len() != draws.size() {
            draws = Resampling::new(values.len(), options)?;
        }
        let surprise = draws.mean_interval(&values)?;
        blocks.push(Surprise { position, texts: values.len(), surprise });
    }
    Ok(blocks)
}

/// How many texts are that long.
fn reaching(texts: &[&[f64]], length: usize) -> usize {
    texts.iter().filter(|text| text.len() >= length).count()
}

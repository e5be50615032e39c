//! What a head looks at.

use ndarray::Array2;

use crate::decoder::{Ask, Decoder, DecoderError};

/// Where a head puts its weight on a text: mean weights from 0 to 1, over the tokens for which the question
/// makes sense. `None` where there is no such token.
///
/// # Formula
/// With `w[i, j]` the weight of token `i` on token `j`, counted from 0:
///
/// | | mean of | over |
/// |---|---|---|
/// | `sink` | `w[i, 0]` | `i ≥ 1` |
/// | `previous` | `w[i, i − 1]` | `i ≥ 2`: the token before token 1 is the sink |
/// | `same` | `Σ w[i, j]`, `1 ≤ j < i`, the same token | `i` with such a `j` |
/// | `sentence` | `w[i, s]`, `s` the first token of the sentence of `i` | `i > s > 0` |
///
/// # Reference
/// Xiao et al. 2023, *Efficient Streaming Language Models with Attention Sinks*; Clark et al. 2019, *What Does
/// BERT Look At?*, section 3, for heads by what they look at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeadScores {
    /// The layer.
    pub layer: usize,
    /// The head in it.
    pub head: usize,
    /// Weight on the first token of the text.
    pub sink: Option<f64>,
    /// Weight on the token before.
    pub previous: Option<f64>,
    /// Weight on earlier copies of the token itself.
    pub same: Option<f64>,
    /// Weight on the first token of the sentence.
    pub sentence: Option<f64>,
}

/// The scores of every head on a text; `starts` are the places at which its sentences begin, ascending.
///
/// The attention of all heads is held at once, `layers · heads · n²` numbers.
///
/// # Errors
/// As [`Decoder::pass`].
///
/// # Examples
/// ```
/// use concepts::decoder::{Config, Model, head_scores};
/// let model = Model::random(Config::small(), 7)?;
/// let scores = head_scores(&model.decoder(), &[3, 1, 4, 1, 5], &[0, 3])?;
/// assert_eq!(scores.len(), 8);
/// // Weights are shares: none is above 1.
/// assert!(scores.iter().all(|head| head.sink.unwrap() <= 1.0 && head.same.unwrap() <= 1.0));
/// # Ok::<(), concepts::decoder::DecoderError>(())
/// ```
pub fn head_scores(
    decoder: &Decoder,
    tokens: &[u32],
    starts: &[usize],
) -> Result<Vec<HeadScores>, DecoderError> {
    let seen = decoder.watch(tokens, &Ask::attention())?;
    let score = |((layer, head), w): &((usize, usize), Array2<f64>)| HeadScores {
        layer: *layer,
        head: *head,
        sink: mean_of((1..tokens.len()).map(|i| w[[i, 0]])),
        previous: mean_of((2..tokens.len()).map(|i| w[[i, i - 1]])),
        same: mean_of((1..tokens.len()).filter_map(|i| same(w, tokens, i))),
        sentence: mean_of((1..tokens.len()).filter_map(|i| sentence(w, starts, i))),
    };
    Ok(seen.attention.iter().map(score).collect())
}

/// A head, by its layer and its number there.
pub type Head = (usize, usize);

/// Of every head, `(layer, head)`, how much it looks at the token that followed the last time: the mean weight in
/// the second of two copies of `half` on the token behind the current one's earlier copy.
///
/// Random tokens give a model nothing else to go by.
///
/// # Formula
/// `mean w[i, i − n + 1]` over `i = n .. 2n`, in a text of `n` tokens twice
///
/// # Errors
/// As [`Decoder::pass`].
///
/// # Reference
/// Olsson et al. 2022, *In-context Learning and Induction Heads*.
///
/// # Examples
/// ```
/// use concepts::decoder::{Config, Model, induction_scores};
/// let model = Model::random(Config::small(), 7)?;
/// let scores = induction_scores(&model.decoder(), &[3, 1, 4, 15, 9])?;
/// // Nobody has trained these heads: they look everywhere.
/// assert!(scores.iter().all(|(_, score)| *score < 0.5));
/// # Ok::<(), concepts::decoder::DecoderError>(())
/// ```
pub fn induction_scores(decoder: &Decoder, half: &[u32]) -> Result<Vec<(Head, f64)>, DecoderError> {
    let n = half.len();
    let seen = decoder.watch(&half.repeat(2), &Ask::attention())?;
    let score = |w: &Array2<f64>| mean_of((n..2 * n).map(|i| w[[i, i + 1 - n]])).unwrap_or(0.0);
    Ok(seen.attention.iter().map(|(place, w)| (*place, score(w))).collect())
}

/// The weight of token `i` on its earlier copies, if there are some behind the sink.
fn same(w: &Array2<f64>, tokens: &[u32], i: usize) -> Option<f64> {
    let copies: Vec<usize> = (1..i).filter(|&j| tokens[j] == tokens[i]).collect();
    (!copies.is_empty()).then(|| copies.iter().map(|&j| w[[i, j]]).sum())
}

/// The weight of token `i` on the first one of its sentence.
fn sentence(w: &Array2<f64>, starts: &[usize], i: usize) -> Option<f64> {
    let start = *starts.iter().rfind(|&&start| start <= i)?;
    (start > 0 && start < i).then(|| w[[i, start]])
}

/// `None` of nothing.
fn mean_of(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

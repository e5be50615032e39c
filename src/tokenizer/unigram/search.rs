//! Single cuts: the most probable one, the best few, a random one.

use rand::Rng;

use super::lattice::starts;
use super::model::Edge;
use super::{Cut, Span, Unigram, UnigramError};

/// The most partial cuts that a search keeps.
const MOST_PARTIAL_CUTS: usize = 10_000_000;

/// The best way found so far to reach a byte.
#[derive(Clone, Copy)]
struct Reached {
    /// −∞ until the byte is reached; every score is finite.
    score: f64,
    from: usize,
    id: Option<u32>,
}

/// The best way on from a byte, one of several.
#[derive(Clone, Copy)]
struct Onward {
    score: f64,
    edge: Option<Edge>,
    /// Which of the ways on from the end of the edge.
    rank: usize,
}

impl Unigram {
    /// The most probable cut (Viterbi).
    ///
    /// Of cuts that are equally probable the one with the longest last piece is taken, and so on to the
    /// front. Time: characters times length of the longest piece.
    ///
    /// # Formula
    /// `argmax_cuts Σ ln p(x)`
    ///
    /// # Reference
    /// Viterbi 1967; Kudo 2018, equation 4; `Model::EncodeOptimized` in SentencePiece's `unigram_model.cc`, for models
    /// [`with_single_precision`](Self::with_single_precision).
    ///
    /// # Examples
    /// See [`Unigram`].
    pub fn best(&self, word: &str) -> Cut {
        let nowhere = Reached { score: f64::NEG_INFINITY, from: 0, id: None };
        let mut reached = vec![nowhere; word.len() + 1];
        reached[0].score = 0.0;
        for start in starts(word) {
            let so_far = reached[start].score;
            for edge in self.edges(word, start) {
                let sum = so_far + edge.score;
                let score = if self.single { in_single(so_far + in_single(edge.score)) } else { sum };
                if score > reached[edge.end].score {
                    reached[edge.end] = Reached { score, from: start, id: edge.id };
                }
            }
        }
        let mut spans = Vec::new();
        let mut end = word.len();
        while end > 0 {
            let Reached { from, id, .. } = reached[end];
            spans.push(Span { id, bytes: from..end });
            end = from;
        }
        spans.reverse();
        Cut { spans, log_probability: reached[word.len()].score }
    }

    /// The `n` most probable cuts, the best first, or all if there are fewer.
    ///
    /// # Errors
    /// [`UnigramError::TooLarge`] if `n` times the length of the word is.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::unigram::Unigram;
    /// let model = Unigram::new(vec![("a".into(), 0.5f64.ln()), ("aa".into(), 0.5f64.ln())], None)?;
    /// let cuts = model.best_cuts("aa", 5)?;
    /// assert_eq!(cuts.iter().map(|cut| cut.spans.len()).collect::<Vec<_>>(), [1, 2]);
    /// # Ok::<(), concepts::tokenizer::unigram::UnigramError>(())
    /// ```
    pub fn best_cuts(&self, word: &str, n: usize) -> Result<Vec<Cut>, UnigramError> {
        if n.saturating_mul(word.len() + 1) > MOST_PARTIAL_CUTS {
            return Err(UnigramError::TooLarge { n, bytes: word.len(), limit: MOST_PARTIAL_CUTS });
        }
        let mut onward: Vec<Vec<Onward>> = vec![Vec::new(); word.len() + 1];
        onward[word.len()].push(Onward { score: 0.0, edge: None, rank: 0 });
        for start in starts(word).rev() {
            let mut ways: Vec<Onward> = self
                .edges(word, start)
                .flat_map(|edge| (0..).zip(&onward[edge.end]).map(move |(rank, rest)| (edge, rank, rest)))
                .map(|(edge, rank, rest)| Onward { score: edge.score + rest.score, edge: Some(edge), rank })
                .collect();
            // Stable: of equal ones the shorter first piece comes first.
            ways.sort_by(|a, b| b.score.total_cmp(&a.score));
            ways.truncate(n);
            onward[start] = ways;
        }
        Ok((0..onward[0].len().min(n)).map(|rank| follow(&onward, rank)).collect())
    }

    /// A random cut: each with probability proportional to its own to the power of `alpha`.
    ///
    /// 1 samples from the model, 0 from all cuts evenly, and the larger `alpha`, the closer to the best
    /// cut. Training on sampled cuts is called subword regularisation.
    ///
    /// # Formula
    /// `P(cut) = P(x)^α / Σ_cuts P(x)^α`, over *all* cuts: from the front, step `i→j` is taken with
    /// probability `exp(α ln p(x_ij) + β(j) − β(i))`
    ///
    /// # Errors
    /// [`UnigramError::BadOption`] if `alpha` is negative or not finite.
    ///
    /// # Reference
    /// Kudo 2018, section 3.3 (forward filtering, backward sampling).
    ///
    /// # Examples
    /// ```
    /// use concepts::numerics::rng;
    /// use concepts::tokenizer::unigram::Unigram;
    /// let model = Unigram::new(vec![("a".into(), -1.0), ("aa".into(), -1.1)], None)?;
    /// let cut = model.sample("aaaa", 0.1, &mut rng(7, "doc"))?;
    /// assert_eq!(cut.spans.last().map(|span| span.bytes.end), Some(4));
    /// # Ok::<(), concepts::tokenizer::unigram::UnigramError>(())
    /// ```
    pub fn sample(&self, word: &str, alpha: f64, rng: &mut impl Rng) -> Result<Cut, UnigramError> {
        Self::check_power(alpha)?;
        let beta = self.backward(word, alpha);
        let mut cut = Cut { spans: Vec::new(), log_probability: 0.0 };
        let mut start = 0;
        while start < word.len() {
            let mut left: f64 = rng.random();
            let mut taken = None;
            for edge in self.edges(word, start) {
                left -= libm::exp(alpha * edge.score + beta[edge.end] - beta[start]);
                taken = Some(edge);
                // Rounding may leave a little beyond the last edge, which then is the one.
                if left < 0.0 {
                    break;
                }
            }
            let Some(edge) = taken else { break };
            cut.spans.push(Span { id: edge.id, bytes: start..edge.end });
            cut.log_probability += edge.score;
            start = edge.end;
        }
        Ok(cut)
    }
}

/// Rounded to single precision.
fn in_single(sum: f64) -> f64 {
    f64::from(sum as f32)
}

/// The cut of a rank, from the front.
fn follow(onward: &[Vec<Onward>], mut rank: usize) -> Cut {
    let mut cut = Cut { spans: Vec::new(), log_probability: onward[0][rank].score };
    let mut start = 0;
    while let Onward { edge: Some(edge), rank: next, .. } = onward[start][rank] {
        cut.spans.push(Span { id: edge.id, bytes: start..edge.end });
        (start, rank) = (edge.end, next);
    }
    cut
}

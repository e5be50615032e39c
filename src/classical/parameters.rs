/// Numbers of a hidden Markov model: start, transitions and emissions, without counting that rows sum to 1.
///
/// # Formula
/// `K + K² + K·V`
///
/// ```
/// assert_eq!(concepts::classical::hidden_markov_parameters(2, 3), 2 + 4 + 6);
/// ```
pub fn hidden_markov_parameters(tags: u64, symbols: u64) -> u64 {
    tags + tags * tags + tags * symbols
}

/// Numbers of a linear-chain CRF: a weight for each feature and tag, and one for each pair of tags.
///
/// # Formula
/// `K² + K·F`
///
/// ```
/// // Nine tags (begin and inside of four kinds of names, and outside) on scores that a network gives.
/// assert_eq!(concepts::classical::crf_parameters(9, 0), 81);
/// ```
pub fn crf_parameters(tags: u64, features: u64) -> u64 {
    tags * tags + tags * features
}

/// Numbers of a classifier with a weight for each unit and class, and one more for each class: naive Bayes,
/// logistic regression.
///
/// ```
/// assert_eq!(concepts::classical::linear_parameters(2, 1000), 2002);
/// ```
pub fn linear_parameters(classes: u64, units: u64) -> u64 {
    classes * (units + 1)
}

/// An LSTM that tags: embeddings, layers one after the other, a linear layer to the tags.
///
/// # Formula
/// `V·d + Σ 4h·(input + h + 1) + (h + 1)·K`, where the first layer reads d numbers and the others h; a layer of two
/// directions has all of it twice, and gives 2h
///
/// # Examples
/// ```
/// use concepts::classical::LstmTagger;
/// let tagger = LstmTagger { words: 0, embedding: 512, hidden: 1024, layers: 2, both_ways: false, tags: 0 };
/// assert_eq!(tagger.parameters(), 14_688_256);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LstmTagger {
    /// Words of the vocabulary.
    pub words: u64,
    /// Width of an embedding.
    pub embedding: u64,
    /// Width of the state, in each direction.
    pub hidden: u64,
    /// Layers.
    pub layers: u64,
    /// Does it read from both ends?
    pub both_ways: bool,
    /// Tags.
    pub tags: u64,
}

impl LstmTagger {
    /// All of them.
    pub fn parameters(&self) -> u64 {
        let ways = if self.both_ways { 2 } else { 1 };
        let out = ways * self.hidden;
        let layer = |input: u64| ways * 4 * self.hidden * (input + self.hidden + 1);
        let above = self.layers.saturating_sub(1) * layer(out);
        let first = if self.layers == 0 { 0 } else { layer(self.embedding) };
        let read = if self.layers == 0 { self.embedding } else { out };
        let last = if self.tags == 0 { 0 } else { (read + 1) * self.tags };
        self.words * self.embedding + first + above + last
    }
}

//! A text as it stands in a file.

/// The strategy of a text that people wrote.
pub const HUMAN: &str = "human";

/// A generated text with the setting that wrote it: all that a comparison needs to know, from whatever program.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The strategy, by any name; [`HUMAN`] for text that people wrote.
    pub strategy: String,
    /// Its numbers by name, in the order in which they are shown.
    pub settings: Vec<(String, f64)>,
    /// What the text continues.
    pub prompt: String,
    /// The text, without its prompt.
    pub text: String,
    /// `ln p` of each token under the model that wrote it, before any cut, where that is known.
    pub log_probs: Option<Vec<f64>>,
    /// Rows of logits that it took, where that is known.
    pub model_calls: Option<u64>,
    /// The mean number of tokens that a choice was made from, where that is known.
    pub candidates: Option<f64>,
}

impl Record {
    /// Strategy and numbers as one line: `top-p p=0.9`.
    ///
    /// ```
    /// use concepts::comparison::Record;
    /// let record = Record {
    ///     strategy: "top-p".into(),
    ///     settings: vec![("p".into(), 0.9), ("temperature".into(), 2.0)],
    ///     prompt: String::new(),
    ///     text: String::new(),
    ///     log_probs: None,
    ///     model_calls: None,
    ///     candidates: None,
    /// };
    /// assert_eq!(record.setting(), "top-p p=0.9 temperature=2");
    /// ```
    pub fn setting(&self) -> String {
        let numbers = self.settings.iter().map(|(name, value)| format!(" {name}={value}"));
        std::iter::once(self.strategy.clone()).chain(numbers).collect()
    }

    /// Did people write it?
    pub fn is_human(&self) -> bool {
        self.strategy == HUMAN
    }
}

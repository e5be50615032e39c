//! The measures, and their values.

/// A quantity that has one value a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// `−ln p` a token, under the model that wrote the text.
    Surprise,
    /// `−ln p` a character, under a model that the writer knows nothing of.
    Judge,
    /// The share of words that occur in the text that was learned from; of Chinese, of pairs of characters.
    Known,
    /// The share of sequences of four words that the same text had before.
    Repeated,
    /// The share of texts that end in a loop.
    Loops,
    /// Different pairs of words, as a share of all pairs of the text.
    Distinct,
    /// BLEU-4 of a text against those after other prompts; with one prompt alone, against its other texts.
    SelfBleu,
    /// Characters.
    Length,
    /// Tokens that a choice was made from.
    Candidates,
    /// Rows of logits a token.
    Calls,
}

impl Measure {
    /// All of them.
    pub const ALL: [Measure; 10] = [
        Measure::Surprise,
        Measure::Judge,
        Measure::Known,
        Measure::Repeated,
        Measure::Loops,
        Measure::Distinct,
        Measure::SelfBleu,
        Measure::Length,
        Measure::Candidates,
        Measure::Calls,
    ];

    /// Its name in files.
    pub fn word(self) -> &'static str {
        match self {
            Measure::Surprise => "surprise",
            Measure::Judge => "judge",
            Measure::Known => "known_words",
            Measure::Repeated => "rep_4",
            Measure::Loops => "loops",
            Measure::Distinct => "distinct_2",
            Measure::SelfBleu => "self_bleu",
            Measure::Length => "characters",
            Measure::Candidates => "candidates",
            Measure::Calls => "calls_per_token",
        }
    }
}

/// The numbers of one setting: one value a prompt for each measure; NaN where there is none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    values: Vec<(Measure, Vec<f64>)>,
}

impl Measured {
    /// One value a prompt; empty if this was not measured.
    pub fn of(&self, measure: Measure) -> &[f64] {
        self.values.iter().find(|(known, _)| *known == measure).map_or(&[], |(_, values)| values)
    }

    /// Puts a measure into its place.
    pub(super) fn add(&mut self, measure: Measure, values: Vec<f64>) {
        let place = self.values.partition_point(|(known, _)| *known < measure);
        self.values.insert(place, (measure, values));
    }

    /// Those that were measured, in the order of [`Measure::ALL`].
    pub fn measures(&self) -> impl Iterator<Item = Measure> {
        self.values.iter().map(|(measure, _)| *measure)
    }
}

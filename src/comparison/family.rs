//! The strategies, each with the number that it is swept over.

/// A decoding strategy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Family {
    /// The most probable token.
    Greedy,
    /// The most probable token that makes no n-gram stand twice.
    NoRepeat,
    /// The most probable prefixes.
    Beam,
    /// Probable, and unlike what was said.
    Contrastive,
    /// Flatter or steeper; at 1 pure sampling.
    Temperature,
    /// The most probable tokens, so many of them.
    TopK,
    /// The most probable tokens, so much mass.
    TopP,
    /// Tokens that have a share of the probability of the best.
    MinP,
    /// Tokens whose surprise is near the entropy.
    Typical,
    /// Tokens above a probability.
    Epsilon,
    /// Tokens above a probability that sinks with the entropy.
    Eta,
    /// A cut that steers the surprise.
    Mirostat,
    /// Pure sampling, and what was said becomes less likely.
    Repetition,
}

/// Word, parameter, five values for a short sweep, all values of a long one.
type Row = (Family, &'static str, &'static str, &'static [f64], &'static [f64]);

const ROWS: [Row; 13] = [
    (Family::Greedy, "greedy", "", &[], &[]),
    (Family::NoRepeat, "no-repeat", "n", &[3., 4., 6., 10., 16.], &[2., 3., 4., 6., 8., 10., 16., 24.]),
    (Family::Beam, "beam", "beams", &[1., 2., 4., 8., 16.], &[1., 2., 3., 4., 6., 8., 12., 16.]),
    (
        Family::Contrastive,
        "contrastive",
        "alpha",
        &[0.2, 0.4, 0.6, 0.8],
        &[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    ),
    (
        Family::Temperature,
        "temperature",
        "temperature",
        &[0.3, 0.5, 0.7, 1.0, 1.5],
        &[0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 2.0, 3.0],
    ),
    (
        Family::TopK,
        "top-k",
        "k",
        &[2., 3., 5., 10., 50.],
        &[1., 2., 3., 4., 5., 7., 10., 20., 50., 100., 200.],
    ),
    (
        Family::TopP,
        "top-p",
        "p",
        &[0.3, 0.5, 0.7, 0.9, 0.95],
        &[0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0],
    ),
    (
        Family::MinP,
        "min-p",
        "min_p",
        &[0.01, 0.05, 0.1, 0.3, 0.5],
        &[0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5],
    ),
    (
        Family::Typical,
        "typical",
        "mass",
        &[0.2, 0.5, 0.7, 0.9, 0.95],
        &[0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99],
    ),
    (
        Family::Epsilon,
        "epsilon",
        "epsilon",
        &[0.001, 0.01, 0.03, 0.1, 0.2],
        &[0.0003, 0.001, 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3],
    ),
    (
        Family::Eta,
        "eta",
        "epsilon",
        &[0.001, 0.01, 0.03, 0.1, 0.3],
        &[0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5],
    ),
    (
        Family::Mirostat,
        "mirostat",
        "target",
        &[0.5, 1.0, 1.5, 2.0, 3.0],
        &[0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0],
    ),
    (
        Family::Repetition,
        "repetition-penalty",
        "penalty",
        &[1.05, 1.1, 1.2, 1.5, 2.0],
        &[1.02, 1.05, 1.1, 1.15, 1.2, 1.3, 1.5, 2.0],
    ),
];

impl Family {
    /// All of them: searches first, then what draws.
    pub fn all() -> impl Iterator<Item = Family> {
        ROWS.iter().map(|row| row.0)
    }

    fn row(self) -> &'static Row {
        // Every family has a row: a test counts them.
        ROWS.iter().find(|row| row.0 == self).unwrap_or(&ROWS[0])
    }

    /// Its word on command lines and in files.
    ///
    /// ```
    /// use concepts::comparison::Family;
    /// assert_eq!(Family::TopP.word(), "top-p");
    /// assert_eq!(Family::named("top-p"), Some(Family::TopP));
    /// ```
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The family of a word.
    pub fn named(word: &str) -> Option<Family> {
        ROWS.iter().find(|row| row.1 == word).map(|row| row.0)
    }

    /// What its number is called; empty for greedy, which has none.
    pub fn parameter(self) -> &'static str {
        self.row().2
    }

    /// At most five values, from the strictest cut to the loosest or back.
    pub fn short_sweep(self) -> &'static [f64] {
        self.row().3
    }

    /// The whole range in which people set it.
    pub fn long_sweep(self) -> &'static [f64] {
        self.row().4
    }

    /// Does chance play a part?
    pub fn is_random(self) -> bool {
        !matches!(self, Family::Greedy | Family::NoRepeat | Family::Beam | Family::Contrastive)
    }

    /// Does it choose from the next token's distribution alone, whatever was said before?
    pub fn is_local(self) -> bool {
        matches!(
            self,
            Family::Greedy
                | Family::Temperature
                | Family::TopK
                | Family::TopP
                | Family::MinP
                | Family::Typical
                | Family::Epsilon
                | Family::Eta
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_has_its_own_word_and_values_in_order() {
        for (place, row) in ROWS.iter().enumerate() {
            assert_eq!(Family::named(row.1).map(|family| family as usize), Some(place));
            assert!(row.3.len() <= 5 && row.3.is_sorted() && row.4.is_sorted(), "{}", row.1);
            assert_eq!(row.2.is_empty(), row.3.is_empty(), "{}", row.1);
        }
    }
}

//! What the messages of this module speak of.

named! {
    /// A number that has a range.
    Quantity {
        Scale = "the scale of the law",
        Exponent = "the exponent of the law",
        Size = "a size",
        Waver = "the waver of the scores",
        StepSize = "the step size",
        Bandwidth = "the bandwidth",
        Level = "the level of confidence",
        Chance = "the score of a guess",
        Target = "the score asked for",
    }

    /// A part of a layer or of its examples.
    Part {
        Query = "the length of the query",
        Labels = "the number of labels",
        Tokens = "the number of tokens",
        Weights = "the width of a weight matrix",
    }
}

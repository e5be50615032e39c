//! What the messages of this module speak of.

named! {
    /// A number that has a range.
    Quantity {
        Smoothing = "the smoothing",
        Penalty = "the penalty",
    }

    /// Something that there must be at least one of.
    Part {
        Tags = "tags",
        Symbols = "symbols",
        Words = "words",
        Rows = "rows",
        Labels = "labels",
        Neighbours = "neighbours",
        Repeats = "repeats",
        Weights = "weights",
    }
}

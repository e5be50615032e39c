//! What the messages of this module speak of.

named! {
    /// What a number is about, as messages name it.
    Quantity {
        Vocabulary = "the vocabulary",
        Depth = "the depth",
        Nodes = "the number of nodes",
        Corpus = "the length of the corpus",
        Concentration = "the concentration",
        Window = "the length of a window in tokens",
        Windows = "the number of windows",
        Context = "the length of the context",
    }
}

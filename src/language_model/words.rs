//! What the messages of this module speak of.

named! {
    /// What a number is about, as messages name it.
    Quantity {
        Vocabulary = "the vocabulary",
        Depth = "the depth",
        Nodes = "the number of nodes",
        Corpus = "the length of the corpus",
        Concentration = "the concentration",
    }
}

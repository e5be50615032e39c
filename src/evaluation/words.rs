//! Words of the messages.

named! {
    /// A quantity that has to be above 0.
    Quantity {
        StandardDeviation = "the standard deviation of the differences",
        Difference = "the difference to be told",
        Smoothing = "the smoothing count",
        Scale = "the scale of the frontier",
    }
    /// How many of something.
    Size {
        Clusters = "the number of clusters",
        Restarts = "the number of restarts",
        Steps = "the number of steps",
        Dimensions = "the number of dimensions",
        Mixtures = "the number of mixtures",
        Width = "the number of positions in a block",
        Pairs = "the number of pairs",
    }
}

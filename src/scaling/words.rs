//! Words of the messages, as enums.

named! {
    /// A size that a law is asked about.
    Size {
        Parameters = "parameters",
        Tokens = "tokens",
        Compute = "compute",
        Loss = "loss",
    }
}

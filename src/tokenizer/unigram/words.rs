//! What the messages of this module speak of.

named! {
    /// An option of training or sampling, as messages name it.
    Setting {
        MaxChars = "max_chars",
        EmSteps = "em_steps",
        Keep = "keep",
        Alpha = "alpha",
    }

    /// Where an option has to lie.
    Bounds {
        AtLeast1 = "at least 1",
        Inside0And1 = "between 0 and 1, both excluded",
        NotNegative = "finite and at least 0",
    }
}

/// A pattern that cannot be used, or not on a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// No regular expression.
    #[error("tokenizer: the pattern {pattern:?} is no regular expression ({reason})")]
    Invalid {
        /// The pattern.
        pattern: String,
        /// What the parser says.
        reason: String,
    },
    /// A regular expression with a part that other programs read differently.
    #[error(
        "tokenizer: the pattern {pattern:?} has {what:?}, which is not supported: not every program cuts there in the same way"
    )]
    Unlike {
        /// The pattern.
        pattern: String,
        /// The part.
        what: String,
    },
    /// A pattern that tries too many ways on a text.
    #[error(
        "tokenizer: the pattern {pattern:?} takes too long on this text ({reason}); simplify the pattern"
    )]
    TooSlow {
        /// The pattern.
        pattern: String,
        /// Which limit was reached.
        reason: String,
    },
}

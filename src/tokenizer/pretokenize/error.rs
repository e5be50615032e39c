//! What can be wrong with a pattern.

use fancy_regex::RuntimeError;

/// A pattern that cannot be used, or not on a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// No regular expression.
    #[error("tokenizer: the pattern {pattern:?} is no regular expression ({reason})")]
    Invalid {
        /// The pattern.
        pattern: String,
        /// What is wrong.
        reason: PatternFault,
    },
    /// A regular expression with a part that other programs read differently.
    #[error(
        "tokenizer: the pattern {pattern:?} has {:?}, which is not supported: not every program cuts there in the same way",
        what.to_string()
    )]
    Unlike {
        /// The pattern.
        pattern: String,
        /// The part.
        what: Unlike,
    },
    /// A pattern that tries too many ways on a text.
    #[error(
        "tokenizer: the pattern {pattern:?} takes too long on this text ({reason}); simplify the pattern"
    )]
    TooSlow {
        /// The pattern.
        pattern: String,
        /// Which limit was reached.
        reason: Limit,
    },
}

/// Why a pattern is no regular expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternFault {
    /// It has no characters.
    #[error("it is empty")]
    Empty,
    /// It breaks the grammar.
    #[error("{said}")]
    Syntax {
        /// The first byte that does not fit, counted from 0.
        byte: usize,
        /// What the parser says, in English.
        said: String,
    },
    /// It is grammatical, but the engine cannot make anything of it.
    #[error("{said}")]
    NotCompiled {
        /// What the engine says, in English.
        said: String,
    },
}

impl From<fancy_regex::Error> for PatternFault {
    fn from(error: fancy_regex::Error) -> Self {
        let said = error.to_string();
        match error {
            fancy_regex::Error::ParseError(byte, _) => PatternFault::Syntax { byte, said },
            _ => PatternFault::NotCompiled { said },
        }
    }
}

/// What programs read in different ways.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unlike {
    /// A part of the pattern.
    #[error("{0}")]
    Part(String),
    /// A class within a class.
    #[error("a class in a class")]
    NestedClass,
    /// A repetition of what may match nothing.
    #[error("a repeated part that may be empty")]
    RepeatedNothing,
    /// A pattern that is not read to its end.
    #[error("more than 10,000 bytes")]
    TooLong,
}

/// A limit of the search.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Limit {
    /// Too many ways are open at once.
    #[error("{said}")]
    Stack {
        /// What the engine says, in English.
        said: String,
    },
    /// Too many ways were tried.
    #[error("{said}")]
    Steps {
        /// What the engine says, in English.
        said: String,
    },
}

impl From<&fancy_regex::Error> for Limit {
    fn from(error: &fancy_regex::Error) -> Self {
        let said = error.to_string();
        match error {
            fancy_regex::Error::RuntimeError(RuntimeError::StackOverflow) => Limit::Stack { said },
            _ => Limit::Steps { said },
        }
    }
}

use super::fault::{Found, LineFault, ModelFault, Unwritable};
use super::words::{Format, IdFault, Known, Part, Wanted};
use crate::json::{JsonFault, StandIn};
use crate::tokenizer::EncodeError;

/// What can be wrong with the file of a tokenizer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FileError {
    /// Not JSON, or not a whole one.
    #[error(
        "tokenizer.json: not readable as a JSON object ({reason}); give the tokenizer.json of a Hugging Face tokenizer"
    )]
    NotJson {
        /// What is wrong.
        reason: JsonFault,
    },
    /// A file far larger than any tokenizer.
    #[error(
        "tokenizer file: {bytes} bytes is no tokenizer; the largest have some 30 million (at most {limit} are read)"
    )]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The largest size that is read.
        limit: usize,
    },
    /// A field that is needed is not there.
    #[error("tokenizer.json: the field \"{field}\" is missing")]
    Missing {
        /// The field.
        field: String,
    },
    /// A field holds something else than it should.
    #[error("tokenizer.json: the field \"{field}\" is {found}, but must be {wanted}")]
    WrongType {
        /// The field.
        field: String,
        /// What it holds.
        found: Found,
        /// What it should hold.
        wanted: Wanted,
    },
    /// Something that would change ids and is not known here.
    #[error("tokenizer.json: the field \"{field}\" is {found}, which is not supported; known are {known}")]
    Unsupported {
        /// The field.
        field: String,
        /// What it holds.
        found: Found,
        /// What could stand there.
        known: Known,
    },
    /// Ids that belong to no token, or to two.
    #[error("tokenizer.json: in \"{field}\", id {id} {problem}")]
    BadIds {
        /// The field.
        field: String,
        /// The id.
        id: u64,
        /// What is wrong with it.
        problem: IdFault,
    },
    /// Fields that are each well formed but do not fit together.
    #[error("tokenizer.json: in \"{field}\": {source}")]
    Inconsistent {
        /// The field.
        field: String,
        /// What does not fit.
        source: EncodeError,
    },
    /// A tokenizer that the format cannot hold.
    #[error("the tokenizer cannot be written as {format}: {reason}")]
    CannotWrite {
        /// The format.
        format: Format,
        /// Why not.
        reason: Unwritable,
    },
    /// A line of tiktoken's ranks that is none.
    #[error("tiktoken: line {line} {problem}; a line is a token in base64, a space and its rank")]
    BadLine {
        /// Its number, counted from 1.
        line: usize,
        /// What is wrong.
        problem: LineFault,
    },
    /// Ranks of which nothing says how text is cut.
    #[error(
        "tiktoken: {ranks} ranks are none of the published ones, and the file does not say how text is cut; name the pattern"
    )]
    WhoseRanks {
        /// Number of ranks.
        ranks: usize,
    },
    /// A model of SentencePiece that cannot be read.
    #[error("SentencePiece: {0}")]
    SentencePiece(#[source] ModelFault),
    /// A file that holds a part of a tokenizer.
    #[error(
        "tokenizer file: {0}; give tokenizer.json: AutoTokenizer.from_pretrained(FOLDER).save_pretrained(OUT) writes it"
    )]
    Part(Part),
    /// Something in the place of the file.
    #[error("tokenizer file: {0}")]
    StandIn(StandIn),
    /// None of the formats.
    #[error(
        "tokenizer file: not a tokenizer.json, tekken.json, ranks of tiktoken or a model of SentencePiece"
    )]
    NoFormat,
    /// Tokens that make no vocabulary.
    #[error("tiktoken: {0}")]
    Ranks(#[source] EncodeError),
}

/// Errors of a part, with the name of its field.
pub(super) fn within<E: Into<EncodeError>>(field: &str) -> impl Fn(E) -> FileError {
    let field = field.to_string();
    move |error| FileError::Inconsistent { field: field.clone(), source: error.into() }
}

/// What no `tokenizer.json` can say.
pub(super) fn cannot(reason: Unwritable) -> FileError {
    FileError::CannotWrite { format: Format::Json, reason }
}

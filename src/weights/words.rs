//! The names that messages of this room use.

use std::fmt::{self, Display, Formatter};

use super::Encoding;
use crate::json::JsonFault;

named! {
    /// A part of a file of GGUF.
    Part {
        Header = "the header",
        Entries = "entries of metadata",
        Key = "the name of an entry",
        Entry = "the entry",
        Values = "values of a list",
        Tensors = "tensors",
        TensorName = "the name of a tensor",
        Tensor = "the tensor",
    }
}

/// What is wrong with an entry or a tensor of a file of GGUF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GgufFault {
    /// Its name or its text is not UTF-8.
    NotUtf8,
    /// Its name stands twice.
    Twice,
    /// A type of value that there is not.
    ValueType(u32),
    /// A truth value that is neither 0 nor 1.
    Bool(u8),
    /// Lists in lists in lists.
    Nested {
        /// How deep lists may be.
        limit: usize,
    },
    /// An alignment that is none.
    Alignment {
        /// What stands there.
        found: String,
    },
    /// A number of dimensions that is too large.
    Dimensions {
        /// How many it has.
        found: u32,
        /// The most.
        limit: u32,
    },
    /// A dimension of 0.
    Empty,
    /// More elements than can be counted.
    Overflow,
    /// A way of storing numbers that is not known.
    TensorType {
        /// Its number in ggml.
        number: u32,
        /// Its name, where ggml has one.
        name: Option<&'static str>,
    },
    /// Rows that are no whole blocks.
    PartialBlock {
        /// Elements of a row.
        columns: u64,
        /// Elements of a block.
        block: usize,
    },
    /// A place that is no multiple of the alignment.
    Misaligned {
        /// The place, in bytes of the data.
        offset: u64,
        /// The alignment.
        alignment: u64,
    },
}

impl Display for GgufFault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            GgufFault::NotUtf8 => {
                f.write_str("holds bytes that are not UTF-8; the file is damaged, fetch it again")
            }
            GgufFault::Twice => f.write_str("is there twice"),
            GgufFault::ValueType(number) => write!(f, "has type {number}; there are types 0 to 12"),
            GgufFault::Bool(byte) => write!(f, "is a truth value of {byte}; it must be 0 or 1"),
            GgufFault::Nested { limit } => write!(f, "is a list of lists more than {limit} deep"),
            GgufFault::Alignment { found } => {
                write!(f, "is {found}; an alignment is a power of two, as a rule 32")
            }
            GgufFault::Dimensions { found, limit } => {
                write!(f, "has {found} dimensions; there are at most {limit}")
            }
            GgufFault::Empty => f.write_str("has a dimension of 0"),
            GgufFault::Overflow => f.write_str("has dimensions whose product is beyond 64 bits"),
            GgufFault::TensorType { number, name: Some(name) } => {
                write!(f, "is stored as type {number} ({name}), which is not read here; ")?;
                Self::write_read(f)
            }
            GgufFault::TensorType { number, name: None } => {
                write!(f, "is stored as type {number}, which is not known; ")?;
                Self::write_read(f)
            }
            GgufFault::PartialBlock { columns, block } => {
                write!(f, "has rows of {columns}, which are no whole blocks of {block}")
            }
            GgufFault::Misaligned { offset, alignment } => {
                write!(f, "begins at byte {offset} of the data, which is no multiple of {alignment}")
            }
        }
    }
}

impl GgufFault {
    /// What is read, and how to come by it.
    fn write_read(f: &mut Formatter<'_>) -> fmt::Result {
        let read: Vec<&str> = Encoding::ALL.iter().map(|encoding| encoding.name()).collect();
        let read = read.join(", ");
        write!(f, "what is read is {read}: take another file of the model, or make one with llama-quantize")
    }
}

/// What is wrong with the index of a model in several files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JsonWanted {
    /// It cannot be read.
    Unread(JsonFault),
    /// It has no table of tensors and their files.
    NoMap,
    /// It names a file that is not given.
    NoFile(String),
}

impl Display for JsonWanted {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            JsonWanted::Unread(fault) => write!(f, "is not readable as a JSON object ({fault})"),
            JsonWanted::NoMap => f.write_str("has no \"weight_map\" from tensors to files"),
            JsonWanted::NoFile(file) => write!(f, "names the file {file}, which is not given"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_is_not_read_says_what_is_and_what_to_do() {
        for name in [Some("IQ3_S"), None] {
            let said = GgufFault::TensorType { number: 21, name }.to_string();
            assert!(
                said.contains("Q4_K") && said.contains("IQ4_XS") && said.contains("llama-quantize"),
                "{said}"
            );
        }
    }
}

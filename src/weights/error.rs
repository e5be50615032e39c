use super::words::{GgufFault, JsonWanted, Part};
use super::{Encoding, StandIn};

/// What can be wrong with a file of weights or with what is asked of it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WeightsError {
    /// A file of another format.
    #[error("gguf: the file begins with {found:02x?} and not with \"GGUF\"; it is no file of GGUF")]
    NotGguf {
        /// Its first bytes.
        found: Vec<u8>,
    },
    /// A file whose numbers are written the other way round.
    #[error("gguf: the file is big-endian; convert it with gguf-convert-endian of the Python package gguf")]
    BigEndian,
    /// A version that is not known.
    #[error("gguf: the file has version {version}; known are 2 and 3, convert it anew")]
    Version {
        /// The version.
        version: u32,
    },
    /// The file ends too early.
    #[error(
        "gguf: at byte {at} {part} needs {needed} bytes, and {left} are left; the file is cut off or damaged"
    )]
    CutOff {
        /// What is read there.
        part: Part,
        /// Where it begins.
        at: usize,
        /// How many bytes it needs at least.
        needed: u64,
        /// How many there are.
        left: usize,
    },
    /// A number of things that the file has no room for.
    #[error("gguf: the file says it has {count} {part}, for which its {bytes} bytes have no room")]
    TooMany {
        /// Of what.
        part: Part,
        /// How many.
        count: u64,
        /// Bytes of the file that are left.
        bytes: usize,
    },
    /// Something that is there and wrong.
    #[error("gguf: {part} \"{name}\" {fault}")]
    Wrong {
        /// What.
        part: Part,
        /// Its name, or where it stands if that is what is wrong.
        name: String,
        /// What is wrong with it.
        fault: GgufFault,
    },
    /// Two tensors on the same bytes.
    #[error(
        "gguf: the tensors \"{first}\" and \"{second}\" overlap: one ends at byte {end} of the data, the next begins at {start}"
    )]
    Overlap {
        /// The one that begins first.
        first: String,
        /// The other one.
        second: String,
        /// Where the first ends.
        end: u64,
        /// Where the second begins.
        start: u64,
    },
    /// A tensor that goes on behind the end of the file.
    #[error("gguf: tensor \"{tensor}\" ends at byte {end}, and the file has {bytes}; it is cut off")]
    Beyond {
        /// The tensor.
        tensor: String,
        /// Where it ends, in bytes of the file.
        end: u64,
        /// Bytes of the file.
        bytes: usize,
    },
    /// A file of safetensors that its own reader refuses.
    #[error("safetensors: not a whole file ({said}); fetch it again")]
    SafeTensors {
        /// What the reader says, in English.
        said: String,
    },
    /// Something in the place of a file of safetensors.
    #[error("safetensors: {0}")]
    StandIn(StandIn),
    /// A type of numbers that is not read here.
    #[error("safetensors: tensor \"{tensor}\" has numbers of type {found}; known are F32, F16 and BF16")]
    Dtype {
        /// The tensor.
        tensor: String,
        /// Its type.
        found: String,
    },
    /// A tensor without numbers.
    #[error("safetensors: tensor \"{tensor}\" has a dimension of 0")]
    EmptyTensor {
        /// The tensor.
        tensor: String,
    },
    /// A tensor in two files.
    #[error("safetensors: tensor \"{tensor}\" is in more than one file")]
    Twice {
        /// The tensor.
        tensor: String,
    },
    /// An index that is none.
    #[error("safetensors: the index {fault}")]
    Index {
        /// What is wrong with it.
        fault: JsonWanted,
    },
    /// A tensor that is not where the index says.
    #[error("safetensors: the index says that \"{tensor}\" is in {file}, and it is not there")]
    Misplaced {
        /// The tensor.
        tensor: String,
        /// The file.
        file: String,
    },
    /// Numbers that are no whole blocks.
    #[error("weights: {values} numbers are no whole blocks of {block}, as {encoding} needs them")]
    PartialBlock {
        /// How many numbers.
        values: usize,
        /// Numbers in a block.
        block: usize,
        /// The encoding.
        encoding: Encoding,
    },
}

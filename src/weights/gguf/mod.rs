//! GGUF: the files of llama.cpp.
//!
//! ```text
//! "GGUF" │ version │ tensors │ entries │ metadata: name, type, value … │ directory: name, shape, type, place … │ data
//! ```
//!
//! The file is borrowed, never copied, and nothing that it says about itself is believed before it is checked: a file
//! of 100 bytes that announces 2⁶³ tensors, texts of gigabytes or a tensor behind its end is refused by a line that
//! says which number is wrong. Memory grows with the bytes that are there.
//!
//! Written here: of the crates for the format without a framework, `gguf-rs-lib` checks as much, but reads a stream into
//! values of its own, a `String` for each of a quarter of a million tokens, in maps without an order; `gguf`, `gguf-rs`
//! and `ggus` do not look whether two tensors share bytes.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `cursor` | reading on, byte by byte, within the file |
//! | 2 | `value` | the values of metadata: [`Value`], [`Array`] |
//! | 3 | `directory` | the whole file, checked: [`Gguf`] |
//! | 4 | `tensors` | the tensors of the directory: shapes, types, places |
//! | 5 | `types` | the numbers of ggml's types |

mod cursor;
mod directory;
mod tensors;
mod types;
mod value;

pub use directory::Gguf;
pub use value::{Array, Value};

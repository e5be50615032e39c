//! What a decoder is built of, as data.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `family` | the architectures that are run: [`Family`] |
//! | 2 | `data` | sizes, norms, positions, windows: [`Config`], [`LayerConfig`], [`Norm`] |
//! | 3 | `keys` | a file's keys and values, whoever reads them: [`Keys`] |
//! | 4 | `fields` | the fields of a `config.json`, each with its type |
//! | 5 | `layers` | which of its layers see a window, and which rotate |
//! | 6 | `huggingface` | from a `config.json` |
//! | 7 | `metadata` | the keys of a GGUF file, each with its type |
//! | 8 | `scaling` | its rotary embedding |
//! | 9 | `gguf` | from the metadata of a GGUF file |

mod data;
mod family;
mod fields;
mod gguf;
mod huggingface;
mod keys;
mod layers;
mod metadata;
mod scaling;

pub use data::{Config, FromFile, LayerConfig, Norm};
pub use family::Family;
pub use keys::Keys;

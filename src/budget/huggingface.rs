//! A configuration file of one's own, as Hugging Face writes it.
//!
//! | file | what it reads |
//! |---|---|
//! | `reader` | the fields, each with its type |
//! | `beside` | the type of a model, and files that are no configuration |
//! | `defaults` | what transformers takes for a field that is not there |
//! | `types` | the types of models, and the style of each |
//! | `model` | the model that writes |
//! | `attention` | heads, biases, latent attention |
//! | `experts` | experts, and which layers have them |
//! | `windows` | which layers see only a window |
//! | `recurrent` | which layers keep a state, and which are without attention or network |
//! | `states` | what a layer with a state is built of and keeps |
//! | `rope` | the rotary embedding |
//! | `rotary` | where the file describes it, and how much of a head it turns |
//! | `parts` | a model that sees images: its parts |
//! | `towers` | what reads the images |
//! | `unused` | what of the file was not used |

mod attention;
mod beside;
mod defaults;
mod experts;
mod model;
mod parts;
mod reader;
mod recurrent;
mod rope;
mod rotary;
mod states;
mod towers;
mod types;
mod unused;
mod windows;

use super::{BudgetError, ModelConfig, RopeConfig};
use crate::json::object;
use parts::Parts;

/// No configuration is larger.
const MOST_BYTES: usize = 10_000_000;

/// What a configuration file says, and what was done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromFile {
    /// The model.
    pub config: ModelConfig,
    /// Fields that the file has not, and what transformers takes for them.
    pub assumed: Vec<(String, String)>,
    /// Fields of the file that were not used and may matter.
    pub unused: Vec<String>,
    /// Parts of the model that are not counted, such as what reads sound: the rest is the text part.
    pub not_counted: Vec<String>,
}

/// Reads the text of a `config.json`.
///
/// A field `head_dim` wins over `hidden_size / num_attention_heads`, as it does in the model. What the file
/// leaves out is what transformers takes for it; [`read_huggingface`] says what that was.
///
/// # Errors
/// [`BudgetError`] naming the file and the field: not JSON, too large, a field of the wrong type, or missing
/// where there is no default, an unknown type of model, heads that do not divide.
///
/// # Examples
/// ```
/// use concepts::budget::from_huggingface;
/// let text = r#"{"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32,
///     "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336,
///     "vocab_size": 128256, "max_position_embeddings": 131072}"#;
/// let config = from_huggingface(text, "config.json")?;
/// assert_eq!((config.head_dim, config.kv_heads), (128, 8));
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn from_huggingface(text: &str, file: &str) -> Result<ModelConfig, BudgetError> {
    read_huggingface(text, file).map(|read| read.config)
}

/// As [`from_huggingface`], with what was assumed and what was not used.
///
/// # Errors
/// As [`from_huggingface`].
///
/// # Examples
/// ```
/// use concepts::budget::{parameters, read_huggingface};
/// let read = read_huggingface(r#"{"model_type": "gpt2", "n_layer": 24, "n_magic": 7}"#, "config.json")?;
/// assert!(read.assumed.contains(&("n_positions".into(), "1024".into())));
/// assert_eq!(read.unused, ["n_magic"]);
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn read_huggingface(text: &str, file: &str) -> Result<FromFile, BudgetError> {
    let parts = parts(text, file)?;
    let read = FromFile {
        config: parts.model()?,
        assumed: parts.assumed(),
        unused: parts.unused(),
        not_counted: parts.not_counted(),
    };
    // What is wrong is wrong with the file.
    ModelConfig { name: file.into(), ..read.config.clone() }.check()?;
    Ok(read)
}

/// The rotary embedding that a `config.json` describes, `None` if its model has none. Where kinds of layers
/// have one each, it is that of the layers that see everything.
///
/// # Errors
/// As [`read_huggingface`]; [`BudgetError::UnknownRope`] for a kind that is not read.
///
/// # Examples
/// ```
/// use concepts::budget::rope_of_huggingface;
/// let text = r#"{"model_type": "llama", "rope_theta": 500000.0}"#;
/// assert_eq!(rope_of_huggingface(text, "config.json")?.map(|rope| rope.base), Some(500_000.0));
/// assert_eq!(rope_of_huggingface(r#"{"model_type": "gpt2"}"#, "config.json")?, None);
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn rope_of_huggingface(text: &str, file: &str) -> Result<Option<RopeConfig>, BudgetError> {
    parts(text, file)?.rope()
}

/// The types of models whose files are read, as `model_type` names them.
///
/// # Examples
/// ```
/// use concepts::budget::huggingface_types;
/// assert!(huggingface_types().contains(&"gpt_neox"));
/// ```
pub fn huggingface_types() -> Vec<&'static str> {
    types::types()
}

fn parts<'a>(text: &str, file: &'a str) -> Result<Parts<'a>, BudgetError> {
    if text.len() > MOST_BYTES {
        return Err(BudgetError::TooLarge { file: file.into(), bytes: text.len(), limit: MOST_BYTES });
    }
    let fields = object(text).map_err(|reason| BudgetError::NotJson { file: file.into(), reason })?;
    Parts::new(fields, file)
}

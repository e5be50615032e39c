use super::words::{Asked, Beside, Field, Quantity, Unread, Wanted};
use crate::json::JsonFault;

/// What can be wrong with a model's configuration or a question about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BudgetError {
    /// No published model of that name.
    #[error("model: there is no \"{name}\" among the published models; the nearest are {}", .nearest.join(", "))]
    Unknown {
        /// The name asked for.
        name: String,
        /// The nearest names.
        nearest: Vec<String>,
    },
    /// The name of a family: which of its models?
    #[error("model: \"{name}\" is a family, not a model; of it there are {}", .models.join(", "))]
    Several {
        /// The name asked for.
        name: String,
        /// Its models.
        models: Vec<String>,
    },
    /// A file that is not a configuration.
    #[error("{file}: not readable as a JSON object ({reason}); give the config.json of a Hugging Face model")]
    NotJson {
        /// The file.
        file: String,
        /// What is wrong.
        reason: JsonFault,
    },
    /// A file far larger than any configuration.
    #[error(
        "{file}: {bytes} bytes is no configuration; a config.json has a few thousand (at most {limit} are read)"
    )]
    TooLarge {
        /// The file.
        file: String,
        /// Its size.
        bytes: usize,
        /// The largest size that is read.
        limit: usize,
    },
    /// A field that is needed is not there.
    #[error("{file}: the field \"{field}\" is missing; a {model_type} configuration needs it")]
    Missing {
        /// The file.
        file: String,
        /// The field.
        field: String,
        /// The type of the model.
        model_type: String,
    },
    /// A field holds something else than it should.
    #[error("{file}: the field \"{field}\" is {found}, but must be {wanted}")]
    WrongType {
        /// The file.
        file: String,
        /// The field.
        field: String,
        /// What it holds.
        found: String,
        /// What it should hold.
        wanted: Wanted,
    },
    /// A type of model that is not known.
    #[error("{file}: model_type \"{model_type}\" is not known{}", closest(.nearest))]
    UnknownType {
        /// The file.
        file: String,
        /// The type.
        model_type: String,
        /// The known types that are written alike.
        nearest: Vec<String>,
    },
    /// The configuration of an adapter.
    #[error(
        "{file}: this is the configuration of an adapter (peft_type {kind}); give the config.json of its base model, {base}"
    )]
    Adapter {
        /// The file.
        file: String,
        /// The kind of adapter.
        kind: String,
        /// The model that it belongs to.
        base: String,
    },
    /// A file that lies beside a configuration.
    #[error("{file}: {what}")]
    NotConfiguration {
        /// The file.
        file: String,
        /// What it is.
        what: Beside,
    },
    /// A type whose files are not read, while published models of it are known.
    #[error(
        "{file}: model_type \"{model_type}\" is not counted: {}; the published models have {}", Unread::OwnCode, .models.join(", ")
    )]
    InTable {
        /// The file.
        file: String,
        /// The type.
        model_type: String,
        /// The published models.
        models: Vec<String>,
    },
    /// A type of model that is known and cannot be counted.
    #[error("{file}: model_type \"{model_type}\" is not counted: {reason}")]
    NotRead {
        /// The file.
        file: String,
        /// The type.
        model_type: String,
        /// Why.
        reason: Unread,
    },
    /// A rotary embedding of a kind that is not read.
    #[error("{file}: the kind \"{kind}\" of RoPE is not read; known are {known}")]
    UnknownRope {
        /// The file.
        file: String,
        /// The kind.
        kind: String,
        /// The known kinds.
        known: String,
    },
    /// Query heads that cannot be shared out.
    #[error(
        "{name}: {heads} query heads cannot share {kv_heads} key/value heads evenly; num_key_value_heads must divide num_attention_heads"
    )]
    HeadsDoNotDivide {
        /// The model or file.
        name: String,
        /// Number of query heads.
        heads: u64,
        /// Number of key/value heads.
        kv_heads: u64,
    },
    /// A size that no model has.
    #[error("{name}: {field} is {size}, but must be between {least} and {most}")]
    BadField {
        /// The model or file.
        name: String,
        /// The field.
        field: Field,
        /// Its size.
        size: u64,
        /// The smallest it can be.
        least: u64,
        /// The largest it can be.
        most: u64,
    },
    /// A width of a head that is not given and cannot be worked out.
    #[error(
        "{file}: hidden_size is {d_model}, which {heads} heads do not divide, and \"head_dim\" is missing; give it"
    )]
    NoHeadDim {
        /// The file.
        file: String,
        /// Width of the model.
        d_model: u64,
        /// Number of query heads.
        heads: u64,
    },
    /// A question that only a decoder has an answer to.
    #[error("{name}: {what} is defined for a decoder alone; choose a model that writes from one stack")]
    NotADecoder {
        /// The model.
        name: String,
        /// What was asked for.
        what: Asked,
    },
    /// Weights that are larger than the memory.
    #[error(
        "{name}: the weights need {needed} bytes, the memory has {memory}; take a narrower format or more memory"
    )]
    WeightsDoNotFit {
        /// The model.
        name: String,
        /// Bytes of the weights.
        needed: u64,
        /// Bytes there are.
        memory: u64,
    },
    /// No accelerator of that name.
    #[error("model: there is no accelerator \"{name}\" in the table{}", closest(.nearest))]
    UnknownAccelerator {
        /// The name asked for.
        name: String,
        /// The names that are written alike.
        nearest: Vec<String>,
    },
    /// A size that does not fit.
    #[error("model: {what} does not fit into the largest whole number; give a smaller context or batch")]
    Overflow {
        /// What was computed.
        what: Quantity,
    },
    /// A size of memory that cannot be read.
    #[error(
        "model: \"{text}\" is no size of memory; give a number with its unit, such as 80GiB (2^30 bytes) or 80GB (10^9)"
    )]
    BadSize {
        /// What was given.
        text: String,
    },
    /// A size of memory that no device has.
    #[error("model: \"{text}\" is not from 1 to 10^18 bytes; give the memory of a device, such as 80GiB")]
    SizeOutOfRange {
        /// What was given.
        text: String,
    },
    /// The table of published models is damaged.
    #[error("model: the table of published models cannot be read: {reason}")]
    Table {
        /// What is wrong.
        reason: TableFault,
    },
}

/// The nearest names, if there are any.
fn closest(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!("; the nearest are {}", nearest.join(", ")) }
}

/// What is wrong with the table of published models.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableFault {
    /// No TOML.
    #[error("{said}")]
    NotToml {
        /// What the parser says, in English.
        said: String,
    },
    /// A model without a field that it needs.
    #[error("the model {id} lacks a field")]
    LacksField {
        /// The model.
        id: String,
    },
}

//! Configurations of published models.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::{Bias, BudgetError, Experts, HeadNorm, Kind, Latent, ModelConfig, Norm, TableFault, Window};

/// The table, as text.
const TABLE: &str = include_str!("published.toml");

/// A published model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its name in commands: `llama-2-70b`.
    pub id: String,
    /// Its configuration.
    pub config: ModelConfig,
    /// Where it comes from: T a table of the paper, L an independent implementation, D the authors' own
    /// configuration for inference, N notes of others.
    pub source: String,
    /// The fields that none of these confirms; empty if all are confirmed.
    pub unverified: String,
    /// The published number of parameters, where an exact one follows from the configuration.
    pub parameters: Option<u64>,
}

/// All published models, by name.
///
/// # Examples
/// ```
/// let models = concepts::budget::published();
/// assert!(models.len() > 40);
/// ```
pub fn published() -> &'static [Published] {
    static MODELS: LazyLock<Vec<Published>> = LazyLock::new(|| read(TABLE).unwrap_or_default());
    &MODELS
}

/// The published model of a name. Capitals, blanks and punctuation do not matter.
///
/// # Errors
/// [`BudgetError::Several`] for the name of a family, with its models, [`BudgetError::Unknown`] with the
/// nearest names.
///
/// # Examples
/// ```
/// use concepts::budget::find;
/// assert_eq!(find("LLaMA 2 70B")?.config.kv_heads, 8);
/// let error = find("llama-2-72b").unwrap_err().to_string();
/// assert!(error.contains("llama-2-70b"));
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn find(name: &str) -> Result<&'static Published, BudgetError> {
    let wanted = plain(name);
    if let Some(model) = published().iter().find(|model| plain(&model.id) == wanted) {
        return Ok(model);
    }
    let family = of_family(&wanted);
    if !family.is_empty() {
        return Err(BudgetError::Several { name: name.into(), models: family });
    }
    let mut by_distance: Vec<&Published> = published().iter().collect();
    by_distance.sort_by_key(|model| nearness(&model.id, &wanted));
    let nearest = by_distance.iter().take(3).map(|model| model.id.clone()).collect();
    Err(BudgetError::Unknown { name: name.into(), nearest })
}

/// What people call a family, and how the names of its models begin.
const FAMILIES: [(&str, &str); 16] = [
    ("通义千问", "qwen"),
    ("千问", "qwen"),
    ("通义", "qwen"),
    ("tongyi", "qwen"),
    ("qianwen", "qwen"),
    ("百川", "baichuan"),
    ("百川智能", "baichuan"),
    ("智谱", "glm"),
    ("智谱清言", "glm"),
    ("chatglm", "glm"),
    ("zhipu", "glm"),
    ("零一万物", "yi"),
    ("01ai", "yi"),
    ("深度求索", "deepseek"),
    ("羊驼", "llama"),
    ("米斯特拉尔", "mistral"),
];

/// The models of a family: those whose names go on where the family's name ends.
pub(super) fn of_family(wanted: &str) -> Vec<String> {
    let begins = FAMILIES.iter().find(|(name, _)| *name == wanted).map_or(wanted, |(_, begins)| begins);
    let long_enough = begins.chars().count() > 1;
    let models = published().iter().filter(|model| long_enough && plain(&model.id).starts_with(begins));
    models.map(|model| model.id.clone()).collect()
}

/// Letters and digits of a name, small.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// For sorting by nearness to `wanted`, which is plain: names that hold it first, then by distance.
pub(super) fn nearness(known: &str, wanted: &str) -> (bool, usize) {
    let known = plain(known);
    (!known.contains(wanted), distance(&known, wanted))
}

/// The first of names, each with all ways to write it, that are like `wanted`, which is plain: they hold it, or no
/// more than every second letter is another.
pub(super) fn alike<'a>(known: impl Iterator<Item = (&'a str, Vec<String>)>, wanted: &str) -> Vec<String> {
    const MOST: usize = 4;
    let half = wanted.chars().count() / 2;
    let near = |(name, written): (&'a str, Vec<String>)| {
        let near = written.iter().map(|known| nearness(known, wanted)).min()?;
        let like = !wanted.is_empty() && (!near.0 || near.1 <= half);
        like.then_some((near, name))
    };
    let mut alike: Vec<_> = known.filter_map(near).collect();
    alike.sort_by_key(|(near, _)| *near);
    alike.into_iter().take(MOST).map(|(_, name)| name.to_string()).collect()
}

/// How many letters must be put in, taken out or changed (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// Reads a table of models.
fn read(table: &str) -> Result<Vec<Published>, BudgetError> {
    let broken = |reason: TableFault| BudgetError::Table { reason };
    let table: Map<String, Value> = basic_toml::from_str(table)
        .map_err(|error| broken(TableFault::NotToml { said: error.to_string() }))?;
    table
        .into_iter()
        .map(|(id, row)| model(&id, &row).ok_or_else(|| broken(TableFault::LacksField { id })))
        .collect()
}

fn model(id: &str, row: &Value) -> Option<Published> {
    let whole = |field: &str| row.get(field)?.as_u64();
    let words = |field: &str| row.get(field)?.as_str();
    let kind = match words("kind")? {
        "encoder" => Kind::Encoder,
        "decoder" => Kind::Decoder,
        _ => Kind::EncoderDecoder,
    };
    let experts = whole("experts").map(|count| Experts {
        count,
        active: whole("active_experts").unwrap_or(count),
        shared_d_ff: whole("shared_experts").unwrap_or(0) * whole("expert_d_ff").unwrap_or(0),
        shared_gate: false,
        d_ff: whole("expert_d_ff").unwrap_or(0),
        bias: false,
        router_bias: false,
        inner: 0,
        dense_layers: whole("dense_layers").unwrap_or(0),
    });
    let layers = whole("layers")?;
    let base = ModelConfig {
        name: words("title")?.into(),
        kind,
        layers,
        encoder_layers: if kind == Kind::EncoderDecoder { layers } else { 0 },
        d_model: whole("d_model")?,
        heads: whole("heads")?,
        kv_heads: whole("kv_heads")?,
        head_dim: whole("head_dim")?,
        d_ff: whole("d_ff")?,
        vocab: whole("vocab")?,
        tied: row.get("tied")?.as_bool()?,
        context: whole("context")?,
        experts,
        window: whole("window").map(|size| Window {
            size,
            layers: windowed(layers, whole("full_every")),
            chunked: false,
        }),
        ..plain_decoder()
    };
    let parameters = whole("parameters");
    Some(Published {
        id: id.into(),
        config: styled(base, words("style")?),
        source: words("source")?.into(),
        unverified: words("unverified").unwrap_or_default().into(),
        parameters,
    })
}

/// Layers with a window, if every so manieth layer has none; without such a number all have one.
fn windowed(layers: u64, full_every: Option<u64>) -> u64 {
    layers - full_every.and_then(|every| layers.checked_div(every)).unwrap_or(0)
}

/// What most models share: no biases, two RMS norms a layer and one at the end, a gate.
pub(super) fn plain_decoder() -> ModelConfig {
    ModelConfig {
        name: String::new(),
        kind: Kind::Decoder,
        layers: 0,
        encoder_layers: 0,
        d_model: 0,
        heads: 0,
        kv_heads: 0,
        head_dim: 0,
        d_ff: 0,
        gated: true,
        experts: None,
        without_network: 0,
        network_alone: 0,
        vocab: 0,
        tied: false,
        context: 0,
        learned_positions: 0,
        token_types: 0,
        pooler: false,
        relative_buckets: 0,
        relative_each: false,
        cross_attention: false,
        bias: Bias::NONE,
        output_bias: false,
        query_gate: false,
        sinks: false,
        norm: Norm { per_layer: 2, numbers: 1, whole: true, embedding: false, query_key: HeadNorm::None },
        window: None,
        latent: None,
        indexer: None,
        recurrent: None,
        images: 0,
    }
}

/// What a family does differently.
pub(super) fn styled(base: ModelConfig, style: &str) -> ModelConfig {
    let rms = base.norm;
    let layer_norm = Norm { numbers: 2, ..rms };
    match style {
        "gpt" => ModelConfig {
            gated: false,
            learned_positions: base.context,
            bias: Bias::ALL,
            norm: layer_norm,
            ..base
        },
        // GPT-NeoX turns its positions, BLOOM slopes them.
        "gpt, no table" => ModelConfig { gated: false, bias: Bias::ALL, norm: layer_norm, ..base },
        "bert" => ModelConfig {
            gated: false,
            learned_positions: base.context,
            token_types: 2,
            pooler: true,
            bias: Bias::ALL,
            norm: layer_norm,
            ..base
        },
        "t5" => ModelConfig { gated: false, relative_buckets: 32, cross_attention: true, ..base },
        "t5-gated" => ModelConfig { relative_buckets: 32, cross_attention: true, ..base },
        "falcon-1" => ModelConfig { gated: false, norm: Norm { per_layer: 1, ..layer_norm }, ..base },
        "falcon-2" => ModelConfig { gated: false, norm: layer_norm, ..base },
        "phi" => ModelConfig {
            gated: false,
            bias: Bias::ALL,
            output_bias: true,
            norm: Norm { per_layer: 1, ..layer_norm },
            ..base
        },
        "qwen2" => ModelConfig { bias: Bias::QKV, ..base },
        "qwen3" => ModelConfig { norm: Norm { query_key: HeadNorm::Each, ..rms }, ..base },
        // Queries and keys are normalised over all heads at once.
        "olmo2" => ModelConfig { norm: Norm { query_key: HeadNorm::Together, ..rms }, ..base },
        // One norm for attention and network side by side, without a bias; or one thing a layer.
        "no gate" => ModelConfig { gated: false, ..base },
        "layer norm, no gate" => ModelConfig { gated: false, norm: layer_norm, ..base },
        "palm" | "one norm" => ModelConfig { norm: Norm { per_layer: 1, ..rms }, ..base },
        "one norm, no gate" => ModelConfig { gated: false, norm: Norm { per_layer: 1, ..rms }, ..base },
        "gemma2" => ModelConfig { norm: Norm { per_layer: 4, ..rms }, ..base },
        "gemma3" => ModelConfig { norm: Norm { per_layer: 4, query_key: HeadNorm::Each, ..rms }, ..base },
        "deepseek" => {
            let latent = Latent { q_rank: 1536, kv_rank: 512, nope: 128, rope: 64, value: 128 };
            ModelConfig { latent: Some(latent), ..base }
        }
        _ => base,
    }
}

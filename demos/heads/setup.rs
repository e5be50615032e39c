//! From knobs to a model and the models to compare.

use std::fs;
use std::path::Path;

use concepts::model::{Dtype, ModelConfig, ModelError, find, from_huggingface, parse_bytes};

use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;

/// A configuration file is not read beyond this.
const MOST_BYTES: u64 = 10_000_000;
/// Numbers that share a scale in `int4`.
const GROUP: u64 = 64;

/// Everything that one run of the lesson computes with.
pub(super) struct Setup {
    /// The model looked at.
    pub model: ModelConfig,
    /// Does it come from the person's own file?
    pub own: bool,
    /// The models compared.
    pub compared: Vec<ModelConfig>,
    pub context: u64,
    pub batch: u64,
    pub dtype: Dtype,
    /// The name of the dtype.
    pub dtype_name: String,
    /// Memory of the accelerator, in bytes.
    pub memory: u64,
    pub seed: u64,
}

impl Setup {
    pub(super) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let knobs = &setting.values;
        let own = knobs.file("config").map(read).transpose()?;
        let named = find(knobs.words("model").unwrap_or_default());
        let model = match &own {
            Some(model) => model.clone(),
            None => named.map_err(refused)?.config.clone(),
        };
        let names = knobs
            .words("compare")
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let compared: Result<Vec<ModelConfig>, ModelError> =
            names.map(|name| find(name).map(|model| model.config.clone())).collect();
        let whole = |name: &str| knobs.integer(name).unwrap_or(1) as u64;
        let dtype_name = knobs.words("dtype").unwrap_or("bf16").to_string();
        Ok(Setup {
            own: own.is_some(),
            model,
            compared: compared.map_err(refused)?,
            context: whole("context"),
            batch: whole("batch"),
            dtype: match dtype_name.as_str() {
                "fp32" => Dtype::F32,
                "fp16" => Dtype::F16,
                "fp8" => Dtype::Fp8,
                "int4" => Dtype::Int4 { group: GROUP },
                _ => Dtype::Bf16,
            },
            dtype_name,
            memory: parse_bytes(knobs.words("memory").unwrap_or("80GiB")).map_err(refused)?,
            seed: setting.seed,
        })
    }
}

/// The person's own configuration file.
fn read(path: &Path) -> Result<ModelConfig, Refusal> {
    let shown = path.display();
    let unreadable = |reason: String| {
        Refusal::new(
            format!("--config {shown}: cannot be read ({reason}); give the path of a config.json"),
            format!("--config {shown}：无法读取（{reason}），请给出 config.json 的路径"),
        )
    };
    let size = fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if size > MOST_BYTES {
        return Err(Refusal::new(
            format!("--config {shown}: {size} bytes is no configuration; a config.json has a few thousand"),
            format!("--config {shown}：{size} 字节不像配置文件，config.json 一般只有几 KB"),
        ));
    }
    let bytes = fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable("not UTF-8 text".into()))?;
    from_huggingface(&text, &shown.to_string()).map_err(refused)
}

/// The library's refusal, as the lesson's, in both languages.
pub(super) fn refused(error: ModelError) -> Refusal {
    let english = error.to_string();
    let chinese = match error {
        ModelError::Unknown { name, nearest } => {
            format!("没有收录模型“{name}”，最接近的有 {}", nearest.join("、"))
        }
        ModelError::NotJson { file, reason } => {
            format!("{file}：不是 JSON 对象（{reason}），请给出 Hugging Face 模型的 config.json")
        }
        ModelError::TooLarge { file, bytes, limit } => {
            format!("{file}：{bytes} 字节不像配置文件（最多读取 {limit} 字节）")
        }
        ModelError::Missing { file, field, model_type } => {
            format!("{file}：缺少字段“{field}”，{model_type} 的配置必须有它")
        }
        ModelError::WrongType { file, field, found, .. } => {
            format!("{file}：字段“{field}”的值 {found} 类型不对")
        }
        ModelError::UnknownType { file, model_type, known } => {
            format!("{file}：不认识 model_type“{model_type}”，支持 {known}")
        }
        ModelError::HeadsDoNotDivide { name, heads, kv_heads } => {
            format!("{name}：{heads} 个 query 头无法平均共享 {kv_heads} 个 KV 头")
        }
        ModelError::Overflow { .. } => "结果超出整数的范围，请调小上下文或 batch".into(),
        ModelError::BadField { name, field, size, least, most } => {
            format!("{name}：{} 是 {size}，应在 {least} 到 {most} 之间", field_in_chinese(field))
        }
        ModelError::NoHeadDim { file, d_model, heads } => {
            format!("{file}：hidden_size 是 {d_model}，{heads} 个头分不均，又没有 \"head_dim\"，请补上")
        }
        ModelError::BadSize { text } => {
            format!("“{text}”不是带单位的大小，请写成 80GiB（2^30 字节）或 80GB（10^9 字节）")
        }
        other => other.to_string(),
    };
    Refusal::new(english, chinese)
}

/// What the library calls a field, as a Chinese engineer would; a name of the field's own stays.
fn field_in_chinese(field: &str) -> &str {
    match field {
        "the number of layers" => "层数",
        "the number of heads" => "头数",
        "the vocabulary" => "词表大小",
        "the number of learned positions" => "可学习位置数",
        "the number of experts" => "专家数",
        "the number of active experts" => "激活的专家数",
        "the number of shared experts" => "共享专家数",
        "the width of an expert" => "单个专家的宽度",
        "the number of dense layers" => "稠密层数",
        "the width without position" => "不含位置的宽度",
        "the width of the rotary key" => "旋转 key 的宽度",
        "the width of a value head" => "value 头的宽度",
        other => other,
    }
}

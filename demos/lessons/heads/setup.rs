//! From knobs to a model and the models to compare.

use std::path::Path;

use concepts::attention::AttentionError;
use concepts::budget::{
    Accelerator, BudgetError, Dtype, ModelConfig, Published, accelerator, find, from_huggingface, parse_bytes,
};

use super::{WORDS, knobs};
use crate::kit::files::{self, Wanted};
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::text::{Lang, Text};
use crate::named;

/// A configuration file is not read beyond this.
const MOST_BYTES: u64 = 10 << 20;

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    /// The model looked at.
    pub model: ModelConfig,
    /// Does it come from the person's own file?
    pub own: bool,
    /// What no source confirms of it; empty if all is confirmed.
    pub unverified: &'static str,
    /// The models compared.
    pub compared: Vec<&'static Published>,
    pub context: u64,
    pub batch: u64,
    pub dtype: Dtype,
    /// The name of the dtype.
    pub dtype_name: &'static str,
    /// What it runs on.
    pub accelerator: &'static Accelerator,
    /// Memory of one device, in bytes.
    pub memory: u64,
    /// Was the memory given, or is it that of the accelerator?
    pub memory_given: bool,
    /// Devices that training is split over.
    pub devices: u64,
    pub seed: u64,
}

impl Setup {
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let values = &setting.values;
        let own = knobs::CONFIG.of(values).map(read).transpose()?;
        let named = find(knobs::MODEL.of(values).unwrap_or_default()).map_err(|e| flagged("model", e));
        let (model, unverified) = match &own {
            Some(model) => (model.clone(), ""),
            None => named.map(|row| (row.config.clone(), row.unverified.as_str()))?,
        };
        let card = knobs::ACCELERATOR.of(values).unwrap_or_default();
        let card = accelerator(card).map_err(|e| flagged("accelerator", e))?;
        let memory = knobs::MEMORY.of(values).map(parse_bytes).transpose();
        let memory = memory.map_err(|e| flagged("memory", e))?;
        Ok(Setup {
            own: own.is_some(),
            model,
            unverified,
            compared: compared(knobs::COMPARE.of(values).unwrap_or_default())?,
            context: knobs::CONTEXT.of(values) as u64,
            batch: knobs::BATCH.of(values) as u64,
            dtype: knobs::DTYPE.of(values),
            dtype_name: knobs::DTYPE.word(values),
            accelerator: card,
            memory: memory.unwrap_or(card.memory),
            memory_given: memory.is_some(),
            devices: knobs::DEVICES.of(values) as u64,
            seed: setting.seed,
        })
    }
}

/// The models named between commas.
fn compared(names: &str) -> Result<Vec<&'static Published>, Refusal> {
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    let models: Result<Vec<_>, BudgetError> = names.map(find).collect();
    let models = models.map_err(|error| flagged("compare", error))?;
    if models.is_empty() { Err(Refusal(WORDS.get("refused.compare"))) } else { Ok(models) }
}

/// The person's own configuration file.
fn read(path: &Path) -> Result<ModelConfig, Refusal> {
    let (what, because) = (WORDS.get("refused.file"), WORDS.get("refused.large"));
    let text = files::read_text(path, &Wanted { flag: "config", what, most: MOST_BYTES, because })?;
    from_huggingface(&text, &path.display().to_string()).map_err(refused)
}

/// The library's refusal of what a flag said.
fn flagged(flag: &'static str, error: BudgetError) -> Refusal {
    let Refusal(words) = refused(error);
    let english = words.get(Lang::En);
    let english = english.strip_prefix("model: ").unwrap_or(english).to_string();
    let why = Text::new(english, words.get(Lang::Zh).to_string());
    Refusal(WORDS.with("refused.flag", &named![flag, why]))
}

/// The refusal of an experiment of the lesson's own, which no knob reaches.
pub(crate) fn inner(error: AttentionError) -> Refusal {
    Refusal(Text::same(error.to_string()))
}

/// The library's refusal, as the lesson's, in both languages.
pub(crate) fn refused(error: BudgetError) -> Refusal {
    let english = error.to_string();
    let chinese = match error {
        BudgetError::Unknown { name, nearest } => {
            format!("没有收录模型“{name}”，最接近的有 {}", nearest.join("、"))
        }
        BudgetError::NotJson { file, reason } => {
            let reason = if reason == "it holds no object" { "顶层不是对象" } else { &reason };
            format!("{file}：不是 JSON 对象（{reason}），请给出 Hugging Face 模型的 config.json")
        }
        BudgetError::TooLarge { file, bytes, limit } => {
            format!("{file}：{bytes} 字节不像配置文件（最多读取 {limit} 字节）")
        }
        BudgetError::Missing { file, field, model_type } => {
            format!("{file}：缺少字段“{field}”，{model_type} 的配置必须有它")
        }
        BudgetError::WrongType { file, field, found, wanted } => {
            format!("{file}：字段“{field}”的值是 {found}，应为{}", wanted_in_chinese(wanted))
        }
        BudgetError::UnknownType { file, model_type, known } => {
            format!("{file}：不认识 model_type“{model_type}”，支持 {known}")
        }
        BudgetError::HeadsDoNotDivide { name, heads, kv_heads } => {
            format!("{name}：{heads} 个 query 头没法平均分给 {kv_heads} 个 KV 头")
        }
        BudgetError::Overflow { .. } => "结果超出整数的范围，请调小上下文或 batch".into(),
        BudgetError::BadField { name, field, size, least, most } => {
            format!("{name}：{} 是 {size}，应在 {least} 到 {most} 之间", field_in_chinese(field))
        }
        BudgetError::NoHeadDim { file, d_model, heads } => {
            format!("{file}：hidden_size 是 {d_model}，{heads} 个头分不均，又没有 \"head_dim\"，请补上")
        }
        BudgetError::BadSize { text } => {
            format!("“{text}”不是带单位的大小，请写成 80GiB（2^30 字节）或 80GB（10^9 字节）")
        }
        BudgetError::UnknownAccelerator { name, nearest } => {
            format!("没有收录加速卡“{name}”，最接近的有 {}", nearest.join("、"))
        }
        BudgetError::WeightsDoNotFit { name, needed, memory } => {
            format!("{name}：权重要 {needed} 字节，显存只有 {memory} 字节，请换位数更少的格式，或更大的显存")
        }
        BudgetError::NotADecoder { name, .. } => {
            format!("{name}：只有 decoder-only 模型才能这样计算，请换一个")
        }
        other => other.to_string(),
    };
    Refusal::new(english, chinese)
}

/// What a field must hold, as a Chinese engineer would say it.
fn wanted_in_chinese(wanted: &str) -> &str {
    match wanted {
        "a whole number that is not negative" => "非负整数",
        "at least 1" => "不小于 1 的整数",
        "true or false" => " true 或 false",
        "a list of words" => "字符串列表",
        "a list of whole numbers" => "整数列表",
        "a list with one word for each layer" => "每层一项的列表",
        "a list of \"full_attention\" and \"sliding_attention\"" => {
            "由 \"full_attention\" 与 \"sliding_attention\" 组成的列表"
        }
        "a multiple of moe_intermediate_size" => " moe_intermediate_size 的整数倍",
        other => other,
    }
}

/// What the library calls a field, as a Chinese engineer would; a name of the field's own stays.
fn field_in_chinese(field: &str) -> &str {
    match field {
        "the number of layers" => "层数",
        "the number of heads" => "头数",
        "the number of encoder layers" => "编码器层数",
        "the number of layers with a window" => "带窗口的层数",
        "the window" => "窗口长度",
        "the vocabulary" => "词表大小",
        "the number of token types" => "token 类型数",
        "the number of relative buckets" => "相对位置桶数",
        "the number of norms a layer" => "每层归一化的个数",
        "the numbers of a norm" => "每个归一化的参数个数",
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

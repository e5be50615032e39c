//! `BudgetError`.

use concepts::budget::words::{Asked, Field, Quantity, Wanted};
use concepts::budget::{BudgetError, TableFault};

use super::Chinese;
use super::spacing::{first, last};

impl Chinese for BudgetError {
    fn chinese(&self) -> String {
        match self {
            Self::Unknown { name, nearest } => {
                format!("没有收录模型“{name}”，最接近的有 {}", nearest.join("、"))
            }
            Self::NotJson { file, reason } => {
                let reason = reason.chinese();
                format!("{file}：不是 JSON 对象（{reason}），请给出 Hugging Face 模型的 config.json")
            }
            Self::TooLarge { file, bytes, limit } => {
                format!(
                    "{file}：{bytes} 字节不像配置文件，config.json 一般只有几 KB（最多读取 {limit} 字节）"
                )
            }
            Self::Missing { file, field, model_type } => {
                format!("{file}：缺少字段“{field}”，{model_type} 的配置必须有它")
            }
            Self::WrongType { file, field, found, wanted } => {
                format!("{file}：字段“{field}”的值是 {found}，应为{}", last(wanted))
            }
            Self::UnknownType { file, model_type, known } => {
                format!("{file}：不认识 model_type“{model_type}”，支持 {known}")
            }
            Self::HeadsDoNotDivide { name, heads, kv_heads } => format!(
                "{name}：{heads} 个 query 头没法平均分给 {kv_heads} 个 KV 头；num_key_value_heads 必须整除 num_attention_heads"
            ),
            Self::BadField { name, field, size, least, most } => {
                format!("{name}：{}是 {size}，应在 {least} 到 {most} 之间", first(field))
            }
            Self::NoHeadDim { file, d_model, heads } => {
                format!("{file}：hidden_size 是 {d_model}，{heads} 个头分不均，又没有“head_dim”，请补上")
            }
            Self::NotADecoder { name, what } => {
                format!("{name}：只有 decoder-only 模型才有{}，请换一个", what.chinese())
            }
            Self::WeightsDoNotFit { name, needed, memory } => {
                format!(
                    "{name}：权重要 {needed} 字节，显存只有 {memory} 字节，请换位数更少的格式，或更大的显存"
                )
            }
            Self::UnknownAccelerator { name, nearest } => {
                format!("没有收录加速卡“{name}”，最接近的有 {}", nearest.join("、"))
            }
            Self::Overflow { what } => {
                format!("{}超出整数的范围，请调小上下文或 batch", what.chinese())
            }
            Self::SizeOutOfRange { text } => {
                format!("“{text}”不在 1 到 10^18 字节之间，请给出实际设备的内存大小，如 80GiB")
            }
            Self::BadSize { text } => {
                format!("“{text}”不是带单位的大小，请写成 80GiB（2^30 字节）或 80GB（10^9 字节）")
            }
            Self::Table { reason } => format!("读不出已发布模型的表：{}", reason.chinese()),
        }
    }
}

impl Chinese for TableFault {
    fn chinese(&self) -> String {
        match self {
            Self::NotToml { .. } => "不是合法的 TOML".into(),
            Self::LacksField { id } => format!("模型 {id} 缺少字段"),
        }
    }
}

impl Chinese for Field {
    fn chinese(&self) -> String {
        match self {
            Self::DModel | Self::HeadDim | Self::DFf | Self::QRank | Self::KvRank => return self.to_string(),
            Self::Layers => "层数",
            Self::Heads => "头数",
            Self::Vocabulary => "词表大小",
            Self::EncoderLayers => "编码器层数",
            Self::LearnedPositions => "可学习位置数",
            Self::TokenTypes => "token 类型数",
            Self::RelativeBuckets => "相对位置桶数",
            Self::NormsPerLayer => "每层归一化的个数",
            Self::NumbersOfNorm => "每个归一化的参数个数",
            Self::Window => "窗口长度",
            Self::WindowedLayers => "带窗口的层数",
            Self::Experts => "专家数",
            Self::ActiveExperts => "激活的专家数",
            Self::SharedExperts => "共享专家数",
            Self::ExpertWidth => "单个专家的宽度",
            Self::DenseLayers => "稠密层数",
            Self::Nope => "不含位置的宽度",
            Self::Rope => "旋转 key 的宽度",
            Self::ValueWidth => "value 头的宽度",
            Self::Tokens => "token 数",
            Self::Batch => "batch",
            Self::Devices => "设备数",
        }
        .into()
    }
}

impl Chinese for Wanted {
    fn chinese(&self) -> String {
        match self {
            Self::Whole => "非负整数",
            Self::AtLeast1 => "不小于 1 的整数",
            Self::Flag => "true 或 false",
            Self::Words => "字符串列表",
            Self::WholeNumbers => "整数列表",
            Self::WordPerLayer => "每层一项的列表",
            Self::AttentionKinds => "由 \"full_attention\" 与 \"sliding_attention\" 组成的列表",
            Self::MultipleOfExpert => "moe_intermediate_size 的整数倍",
        }
        .into()
    }
}

impl Chinese for Asked {
    fn chinese(&self) -> String {
        match self {
            Self::Arithmetic => "单个 token 的计算量",
            Self::Step => "逐步解码",
        }
        .into()
    }
}

impl Chinese for Quantity {
    fn chinese(&self) -> String {
        match self {
            Self::Operations => "运算次数",
            Self::Training => "训练显存",
            Self::Activations => "激活值的显存",
            Self::Cache => "KV cache 的大小",
            Self::Parameters => "参数量",
            Self::Tokens => "token 数",
        }
        .into()
    }
}

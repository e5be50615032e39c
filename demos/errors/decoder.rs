//! `DecoderError` and `FastError`.

use concepts::decoder::DecoderError;
use concepts::decoder::fast::FastError;
use concepts::decoder::words::{Place, Wanted};

use super::Chinese;

impl Chinese for DecoderError {
    fn chinese(&self) -> String {
        match self {
            Self::UnknownArchitecture { found, supported } => {
                format!("不支持架构“{found}”；支持的有 {supported}")
            }
            Self::Configuration(error) => error.chinese(),
            Self::NotJson { reason } => {
                format!("配置无法按 JSON 对象读取（{}），请给出模型的 config.json", reason.chinese())
            }
            Self::Position(error) => error.chinese(),
            Self::MissingKey { key } => format!("文件里没有“{key}”，没有它模型跑不起来"),
            Self::BadValue { key, found, wanted } => {
                format!("“{key}”是 {found}，应为{}", wanted.chinese())
            }
            Self::MissingTensor { name, wanted } => {
                format!("缺少张量“{name}”（按配置应为 {wanted:?}）：文件是否与配置配套、是否完整？")
            }
            Self::SurplusTensor { name, count } => format!(
                "配置里没有张量“{name}”的位置（这样的共 {count} 个），不用它结果就不对；请给出这个文件自己的配置"
            ),
            Self::Shape { name, found, wanted } => {
                format!("张量“{name}”是 {found:?}，按配置应为 {wanted:?}；请给出这个文件自己的配置")
            }
            Self::NoTokens => "文本里没有 token，至少要有一个".into(),
            Self::UnknownToken { token, vocab } => {
                let last = vocab.saturating_sub(1);
                format!("token {token} 在模型里没有对应的行：id 从 0 到 {last}，tokenizer 是这个模型的吗？")
            }
            Self::TooLong { tokens, context } => format!(
                "共 {tokens} 个 token，位置表只到 {context}；请缩短文本，可学习的位置表在末尾之后没有行"
            ),
            Self::NoRow { position, rows } => format!(
                "有 token 被移到了位置 {position}，而位置表只有第 0 到第 {} 行，请少移一些",
                rows.saturating_sub(1)
            ),
            Self::NoSuch { place, number, count } => {
                format!("没有第 {number} {}：模型共有 {count}，从 0 数起", place.chinese())
            }
            Self::NoRotation => "这个模型没有一层旋转 query 和 key，也就没有旋转可改".into(),
            Self::Pool { kv_heads, asked } => {
                format!("{kv_heads} 个 KV 头没法平均合并成 {asked} 个，请选 {kv_heads} 的约数")
            }
            Self::CacheBits { bits } => {
                format!("缓存每个数不能用 {bits} 位，可选 64、32、16、8、4")
            }
            Self::ForeignCache { found, found_width, layers, width } => format!(
                "缓存属于 {found} 层、宽 {found_width} 的模型，而这个模型有 {layers} 层、宽 {width}；请新建一个"
            ),
        }
    }
}

impl Chinese for Place {
    fn chinese(&self) -> String {
        match self {
            Self::Layer => "层",
            Self::Head => "个头",
        }
        .into()
    }
}

impl Chinese for Wanted {
    fn chinese(&self) -> String {
        match self {
            Self::Whole => " 1 到 16777216 之间的整数",
            Self::Layers => " 1 到 4096 之间的整数",
            Self::Positive => "大于 0 的有限值",
            Self::Flag => " true 或 false",
            Self::KindPerLayer => "每层一项的 full_attention 或 sliding_attention",
            Self::FlagPerLayer => "每层一项的 0 或 1",
            Self::OnePerModel => "各层相同的数",
            Self::Activation => {
                " silu、swish、gelu、gelu_new、gelu_pytorch_tanh、gelu_fast、quick_gelu、relu、relu2 或 mish"
            }
            Self::Off => " false：它打开的功能这里没有实现",
            Self::Rope => " none、linear、yarn 或 longrope",
            Self::Divisor => "头数的约数",
            Self::KeyWidth => " key 的宽度",
            Self::HeadEach => "不小于头数的整数（每个头平分它）",
            Self::Architecture => "架构的名字，如 \"llama\" 或 \"qwen3\"",
            Self::RotaryWidth => "不超过头宽的偶数",
        }
        .into()
    }
}

impl Chinese for FastError {
    fn chinese(&self) -> String {
        match self {
            Self::Decoder(error) => error.chinese(),
            Self::Linear(error) => error.chinese(),
            Self::MovingRotation { kind, most } => format!(
                "超过 {most} 个 token，这个模型的旋转（{kind}）就随文本长度变化，而这里只保存转好的 key；请把文本缩短到 {most} 个 token 以内"
            ),
            Self::CacheBits { bits } => format!("快速解码的缓存每个数用 32、16、8 或 4 位，不能用 {bits} 位"),
            Self::Texts { texts, caches } => {
                format!("{texts} 段文本，{caches} 份缓存；每段文本各要一份")
            }
        }
    }
}

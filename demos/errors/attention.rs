//! `AttentionError`.

use concepts::attention::AttentionError;
use concepts::attention::words::{Dimension, Operand};

use super::Chinese;
use super::spacing::first;

impl Chinese for AttentionError {
    fn chinese(&self) -> String {
        match self {
            Self::ShapeMismatch { what, left_name, left, right_name, right } => format!(
                "{}不一致：{}里是 {left}，{}里是 {right}，两者必须相等",
                first(what),
                first(left_name),
                first(right_name)
            ),
            Self::Empty { what } => format!("{}是 0，至少为 1", first(what)),
            Self::HeadsDoNotDivide { d_model, heads } => {
                format!("d_model {d_model} 不是头数 heads {heads} 的倍数；每个头分到 d_model / heads 维")
            }
            Self::KvHeadsDoNotDivide { heads, kv_heads } => format!(
                "heads {heads} 不是 kv_heads {kv_heads} 的倍数；每个 KV 头服务 heads / kv_heads 个 query 头，请选 {heads} 的约数"
            ),
            Self::PoolDoesNotDivide { from, to } => format!(
                "{from} 个 KV 头没法平均合并成 {to} 个；每个新头是 {from} / {to} 个旧头的均值，请选 {from} 的约数"
            ),
            Self::FastMemoryTooSmall { needed, available } => {
                format!("分块需要 {needed} 个元素的片上内存，只有 {available} 个；请加大片上内存或减小 d")
            }
            Self::CausalNeedsKeys { queries, keys } => format!(
                "因果 mask 让最后一个 query 对齐最后一个 key：{queries} 个 query 至少要有同样多的 key，现在只有 {keys} 个"
            ),
            Self::RotaryTooWide { rotary_dim, d_head } => {
                format!("要旋转 {rotary_dim} 维，每个头却只有 {d_head} 维；频率最多 {} 个", d_head / 2)
            }
        }
    }
}

impl Chinese for Dimension {
    fn chinese(&self) -> String {
        match self {
            Self::DModel
            | Self::Heads
            | Self::KvHeads
            | Self::KvWidth
            | Self::HeadsWidth
            | Self::DK
            | Self::DV
            | Self::D
            | Self::DNope
            | Self::DRope
            | Self::KvLora
            | Self::QLora => return self.to_string(),
            Self::QueryWidth => "W_Q 的宽度",
            Self::Window => "窗口长度",
            Self::KeyBlock => "key 分块的大小",
            Self::HeadCount => "头数",
            Self::KvHeadCount => "KV 头数",
            Self::Queries | Self::MaskedQueries => "query 数",
            Self::Keys | Self::MaskedKeys => "key 数",
            Self::Tokens => "token 数",
            Self::FastMemory => "片上内存",
            Self::LatentWidth => "潜向量的宽度",
            Self::Rows => "行数",
            Self::Columns => "列数",
        }
        .into()
    }
}

impl Chinese for Operand {
    fn chinese(&self) -> String {
        match self {
            Self::Q
            | Self::K
            | Self::V
            | Self::WQ
            | Self::WK
            | Self::WV
            | Self::WO
            | Self::WDq
            | Self::WUq
            | Self::WQr
            | Self::WDkv
            | Self::WUk
            | Self::WUv
            | Self::WKr
            | Self::AlibiSlopes => return self.to_string(),
            Self::QueryGains => "query 的增益",
            Self::KeyGains => "key 的增益",
            Self::Layer => "注意力层",
            Self::Sizes => "给定的尺寸",
            Self::Cache => "KV cache",
            Self::Token => "这个 token",
            Self::Tokens => "输入的 token",
            Self::QueryTokens => "query 一侧的 token",
            Self::KeyTokens => "key 一侧的 token",
            Self::Bias => "偏置",
            Self::Gradient => "上游梯度",
            Self::T5Table => "T5 偏置表",
            Self::Mask => "mask",
            Self::PaddingMask => "padding mask",
        }
        .into()
    }
}

//! `ArchitectureError`.

use concepts::architecture::ArchitectureError;
use concepts::architecture::words::{Bounds, Dimension, Objective, Operand, Part, Share};

use super::Chinese;
use super::spacing::first;

impl Chinese for ArchitectureError {
    fn chinese(&self) -> String {
        match self {
            Self::Attention(error) => error.chinese(),
            Self::Empty { what } => format!("{}是 0，至少为 1", first(what)),
            Self::ShapeMismatch { what, left_name, left, right_name, right } => format!(
                "{}不一致：{}里是 {left}，{}里是 {right}，两者必须相等",
                first(what),
                first(left_name),
                first(right_name)
            ),
            Self::TooFewTokens { what, part, tokens } => {
                format!("{}有 {part} 个 token，可一共只有 {tokens} 个", what.chinese())
            }
            Self::OneStack => {
                "这个模型只有一个栈；只有 encoder-decoder 才能分开编码和解码，其他模型请用 `forward`".into()
            }
            Self::Memory { has: true } => "这个块有 cross-attention，却没有给第二个序列".into(),
            Self::Memory { has: false } => "这个块没有 cross-attention，却给了第二个序列".into(),
            Self::BadShare { what, value, range } => {
                format!("{}是 {value}，应{}", what.chinese(), range.chinese())
            }
            Self::TooShort { objective, least, tokens } => {
                format!("{}至少要 {least} 个 token，现在只有 {tokens} 个", objective.chinese())
            }
        }
    }
}

impl Chinese for Dimension {
    fn chinese(&self) -> String {
        match self {
            Self::DModel | Self::DHidden | Self::D => return self.to_string(),
            Self::Tokens => "token 数",
            Self::Layers => "层数",
            Self::SourceTokens => "源序列的 token 数",
            Self::TargetTokens => "目标序列的 token 数",
            Self::Vocabulary => "词表大小",
            Self::Pushes => "扰动次数",
        }
        .into()
    }
}

impl Chinese for Operand {
    fn chinese(&self) -> String {
        match self {
            Self::X => return self.to_string(),
            Self::Corruption => "遮盖方案",
            Self::Text => "文本",
            Self::Model => "模型",
            Self::Tokens => "输入的 token",
            Self::FeedForward => "前馈层",
            Self::Gain => "增益",
            Self::Bias => "偏置",
            Self::Normalisation => "归一化层",
            Self::Gradient => "梯度",
        }
        .into()
    }
}

impl Chinese for Part {
    fn chinese(&self) -> String {
        match self {
            Self::Prefix => "前缀",
            Self::PrefixAndOne => "前缀（其后至少还要一个 token）",
            Self::Source => "源序列",
        }
        .into()
    }
}

impl Chinese for Objective {
    fn chinese(&self) -> String {
        match self {
            Self::SpanCorruption => "片段遮盖",
            Self::NextToken => "预测下一个 token ",
        }
        .into()
    }
}

impl Chinese for Share {
    fn chinese(&self) -> String {
        match self {
            Self::Noise => "噪声比例",
            Self::MeanSpan => "片段的平均长度",
            Self::Selected => "选中 token 的比例",
            Self::Hidden => "遮住 token 的比例",
            Self::Replaced => "替换 token 的比例",
            Self::HiddenAndReplaced => "遮住与替换 token 的比例之和",
        }
        .into()
    }
}

impl Chinese for Bounds {
    fn chinese(&self) -> String {
        match self {
            Self::Between0And1 => "在 0 到 1 之间",
            Self::Inside0And1 => "大于 0 且小于 1",
            Self::AtLeast1 => "为不小于 1 的有限值",
        }
        .into()
    }
}

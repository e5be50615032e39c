//! `PositionError`.

use concepts::position::PositionError;
use concepts::position::words::{Dimension, Operand};

use super::Chinese;
use super::spacing::first;

impl Chinese for PositionError {
    fn chinese(&self) -> String {
        match self {
            Self::Empty { what } => format!("{}是 0，至少为 1", first(what)),
            Self::OddDimension { what, size } => {
                format!("{}是 {size}：各维要两两配对，请给偶数，例如 {}", first(what), size.saturating_add(1))
            }
            Self::BadBase { base } => format!("base 是 {base}，应为大于 1 的有限值（常用 10000）"),
            Self::TooLarge { rows, columns, limit } => format!(
                "{rows} x {columns} 的表太大，一次最多 {limit} 个元素；请减少位置数，或用窄一点的模型"
            ),
            Self::BeyondTable { position, len } => format!(
                "位置 {position} 超出了位置表（共 {len} 个位置）；请加长位置表或对它插值，或改用任意位置都能算的方案"
            ),
            Self::ShapeMismatch { what, left_name, left, right_name, right } => format!(
                "{}不一致：{}里是 {left}，{}里是 {right}，两者必须相等",
                first(what),
                first(left_name),
                first(right_name)
            ),
            Self::NoSuchHead { head, heads } => format!("没有第 {head} 个头：表里有 {heads} 个头，从 0 数起"),
            Self::BadBuckets { buckets, max_distance, least, exact } => format!(
                "{buckets} 个桶放不下 {max_distance} 以内的距离；桶数至少 {least}，max_distance 要大于 {exact}"
            ),
            Self::RotaryTooWide { rotary_dim, head_dim } => {
                format!("要旋转 {rotary_dim} 维，可一个头只有 {head_dim} 维；旋转的维数不能超过头的维数")
            }
            Self::BadFactor { factor } => {
                format!("扩展倍数是 {factor}；它是新长度除以训练长度，应为不小于 1 的有限值")
            }
            Self::BadPairFactor { factor } => format!("某一对的倍数是 {factor}，应为大于 0 的有限值"),
            Self::BadRamp { alpha, beta } => format!(
                "过渡区间从 {alpha} 圈到 {beta} 圈，应满足 0 < 下限 < 上限（常用 1 和 32，Llama 3 用 1 和 4）"
            ),
            Self::BadFrequency { index, frequency } => {
                format!("频率 {index} 是 {frequency}，每个频率都应是有限值")
            }
        }
    }
}

impl Chinese for Dimension {
    fn chinese(&self) -> String {
        match self {
            Self::DModel => return self.to_string(),
            Self::Positions => "位置数",
            Self::NewPositions => "新的位置数",
            Self::Heads => "头数",
            Self::Queries => "query 数",
            Self::Keys => "key 数",
            Self::TrainingLength => "训练长度",
            Self::Length => "长度",
            Self::Rotary => "旋转的维数",
            Self::Frequencies => "频率个数",
            Self::HeadWidth => "头的宽度",
            Self::Tokens => "token 数",
            Self::Width => "维数",
        }
        .into()
    }
}

impl Chinese for Operand {
    fn chinese(&self) -> String {
        match self {
            Self::X => return self.to_string(),
            Self::Tokens => "输入的 token",
            Self::Table => "位置表",
            Self::Rotation => "旋转",
            Self::NewFrequencies => "新的频率",
            Self::OriginalFrequencies => "原来的频率",
            Self::Positions => "位置列表",
        }
        .into()
    }
}

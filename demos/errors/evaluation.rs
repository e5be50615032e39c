//! `EvaluationError`.

use concepts::evaluation::EvaluationError;
use concepts::evaluation::words::{Quantity, Size};

use super::Chinese;

impl Chinese for EvaluationError {
    fn chinese(&self) -> String {
        match self {
            Self::Empty => "没有数据可供重采样，至少要给一个值".into(),
            Self::Unpaired { first, second } => {
                format!("{first} 个值与 {second} 个值配不成对；同一批 prompt 两边要各有一个值")
            }
            Self::Level { level } => format!("置信水平 {level} 不在 0 到 1 之间，通常取 0.95"),
            Self::Resamples { resamples, max } => {
                format!("重采样 {resamples} 次：请给 1 到 {max}，通常取 2000")
            }
            Self::Places { resamples, values, max } => {
                format!("{values} 个值重采样 {resamples} 次，要记住的位置超过 {max} 个；请减少重采样次数")
            }
            Self::Weight { place, value } => {
                format!("直方图的第 {place} 格是 {value}，应为非负有限值（从 0 数起）")
            }
            Self::Mass { total } => format!("直方图各格之和是 {total}；和应大于 0 且有限"),
            Self::Cells { first, second } => {
                format!("两个直方图分别有 {first} 格和 {second} 格，必须用同一套格子")
            }
            Self::Order { n, max } => format!("n-gram 的长度是 {n}，请给 1 到 {max}"),
            Self::NoNgrams { n } => format!("没有一段文本够 {n} 个 token，数不出 n-gram；请给更长的文本"),
            Self::NotPositive { what, value } => format!("{}是 {value}，应为大于 0 的有限值", what.chinese()),
            Self::Count { what, value, min, max } => {
                format!("{}是 {value}，请给 {min} 到 {max}", what.chinese())
            }
            Self::NoPoints => "一个点也没有，至少要给一个".into(),
            Self::Point { row, column, value } => {
                format!("第 {row} 个点的第 {column} 个坐标是 {value}；坐标有限才能算距离（从 0 数起）")
            }
            Self::Dimensions { points, centers } => {
                format!("点有 {points} 个坐标，中心有 {centers} 个，两者必须一样多")
            }
            Self::Power { power, low } => {
                format!("检验功效 {power} 不在 {low} 到 1 之间（不含两端），通常取 0.8")
            }
            Self::PValue { place, value } => {
                format!("第 {place} 个 p 值是 {value}，应在 0 到 1 之间（从 0 数起）")
            }
            Self::Difference { place, value } => {
                format!("第 {place} 个差是 {value}；某个策略没有数值的 prompt 要先去掉（从 0 数起）")
            }
            Self::OffCurve { x, low, high } => {
                format!("曲线只测了 {low} 到 {high}，没有测到 {x}；请换一个范围内的位置，或多测几种设置")
            }
            Self::SamePlace { x } => format!("曲线上有两个点都在 {x}，同一位置只能有一个点"),
            Self::NoPlace { point, x } => {
                format!("曲线的第 {point} 个点在 {x}，位置应为有限值（从 0 数起）")
            }
        }
    }
}

impl Chinese for Quantity {
    fn chinese(&self) -> String {
        match self {
            Self::StandardDeviation => "差的标准差",
            Self::Difference => "要分辨的差",
            Self::Smoothing => "平滑的计数",
            Self::Scale => "散度前沿的系数",
        }
        .into()
    }
}

impl Chinese for Size {
    fn chinese(&self) -> String {
        match self {
            Self::Clusters => "簇数",
            Self::Restarts => "重新开始的次数",
            Self::Steps => "步数",
            Self::Dimensions => "维数",
            Self::Mixtures => "混合分布的个数",
            Self::Width => "一段的位置数",
            Self::Pairs => "配对数",
        }
        .into()
    }
}

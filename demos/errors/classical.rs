//! `ClassicalError`.

use concepts::classical::ClassicalError;
use concepts::classical::words::{Part, Quantity};

use super::Chinese;

impl Chinese for ClassicalError {
    fn chinese(&self) -> String {
        match self {
            Self::None { what } => format!("{}的数量是 0，至少给 1 个", what.chinese()),
            Self::Shape { what, actual, expected } => {
                format!("{}的数量是 {actual}，应为 {expected}", what.chinese())
            }
            Self::NotPositive { what, value } => {
                format!("{}是 {value}，必须大于 0，而且有限", what.chinese())
            }
            Self::NoDistribution { row, sum } => {
                format!("概率表第 {row} 行之和是 {sum}；每行之和应为 1，且没有负数")
            }
            Self::Score { value } => format!("有个分数是 {value}；分数要有限，不可能的情形用负无穷"),
            Self::Unknown { what, given, last } => {
                format!("{}从 0 数到 {last}，没有 {given}", what.chinese())
            }
            Self::NoPath => "所有路径的概率都是 0，请给计数加平滑".into(),
            Self::TooManyPaths { tags, words, most } => {
                format!("{words} 个词、{tags} 种词性，路径太多，没法逐条试；最多试 {most} 条")
            }
            Self::OneClass => "所有行的标签都一样；分类至少要有 2 种标签".into(),
            Self::EmptyClass { class } => format!("没有一行的标签是 {class}；每种标签至少要有 1 行"),
            Self::TooFewRows { rows, classes, least } => {
                format!("{rows} 行、{classes} 种标签，没有剩下的行可以测试；至少给 {least} 行")
            }
        }
    }
}

impl Chinese for Quantity {
    fn chinese(&self) -> String {
        match self {
            Self::Smoothing => "平滑",
            Self::Penalty => "惩罚",
        }
        .into()
    }
}

impl Chinese for Part {
    fn chinese(&self) -> String {
        match self {
            Self::Tags => "词性",
            Self::Symbols => "符号",
            Self::Words => "词",
            Self::Rows => "行",
            Self::Labels => "标签",
            Self::Neighbours => "近邻",
            Self::Repeats => "重复",
            Self::Weights => "权重",
        }
        .into()
    }
}

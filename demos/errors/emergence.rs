//! `EmergenceError`.

use concepts::emergence::EmergenceError;
use concepts::emergence::words::{Part, Quantity};

use super::Chinese;

impl Chinese for EmergenceError {
    fn chinese(&self) -> String {
        match self {
            Self::NotPositive { what, value } => {
                format!("{}是 {value}，必须大于 0，而且有限", what.chinese())
            }
            Self::Share { what, value } => format!("{}是 {value}，必须在 0 和 1 之间", what.chinese()),
            Self::NoTokens => "答案是 0 个 token，没法评分，至少给 1 个".into(),
            Self::Options { options } => format!("{options} 个选项不成选择题，至少给 2 个"),
            Self::MoreThanTotal { row, correct, total } => {
                format!("第 {row} 行：{total} 道题答对 {correct} 道，比总数还多")
            }
            Self::NoItems { row } => format!("第 {row} 行：0 道题的测试说明不了什么，请删掉这一行"),
            Self::TooFewSizes { sizes } => {
                format!("只有 {sizes} 种规模；要看分数怎么随规模变，至少要 2 种")
            }
            Self::NoExamples => "没有示例，至少给 1 个".into(),
            Self::Shape { what, actual, expected } => {
                format!("{}是 {actual}，应为 {expected}", what.chinese())
            }
            Self::Unexpected { at, found } => {
                format!("算式第 {at} 个字符是 {found:?}；能算的是数字、+ - * / 和 ( )")
            }
            Self::Unfinished => "算式没有写完：少一个数或者一个括号".into(),
            Self::TooDeep { most } => format!("算式的括号或负号嵌套超过 {most} 层"),
            Self::NoNumber { left, operator, right } => format!("{left} {operator} {right} 不是有限的数"),
        }
    }
}

impl Chinese for Quantity {
    fn chinese(&self) -> String {
        match self {
            Self::Scale => "幂律的尺度",
            Self::Exponent => "幂律的指数",
            Self::Size => "规模",
            Self::Waver => "选项得分的波动",
            Self::StepSize => "步长",
            Self::Bandwidth => "带宽",
            Self::Level => "置信水平",
            Self::Chance => "瞎猜的得分",
            Self::Target => "目标得分",
        }
        .into()
    }
}

impl Chinese for Part {
    fn chinese(&self) -> String {
        match self {
            Self::Query => "query 的长度",
            Self::Labels => "标签数",
            Self::Tokens => "token 数",
            Self::Weights => "权重矩阵的宽度",
        }
        .into()
    }
}

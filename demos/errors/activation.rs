//! `ActivationError`.

use concepts::activation::{ActivationError, Size};

use super::Chinese;
use super::spacing::first;

impl Chinese for ActivationError {
    fn chinese(&self) -> String {
        match self {
            Self::Zero { what } => format!("{}是 0，至少为 1", first(what)),
            Self::Lengths { left, right } => format!("长度不一致：{left} 和 {right}，两者必须相等"),
            Self::TooMany { active, experts } => {
                format!("要用 {active} 个专家，可一共只有 {experts} 个")
            }
            Self::Empty => "列表是空的，至少给一个数".into(),
            Self::NotFinite { entry, value } => {
                format!("第 {entry} 个数是 {value}，每个数都应是有限值")
            }
        }
    }
}

impl Chinese for Size {
    fn chinese(&self) -> String {
        match self {
            Self::DModel | Self::DHidden => return self.to_string(),
            Self::Depth => "层数",
            Self::Width => "宽度",
            Self::Inputs => "输入的个数",
            Self::Multiple => "取整的倍数",
            Self::Experts => "专家数",
            Self::Active => "每个 token 用的专家数",
        }
        .into()
    }
}

//! `RecurrentError`.

use concepts::recurrent::RecurrentError;
use concepts::recurrent::words::Dimension;

use super::Chinese;
use super::spacing::first;

impl Chinese for RecurrentError {
    fn chinese(&self) -> String {
        match self {
            Self::ShapeMismatch { what, actual, expected } => {
                format!("{}是 {actual}，这一层需要 {expected}", first(what))
            }
            Self::Empty { what } => format!("{}是 0，至少为 1", first(what)),
            Self::NoSuchTime { time, last } => {
                format!("没有第 {time} 个状态：状态从 0 到 {last}，每个输入对应一个")
            }
        }
    }
}

impl Chinese for Dimension {
    fn chinese(&self) -> String {
        match self {
            Self::ColumnsOfW => "W 的列数",
            Self::RowsOfU => "U 的行数",
            Self::LengthOfB => "b 的长度",
            Self::Inputs => "输入的宽度",
            Self::FirstState => "初始状态的宽度",
            Self::States | Self::State => "状态的宽度",
            Self::StateCount => "状态数",
        }
        .into()
    }
}

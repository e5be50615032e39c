//! `ContrastiveError`.

use concepts::contrastive::{ContrastiveError, Side, Size};

use super::Chinese;

impl Chinese for ContrastiveError {
    fn chinese(&self) -> String {
        match self {
            Self::TooFewPairs { pairs } => format!("一批只有 {pairs} 对，没有可区分的对象，至少给 2 对"),
            Self::Unpaired { images, texts } => {
                format!("图像 {images} 张，文本 {texts} 条，必须一一对应")
            }
            Self::Widths { images, texts } => {
                format!("每张图像有 {images} 个数，每条文本有 {texts} 个，两者必须相同")
            }
            Self::NotFinite { side, row, column, value } => {
                let side = side.chinese();
                format!("{side}第 {row} 行第 {column} 列是 {value}，每个数都应是有限值")
            }
            Self::NoDirection { side, row } => {
                format!("{}第 {row} 行长度为 0，没有方向，请去掉这一行", side.chinese())
            }
            Self::Temperature { value } => format!("温度是 {value}，必须是大于 0 的有限值"),
            Self::Overflow => "分数溢出，请缩短向量，或者提高温度".into(),
            Self::Zero { what } => format!("{}是 0，至少为 1", what.chinese()),
        }
    }
}

impl Chinese for Side {
    fn chinese(&self) -> String {
        match self {
            Self::Images => "图像",
            Self::Texts => "文本",
            Self::Similarities => "相似度",
        }
        .into()
    }
}

impl Chinese for Size {
    fn chinese(&self) -> String {
        match self {
            Self::Text => "文本 token 数",
            Self::Image => "图像 token 数",
            Self::Width => "宽度",
            Self::Layers => "层数",
            Self::Queries => "查询向量数",
            Self::Held => "待分类的图像数",
        }
        .into()
    }
}

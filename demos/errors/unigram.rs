//! `UnigramError`.

use concepts::tokenizer::unigram::UnigramError;
use concepts::tokenizer::unigram::words::{Bounds, Setting};

use super::Chinese;

impl Chinese for UnigramError {
    fn chinese(&self) -> String {
        match self {
            Self::EmptyCorpus => "语料里没有出现过的单词；至少要有一个单词的计数不小于 1".into(),
            Self::BadOption { name, value, wanted } => {
                format!("{} 是 {value}，应{}", name.chinese(), wanted.chinese())
            }
            Self::NoPieces => "词表是空的，至少要有一个子词".into(),
            Self::EmptyPiece { id } => format!("子词 {id} 是空串，每个子词至少要有一个字符"),
            Self::BadScore { id, piece, log_prob, limit } => {
                format!("子词 {id}“{piece}”的对数概率是 {log_prob}，应在 -{limit} 到 {limit} 之间")
            }
            Self::Twice { piece, first, second } => {
                format!("子词“{piece}”在词表里出现了两次：id {first} 和 {second}，请只留一个")
            }
            Self::TooManyPieces { size } => format!("{size} 个子词太多，id 只有 32 位"),
            Self::TooLong { characters } => {
                format!("不同的单词共有 {characters} 个字符，超出 32 位计数的范围，请减少语料")
            }
            Self::NoUnknown { id, last } => format!("未知 token 的 id 是 {id}，词表却只到 {last}"),
            Self::UnknownCharacter { character, offset } => format!(
                "第 {offset} 字节处的字符“{character}”没有对应的子词，模型又没有未知 token；请把它加进词表，或加一个未知 token"
            ),
            Self::TooLarge { n, bytes, limit } => format!(
                "{bytes} 字节的单词要取最好的 {n} 种切法，需要保存的太多；最多保存 {limit} 种部分切法，请减少切法数，或换短一点的单词"
            ),
        }
    }
}

impl Chinese for Setting {
    fn chinese(&self) -> String {
        match self {
            Self::MaxChars | Self::EmSteps | Self::Keep | Self::Alpha => self.to_string(),
        }
    }
}

impl Chinese for Bounds {
    fn chinese(&self) -> String {
        match self {
            Self::AtLeast1 => "不小于 1",
            Self::Inside0And1 => "大于 0 且小于 1",
            Self::NotNegative => "为不小于 0 的有限值",
        }
        .into()
    }
}

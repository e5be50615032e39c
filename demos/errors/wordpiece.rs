//! `WordPieceError`.

use concepts::tokenizer::wordpiece::WordPieceError;

use super::Chinese;

impl Chinese for WordPieceError {
    fn chinese(&self) -> String {
        match self {
            Self::EmptyCorpus => "语料里没有出现过的单词；至少要有一个单词的计数不小于 1".into(),
            Self::TooManyTokens => {
                format!("语料的计数之和超过 {}；请把计数都除以同一个数", u64::MAX)
            }
            Self::CorpusTooLarge { characters, limit } => {
                format!("不同的单词共 {characters} 个字符，最多能训练 {limit} 个；取一部分文本就够了")
            }
            Self::NoUnknown { unknown, size } => {
                format!("词表有 {size} 个子词，却没有表示未知单词的“{unknown}”，请加上")
            }
            Self::Twice { piece, first, second } => {
                format!("子词“{piece}”在词表里出现了两次：id {first} 和 {second}，请只留一个")
            }
            Self::TooManyPieces { size } => format!("{size} 个子词太多，id 只有 32 位"),
        }
    }
}

//! `LanguageModelError`.

use concepts::language_model::LanguageModelError;
use concepts::language_model::words::Quantity;

use super::Chinese;

impl Chinese for LanguageModelError {
    fn chinese(&self) -> String {
        match self {
            Self::Order { order, max } => {
                format!("阶数 {order} 不在 1 到 {max} 之间；1 阶不看上文，5 阶看前 4 个 token")
            }
            Self::Size { what, actual, max } => {
                format!("{}是 {actual}，应在 1 到 {max} 之间", what.chinese())
            }
            Self::EmptyCorpus => "训练文本是空的，至少要有一个字符".into(),
            Self::NoSuchToken { token, place, vocab_size } => {
                let last = vocab_size.saturating_sub(1);
                format!("位置 {place} 上的 token {token} 不存在：id 从 0 到 {last}")
            }
            Self::UnknownCharacter { character, place } => {
                format!("位置 {place} 上的字符 {character:?} 不在词表里；请去掉它，或用含有它的文本训练")
            }
            Self::Encoding { source } => format!("文本无法编码：{}", source.chinese()),
            Self::Tokenizer { source } => format!("无法从文本学出 token：{}", source.chinese()),
            Self::AllMasked { vocab_size } => {
                format!("全部 {vocab_size} 个 token 都被屏蔽了，至少要留下一个可以生成的")
            }
            Self::Probabilities { path, probabilities } => {
                format!("{path:?} 之后的概率是 {probabilities:?}；每个概率应在 0 到 1 之间，总和应为 1")
            }
            Self::Twice { path, name } => {
                format!("token {name:?} 在 {path:?} 之后出现了两次，请把概率合并")
            }
            Self::Parameter { what, actual, min, max } => {
                format!("{}是 {actual}，应为 {min} 到 {max} 之间的数", what.chinese())
            }
        }
    }
}

impl Chinese for Quantity {
    fn chinese(&self) -> String {
        match self {
            Self::Vocabulary => "词表大小",
            Self::Depth => "深度",
            Self::Nodes => "节点数",
            Self::Corpus => "语料长度",
            Self::Concentration => "集中度",
            Self::Window => "一个窗口的长度（token 数）",
            Self::Windows => "窗口的个数",
            Self::Context => "上文的长度",
        }
        .into()
    }
}

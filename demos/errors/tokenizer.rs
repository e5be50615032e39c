//! `TokenizerError`.

use concepts::tokenizer::{TokenId, TokenizerError};

use super::Chinese;

impl Chinese for TokenizerError {
    fn chinese(&self) -> String {
        match self {
            Self::NotUtf8 { word, offset } => {
                format!(
                    "单词 {word} 的第 {offset} 字节不是 UTF-8；按字符切分需要合法文本，按字节切分则什么都能读"
                )
            }
            Self::MarkerInText { word, marker } => format!(
                "单词 {word} 里含有词尾标记 {marker}，会与真正的词尾混淆；请不带标记训练，或从文本中去掉它"
            ),
            Self::TooManySymbols => format!("语料太大：符号超过 {} 个，超出计数范围", u64::MAX),
            Self::TooManyPaths { limit } => {
                format!("并列时的选法超过 {limit} 种；请减少合并次数、换小一点的语料，或调高上限")
            }
            Self::DuplicateToken { token, first, second } => {
                format!("token {token} 在词表里出现了两次：id {first} 和 {second}")
            }
            Self::TooManyTokens { tokens } => {
                format!("{tokens} 个 token 太多，id 最大到 {}", TokenId::MAX)
            }
            Self::ModelTooLarge { tokens, merges, most_tokens, most_merges } => format!(
                "{tokens} 个 token、{merges} 次合并太多；模型最多 {most_tokens} 个 token、{most_merges} 次合并"
            ),
            Self::MergeWithoutToken { rank, token } => {
                format!("合并 {rank} 需要 token {token}，词表里却没有")
            }
            Self::DuplicateMerge { first, second, left, right } => {
                format!("合并 {first} 和合并 {second} 都把 {left} 与 {right} 拼在一起")
            }
            Self::MissingByte { byte } => {
                format!("字节 {byte} 没有对应的 token；字节级词表必须包含全部 256 个字节")
            }
            Self::NoSuchToken { id, tokens } => {
                format!("没有 token {id}：id 从 0 到 {}", tokens.saturating_sub(1))
            }
            Self::EmptySpecialToken { id } => format!("特殊 token {id} 是空串，会处处匹配"),
            Self::SharedId { id, first, second } => {
                format!("特殊 token {first} 和 {second} 的 id 都是 {id}")
            }
            Self::TieRuleNotFast => "快速训练器在并列时只取 id 最小的；要用别的规则，请用可读版训练器".into(),
            Self::CorpusTooLarge { bytes, limit } => {
                format!("不同的单词共 {bytes} 字节，训练要求少于 {limit}；请先把文本切成单词，或只取一部分")
            }
            Self::UnknownCharacter { character } => {
                format!("字符 {character:?} 没有对应的 token；请指定未知 token，或改为按字节切分")
            }
        }
    }
}

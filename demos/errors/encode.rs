//! `EncodeError`.

use concepts::tokenizer::{CharsmapFault, EncodeError, IdOf};

use super::Chinese;
use super::spacing::first;

impl Chinese for EncodeError {
    fn chinese(&self) -> String {
        match self {
            Self::Tokenizer(error) => error.chinese(),
            Self::WordPiece(error) => error.chinese(),
            Self::Unigram(error) => error.chinese(),
            Self::Pattern(error) => error.chinese(),
            Self::Charsmap { reason } => format!("替换表不是 SentencePiece 的格式：{}", reason.chinese()),
            Self::UnknownCharacter { character, offset } => format!(
                "第 {offset} 字节处的字符 {character:?} 不在词表里，又没有未知 token；请改为按字节切分、加一个未知 token，或用含有它的文本训练"
            ),
            Self::UnknownWord { word } => format!("词 {word:?} 不在词表里，又没有未知 token"),
            Self::NotText { offset } => {
                format!("第 {offset} 字节不是 UTF-8，这个 tokenizer 只读文本；字节级的什么都能读")
            }
            Self::Decoder { kind } => {
                format!("它的解码器类型是 {kind:?}，暂不支持：id 是对的，但没法还原成文本")
            }
            Self::Grows { limit } => {
                format!("各步处理让文本变长到 {limit} 倍以上：每一步都变长，合起来就成倍增长，请去掉几步")
            }
            Self::TakenId { content, id, other } => {
                format!("附加 token“{content}”的 id 是 {id}，可词表里它属于“{other}”")
            }
            Self::NoSuchToken { what, id, tokens } => {
                let free = if (*id as usize) < *tokens { "，中间有空号" } else { "" };
                format!(
                    "{}是 {id}，可没有哪个 token 是这个 id：id 从 0 到 {}{free}",
                    first(what),
                    tokens.saturating_sub(1)
                )
            }
        }
    }
}

impl Chinese for CharsmapFault {
    fn chinese(&self) -> String {
        match self {
            Self::NoSize => "缺少长度",
            Self::CutOff => "前缀树不完整",
            Self::OddUnits => "前缀树不是由 4 字节的单元组成",
            Self::NotUtf8 => "替换文本不是 UTF-8",
        }
        .into()
    }
}

impl Chinese for IdOf {
    fn chinese(&self) -> String {
        match self {
            Self::Given => "给出的 id",
            Self::Frame => "首尾模板里的 token",
            Self::Unknown => "未知 token",
        }
        .into()
    }
}

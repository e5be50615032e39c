//! `GgufError`: the tokenizer of a GGUF file.

use concepts::tokenizer::files::GgufError;
use concepts::tokenizer::files::gguf::GgufWanted;

use super::Chinese;
use super::spacing::last;

impl Chinese for GgufError {
    fn chinese(&self) -> String {
        match self {
            Self::Model { found } => {
                format!("tokenizer.ggml.model 是“{found}”，支持 gpt2、llama、bert 和 t5")
            }
            Self::NoModel => "tokenizer.ggml.model 没有写或是空的，支持 gpt2、llama、bert 和 t5".into(),
            Self::WrongType { entry, found, wanted } => {
                format!("{entry} 是 {found}，应为{}", last(wanted))
            }
            Self::Cut { found } => {
                format!("tokenizer.ggml.pre 是“{found}”，不认识这种切分方式，请改给这个模型的 tokenizer.json")
            }
            Self::NoTokens => "tokenizer.ggml.tokens 里没有 token".into(),
            Self::Unpaired { list, count, tokens } => {
                format!("tokenizer.ggml.{list} 有 {count} 项，可 token 有 {tokens} 个；应一一对应")
            }
            Self::Missing { list } => format!("缺少 tokenizer.ggml.{list}，模型必须有它"),
            Self::Merge { place, found } => {
                format!("第 {place} 次合并是 {found:?}，应为以空格隔开的两个 token")
            }
            Self::NotBytes { id, token } => {
                format!("token {id}（{token:?}）不是用代表字节的字符写的")
            }
            Self::NoCharacter { token } => format!("token {token:?} 里有的字符本身不是 token"),
            Self::NoId { name } => format!("每段文本前后要加一个 token，却缺少 tokenizer.ggml.{name}"),
            Self::Inconsistent { source } => source.chinese(),
        }
    }
}

impl Chinese for GgufWanted {
    fn chinese(&self) -> String {
        match self {
            Self::Text => "字符串",
            Self::Texts => "字符串列表",
            Self::Fractions => "浮点数列表",
            Self::Wholes => "整数列表",
            Self::Flag => "true 或 false",
            Self::Id => "小于 2^32 的非负整数",
        }
        .into()
    }
}

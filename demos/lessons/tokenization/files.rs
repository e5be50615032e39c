//! A tokenizer as a file: Hugging Face's `tokenizer.json`.

use std::path::Path;

use concepts::tokenizer::Tokenizer;
use concepts::tokenizer::files::{FileError, from_json, to_json};

use crate::kit::draft::Draft;
use crate::kit::files::{self, Wanted};
use crate::kit::knob::Refusal;
use crate::kit::text::Lang;
use crate::lessons::tokenization::WORDS;

/// A file is not read beyond this.
const MOST_BYTES: u64 = 256 << 20;

/// Reads a tokenizer.
///
/// # Errors
/// [`Refusal`] that names the file and what is wrong with it.
pub(crate) fn load(path: &Path) -> Result<Tokenizer, Refusal> {
    let json = files::read_text(path, &wanted())?;
    from_json(&json).map_err(|error| wrong(path, &error))
}

fn wanted() -> Wanted {
    Wanted {
        flag: "load",
        what: WORDS.get("refused.tokenizer"),
        most: MOST_BYTES,
        because: WORDS.get("refused.tokenizer-size"),
    }
}

/// Writes a tokenizer, whole or not at all.
///
/// # Errors
/// [`Refusal`] that names the file and why it cannot be written.
pub(crate) fn save(path: &Path, tokenizer: &Tokenizer) -> Result<(), Refusal> {
    let text = to_json(tokenizer).map_err(|error| wrong(path, &error))?;
    let whole = || {
        let mut draft = Draft::new(path)?;
        draft.write(&text)?;
        draft.keep()
    };
    whole().map_err(|error| {
        let why = |lang| error.0.get(lang).to_string();
        Refusal::new(format!("--save: {}", why(Lang::En)), format!("--save：{}", why(Lang::Zh)))
    })
}

/// What is wrong with the file, in both languages.
fn wrong(path: &Path, error: &FileError) -> Refusal {
    let shown = path.display();
    let chinese = match error {
        FileError::NotJson { reason } => {
            format!("不是完整的 JSON 对象（{reason}），请给出 Hugging Face 的 tokenizer.json")
        }
        FileError::TooLarge { bytes, limit } => {
            format!("{bytes} 字节不像 tokenizer（最多读取 {limit} 字节）")
        }
        FileError::Missing { field } => format!("缺少字段“{field}”"),
        FileError::WrongType { field, found, wanted } => {
            format!("字段“{field}”的值是 {found}，应为{}", in_chinese(wanted))
        }
        FileError::Unsupported { field, found, known } => {
            format!("字段“{field}”是 {found}，暂不支持；支持的有 {known}")
        }
        FileError::BadIds { field, id, .. } => format!("“{field}”中 id {id} 有问题，id 必须从 0 起连续"),
        FileError::Inconsistent { field, source } => format!("“{field}”前后矛盾（{source}）"),
        FileError::CannotWrite { format, reason } => format!("无法写成 {format}（{reason}）"),
        other => other.to_string(),
    };
    Refusal::new(format!("--load {shown}: {error}"), format!("--load {shown}：{chinese}"))
}

/// What a field should hold, which the library says in English.
fn in_chinese(wanted: &str) -> &str {
    match wanted {
        "a list" => "列表",
        "a list of two" => "两项的列表",
        "a number" => "数字",
        "a template with the text A" => "含有文本 A 的模板",
        "a token of the vocabulary" => "词表里的 token",
        "a whole number below 2^32" => "小于 2^32 的整数",
        "an object" => "对象",
        "text" => "字符串",
        "true or false" => "true 或 false",
        "two tokens with a space between" => "以空格隔开的两个 token",
        other => other,
    }
}

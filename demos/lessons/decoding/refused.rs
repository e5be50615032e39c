//! The library's refusals, as the lesson's, in both languages.

use concepts::decoding::DecodingError;
use concepts::language_model::LanguageModelError;

use crate::kit::knob::Refusal;

/// A refusal of the samplers.
pub(crate) fn of_decoding(error: DecodingError) -> Refusal {
    let chinese = match &error {
        DecodingError::EmptyVocabulary => "没有任何 logit；至少要有一个 token 才能选".into(),
        DecodingError::VocabularyTooLarge { vocab_size } => {
            format!("{vocab_size} 个 logit 太多，token 编号只有 32 位")
        }
        DecodingError::NanLogit { token } => format!("token {token} 的 logit 是 NaN，多半是模型出了错"),
        DecodingError::InfiniteLogit { token } => {
            format!("token {token} 的 logit 是 +∞；logit 应为有限值，不允许出现的 token 用 −∞")
        }
        DecodingError::NoCandidate { vocab_size } => {
            format!("{vocab_size} 个 logit 全是 −∞，没有 token 可选；至少要放开一个")
        }
        DecodingError::BadProbability { token, value } => {
            format!("token {token} 的概率是 {value}，应为非负有限值")
        }
        DecodingError::Parameter { name, value, .. } => format!("{name} 不能取 {value}"),
        DecodingError::Zero { name } => format!("{name} 不能是 0，至少为 1"),
        DecodingError::UnknownToken { token, vocab_size } => {
            format!("token {token} 不在大小为 {vocab_size} 的词表中")
        }
        DecodingError::TooMany { name, value, limit, .. } => format!("{name} 是 {value}，最多 {limit}"),
        other => other.to_string(),
    };
    Refusal::new(error.to_string(), chinese)
}

/// A refusal of the language model.
pub(crate) fn of_model(error: LanguageModelError) -> Refusal {
    let chinese = match &error {
        LanguageModelError::Order { order, max } => format!("阶数 {order} 不在 1 到 {max} 之间"),
        LanguageModelError::EmptyCorpus => "训练文本是空的，至少要有一个字符".into(),
        LanguageModelError::UnknownCharacter { character, place } => format!(
            "--prompt：第 {} 个字符“{character}”在训练文本里从未出现；请去掉它，或用 --corpus 换一份含有它的语料",
            place + 1
        ),
        LanguageModelError::Size { actual, max, .. } => format!("大小 {actual} 不在 1 到 {max} 之间"),
        other => other.to_string(),
    };
    let english = match &error {
        LanguageModelError::UnknownCharacter { character, place } => format!(
            "--prompt: character {} is {character:?}, which the training text never has; leave it out, or train on a text that has it (--corpus)",
            place + 1
        ),
        other => other.to_string(),
    };
    Refusal::new(english, chinese)
}

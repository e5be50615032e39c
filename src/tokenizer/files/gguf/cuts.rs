//! How text is cut, by the name that a file has for it.

use super::GgufError;
use super::error::within;
use crate::tokenizer::files::published::O200K;
use crate::tokenizer::pretokenize::{Behavior, Cut, PatternError, Pretokenizer, Split};

/// How a byte-level model cuts, and what goes with it.
#[derive(Debug, Clone)]
pub(super) struct Way {
    /// The cuts that come first.
    pub(super) cuts: Vec<Cut>,
    /// The last one.
    pub(super) last: Pretokenizer,
    /// Whether a word that is a token is that token, whatever the merges make of it.
    pub(super) whole_words: bool,
    /// Whether text begins with BOS if the file does not say.
    pub(super) bos: bool,
}

/// The names of one way.
const GPT2: &[&str] = &[
    "gpt-2",
    "phi-2",
    "gigachat",
    "a.x-4.0",
    "mellum",
    "exaone4",
    "mpt",
    "olmo",
    "jais",
    "trillion",
    "granite-docling",
    "jina-es",
    "jina-de",
    "jina-v2-es",
    "jina-v2-de",
    "modern-bert",
];
/// Digits one by one first.
const DIGITS: &[&str] =
    &["smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b", "mellum2"];
const LLAMA3: &[&str] =
    &["llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2"];
/// The pattern of Llama 3, and nothing else of it.
const LIKE_LLAMA3: &[&str] = &["dbrx", "smaug-bpe", "glm4", "chatglm-bpe"];
const QWEN2: &[&str] = &[
    "qwen2",
    "deepseek-r1-qwen",
    "kormo",
    "f2llmv2",
    "megrez",
    "stablelm2",
    "hunyuan",
    "solar-open",
    "grok-2",
];
const GPT4O: &[&str] = &["gpt-4o", "llama4", "kanana2", "talkie", "minimax-m2"];
const TEKKEN: &[&str] = &["tekken"];
const FALCON: &[&str] = &["falcon"];
const DEFAULT: &[&str] = &["default"];
const DEEPSEEK_V3: &[&str] = &["deepseek-v3", "hunyuan-dense", "joyai-llm"];
const DEEPSEEK_LLM: &[&str] = &["deepseek-llm"];
const DEEPSEEK_CODER: &[&str] = &["deepseek-coder"];
const QWEN35: &[&str] = &["qwen35"];
const BLOOM: &[&str] = &["bloom", "poro-chat", "gpt3-finnish"];
const VIKING: &[&str] = &["viking"];
const SEED: &[&str] = &["seed-coder"];
const BAILING: &[&str] = &["bailingmoe", "bailingmoe2", "llada-moe"];

/// The pattern of GPT-4o without contractions and with every digit alone: Mistral's.
const TEKKEN_PATTERN: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// Signs that stand alone before anything else is cut.
const DEFAULT_SIGNS: &str = r"[\p{P}\$\+<=>\^~\|]+";
const FALCON_SIGNS: &str = r"[\p{P}\$\+<=>\^~\|`]+";

/// DeepSeek-V3's: up to three digits, Chinese and kana, and all else.
const DEEPSEEK_V3_PATTERNS: [&str; 3] = [
    r"\p{N}{1,3}",
    "[一-龥\u{3040}-ゟ゠-ヿ]+",
    r##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"##,
];
/// DeepSeek's first: letters that have a case, signs, Chinese and Korean, digits.
const DEEPSEEK_LLM_PATTERNS: [&str; 6] = [
    r"[\r\n]",
    "\\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-\u{1f7d}ᾀ-ᾴᾶ-ᾼ\u{1fbe}ῂ-ῄῆ-ῌῐ-\u{1fd3}ῖ-\u{1fdb}ῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤ\u{2126}ℨ\u{212a}-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃]+",
    "\\s?[!-/:-~！-／：-～‘-‟\u{3000}-。]+",
    r"\s+$",
    "[一-龥\u{800}-一가-\u{d7ff}]+",
    r"\p{N}+",
];
const DEEPSEEK_CODER_PATTERNS: [&str; 5] =
    [r"[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", "[一-龥\u{800}-一가-\u{d7ff}]+", r"\p{N}"];
/// Qwen's with marks among the letters.
const QWEN35_PATTERN: &str = r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const BLOOM_PATTERN: &str = r" ?[^(\s|.,!?…。，、।۔،)]+";
const SEED_PATTERN: &str = r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}\r\n]+|\s*[\r\n]+|\s+(?!\S)|\s+";
const BAILING_PATTERN: &str = r"'(?:[sSdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+";

/// The ways that are patterns alone.
const BY_PATTERNS: [(&[&str], &[&str]); 8] = [
    (DEEPSEEK_V3, &DEEPSEEK_V3_PATTERNS),
    (DEEPSEEK_LLM, &DEEPSEEK_LLM_PATTERNS),
    (DEEPSEEK_CODER, &DEEPSEEK_CODER_PATTERNS),
    (QWEN35, &[QWEN35_PATTERN]),
    (BLOOM, &[BLOOM_PATTERN]),
    (VIKING, &[BLOOM_PATTERN, r"\p{N}"]),
    (SEED, &[SEED_PATTERN]),
    (BAILING, &[BAILING_PATTERN]),
];

/// The way of a name; a file without one has the default.
pub(super) fn way(name: Option<&str>) -> Result<Way, GgufError> {
    let name = name.unwrap_or("default");
    let plain = |cuts: Vec<Cut>, last| Way { cuts, last, whole_words: false, bos: false };
    let is = |names: &[&str]| names.contains(&name);
    Ok(match () {
        () if is(GPT2) => plain(Vec::new(), Pretokenizer::Gpt2),
        () if is(DIGITS) => plain(vec![Cut::Digits { alone: true }], Pretokenizer::Gpt2),
        () if is(LIKE_LLAMA3) => plain(Vec::new(), Pretokenizer::Cl100k),
        () if is(LLAMA3) => {
            Way { cuts: Vec::new(), last: Pretokenizer::Cl100k, whole_words: true, bos: true }
        }
        () if is(QWEN2) => plain(Vec::new(), Pretokenizer::Qwen),
        () if is(GPT4O) => plain(patterns(&[O200K])?, Pretokenizer::None),
        () if is(TEKKEN) => {
            Way { cuts: patterns(&[TEKKEN_PATTERN])?, last: Pretokenizer::None, whole_words: true, bos: true }
        }
        () if is(DEFAULT) => {
            plain(around_gpt2(DEFAULT_SIGNS, &[r"\p{N}+", "[0-9][0-9][0-9]"])?, Pretokenizer::None)
        }
        () if is(FALCON) => plain(around_gpt2(FALCON_SIGNS, &["[0-9][0-9][0-9]"])?, Pretokenizer::None),
        () => {
            let found = BY_PATTERNS.iter().find(|(names, _)| is(names));
            let (_, cuts) = found.ok_or_else(|| GgufError::Cut { found: name.into() })?;
            plain(patterns(cuts)?, Pretokenizer::None)
        }
    })
}

/// Signs, then GPT-2's pattern, then what these patterns cut out of its words.
fn around_gpt2(signs: &str, digits: &[&str]) -> Result<Vec<Cut>, GgufError> {
    let mut cuts = patterns(&[signs])?;
    cuts.push(Cut::Known(Pretokenizer::Gpt2));
    cuts.extend(patterns(digits)?);
    Ok(cuts)
}

/// Cuts in which each match is a word, and each stretch between two.
fn patterns(patterns: &[&str]) -> Result<Vec<Cut>, GgufError> {
    let cut = |pattern: &&str| Split::regex(pattern, Behavior::Isolated, false).map(Cut::Split);
    patterns.iter().map(cut).collect::<Result<_, PatternError>>().map_err(within)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_way() {
        for (names, patterns) in BY_PATTERNS {
            for name in names {
                assert_eq!(way(Some(name)).unwrap().cuts.len(), patterns.len(), "{name}");
            }
        }
        assert_eq!(way(Some("theta")).unwrap_err(), GgufError::Cut { found: "theta".into() });
    }
}

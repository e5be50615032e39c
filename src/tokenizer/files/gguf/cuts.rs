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
];
/// Digits one by one first.
const DIGITS: &[&str] =
    &["smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b", "mellum2"];
const LLAMA3: &[&str] =
    &["llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2"];
/// The pattern of Llama 3, and nothing else of it.
const LIKE_LLAMA3: &[&str] = &["dbrx", "smaug-bpe", "glm4", "chatglm-bpe"];
const QWEN2: &[&str] =
    &["qwen2", "deepseek-r1-qwen", "kormo", "f2llmv2", "megrez", "stablelm2", "hunyuan", "solar-open"];
const GPT4O: &[&str] = &["gpt-4o", "llama4", "kanana2", "talkie", "minimax-m2"];
const TEKKEN: &[&str] = &["tekken"];
const FALCON: &[&str] = &["falcon"];
const DEFAULT: &[&str] = &["default"];

/// The pattern of GPT-4o without contractions and with every digit alone: Mistral's.
const TEKKEN_PATTERN: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// Signs that stand alone before anything else is cut.
const DEFAULT_SIGNS: &str = r"[\p{P}\$\+<=>\^~\|]+";
const FALCON_SIGNS: &str = r"[\p{P}\$\+<=>\^~\|`]+";

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
            let known = [GPT2, DIGITS, LLAMA3, LIKE_LLAMA3, QWEN2, GPT4O, TEKKEN, FALCON, DEFAULT].concat();
            return Err(GgufError::Cut { found: name.into(), known: known.join(", ") });
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

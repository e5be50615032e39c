//! What the published files of ranks do not say themselves: how text is cut, and the special tokens.

use crate::tokenizer::pretokenize::{Behavior, Cut, Pattern, PatternError, Pretokenizer, Split};
use crate::tokenizer::{AddedToken, TokenId};

/// Whose ranks a file holds.
///
/// # Reference
/// `tiktoken_ext/openai_public.py` of tiktoken; `tokenizer.py` of Llama 3 and Llama 4; `tokenization_kimi.py` of
/// Kimi K2; `tokenization_qwen.py` of Qwen; `tokenizer.py` of Whisper; `tokenizer.json` of Qwen 3.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Published {
    /// GPT-2 and GPT-3.
    R50k,
    /// Codex.
    P50k,
    /// GPT-3.5 and GPT-4.
    Cl100k,
    /// GPT-4o and later.
    O200k,
    /// Llama 3: [`Published::Cl100k`]'s pattern.
    Llama3,
    /// Llama 4: [`Published::O200k`]'s pattern.
    Llama4,
    /// Kimi K2: [`Published::O200k`]'s pattern, with Chinese characters apart.
    Kimi,
    /// Qwen.
    Qwen,
    /// Qwen 3.5: marks belong to the letters before them.
    Qwen35,
    /// Whisper for many languages: [`Published::R50k`]'s pattern. Its file has an empty token.
    Whisper,
}

/// The pattern of GPT-4o.
pub(super) const O200K: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

const KIMI: &str = r"[\p{Han}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

const QWEN35: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

impl Published {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::R50k,
        Self::P50k,
        Self::Cl100k,
        Self::O200k,
        Self::Llama3,
        Self::Llama4,
        Self::Kimi,
        Self::Qwen,
        Self::Qwen35,
        Self::Whisper,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::R50k => "r50k_base",
            Self::P50k => "p50k_base",
            Self::Cl100k => "cl100k_base",
            Self::O200k => "o200k_base",
            Self::Llama3 => "Llama 3",
            Self::Llama4 => "Llama 4",
            Self::Kimi => "Kimi K2",
            Self::Qwen => "Qwen",
            Self::Qwen35 => "Qwen 3.5",
            Self::Whisper => "Whisper",
        }
    }

    /// Number of ranks in its file; no two have the same.
    pub fn ranks(self) -> usize {
        match self {
            Self::R50k => 50_256,
            Self::P50k => 50_280,
            Self::Cl100k => 100_256,
            Self::O200k => 199_998,
            Self::Llama3 => 128_000,
            Self::Llama4 => 200_000,
            Self::Kimi => 163_584,
            Self::Qwen => 151_643,
            Self::Qwen35 => 248_044,
            Self::Whisper => 50_257,
        }
    }

    /// Whose file has so many ranks.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::files::Published;
    /// assert_eq!(Published::of_size(100_256), Some(Published::Cl100k));
    /// assert_eq!(Published::of_size(7), None);
    /// ```
    pub fn of_size(ranks: usize) -> Option<Self> {
        Self::ALL.into_iter().find(|published| published.ranks() == ranks)
    }

    /// How its text is cut.
    pub(super) fn cutting(self) -> Result<(Vec<Cut>, Pretokenizer), PatternError> {
        Ok(match self {
            Self::R50k | Self::P50k | Self::Whisper => (Vec::new(), Pretokenizer::Gpt2),
            Self::Cl100k | Self::Llama3 => (Vec::new(), Pretokenizer::Cl100k),
            Self::Qwen => (Vec::new(), Pretokenizer::Qwen),
            Self::O200k | Self::Llama4 => (vec![matches_of(O200K)?], Pretokenizer::None),
            Self::Kimi => (vec![matches_of(KIMI)?], Pretokenizer::None),
            Self::Qwen35 => (vec![matches_of(QWEN35)?], Pretokenizer::None),
        })
    }

    /// Special tokens that the model has beside its ranks, those that are known to stand where they stand.
    pub(super) fn special(self) -> Vec<AddedToken> {
        let tokens: &[(TokenId, &str)] = match self {
            Self::R50k | Self::P50k => &[(50_256, "<|endoftext|>")],
            Self::Cl100k => &[
                (100_257, "<|endoftext|>"),
                (100_258, "<|fim_prefix|>"),
                (100_259, "<|fim_middle|>"),
                (100_260, "<|fim_suffix|>"),
                (100_276, "<|endofprompt|>"),
            ],
            Self::O200k => &[(199_999, "<|endoftext|>"), (200_018, "<|endofprompt|>")],
            // The others have other names in 3, 3.1 and 3.2.
            Self::Llama3 => &[
                (128_000, "<|begin_of_text|>"),
                (128_001, "<|end_of_text|>"),
                (128_006, "<|start_header_id|>"),
                (128_007, "<|end_header_id|>"),
                (128_009, "<|eot_id|>"),
            ],
            Self::Llama4 => &[(200_000, "<|begin_of_text|>"), (200_001, "<|end_of_text|>")],
            Self::Kimi => &[(163_584, "[BOS]"), (163_585, "[EOS]")],
            Self::Qwen => &[(151_643, "<|endoftext|>"), (151_644, "<|im_start|>"), (151_645, "<|im_end|>")],
            Self::Qwen35 => &[(248_044, "<|endoftext|>"), (248_045, "<|im_start|>"), (248_046, "<|im_end|>")],
            // Languages and what stands behind them differ from version to version.
            Self::Whisper => &[(50_257, "<|endoftext|>"), (50_258, "<|startoftranscript|>")],
        };
        tokens.iter().map(|&(id, content)| AddedToken::special(content, id)).collect()
    }
}

/// The matches of a pattern as tiktoken reads it; what it leaves out is lost there too.
pub(super) fn matches_of(pattern: &str) -> Result<Cut, PatternError> {
    Ok(Cut::Split(Split::new(Pattern::tiktoken(pattern)?, Behavior::Removed, true)))
}

//! What is published about the tokenizers of real models.

use crate::kit::text::{Text, text};

/// How a vocabulary was learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    Bpe,
    WordPiece,
    Unigram,
}

/// What a model's tokenizer was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Library {
    /// SentencePiece, on raw text.
    SentencePiece,
    /// Byte-level BPE as in GPT-2 or tiktoken.
    ByteLevel,
    /// A program of their own.
    Own,
}

/// The tokenizer of a model.
#[derive(Debug)]
pub(super) struct Tokenizer {
    pub model: &'static str,
    pub algorithm: Algorithm,
    pub library: Library,
    /// Tokens with the special ones, where the source lists them; where it is a configuration, the rows of the
    /// embedding table, which may be padded.
    pub vocabulary: u64,
    pub source: Text,
}

const fn of(
    model: &'static str,
    algorithm: Algorithm,
    library: Library,
    vocabulary: u64,
    source: Text,
) -> Tokenizer {
    Tokenizer { model, algorithm, library, vocabulary, source }
}

/// In the order of their years.
pub(super) static TOKENIZERS: [Tokenizer; 12] = [
    of("BERT", Algorithm::WordPiece, Library::Own, 30_522, text("Devlin et al. 2019", "Devlin 等 2019")),
    of(
        "GPT-2, GPT-3",
        Algorithm::Bpe,
        Library::ByteLevel,
        50_257,
        text("Radford et al. 2019", "Radford 等 2019"),
    ),
    of(
        "T5",
        Algorithm::Unigram,
        Library::SentencePiece,
        32_128,
        text(
            "Raffel et al. 2020; released config.json and spiece.model",
            "Raffel 等 2020；发布的 config.json 与 spiece.model",
        ),
    ),
    of(
        "LLaMA, LLaMA-2",
        Algorithm::Bpe,
        Library::SentencePiece,
        32_000,
        text("Touvron et al. 2023", "Touvron 等 2023"),
    ),
    of("GPT-4 (cl100k)", Algorithm::Bpe, Library::ByteLevel, 100_277, text("tiktoken", "tiktoken")),
    of(
        "Mistral 7B",
        Algorithm::Bpe,
        Library::SentencePiece,
        32_000,
        text("released tokenizer.model", "发布的 tokenizer.model"),
    ),
    of(
        "Qwen",
        Algorithm::Bpe,
        Library::ByteLevel,
        151_851,
        text("tokenization_qwen.py", "tokenization_qwen.py"),
    ),
    of(
        "ChatGLM3",
        Algorithm::Bpe,
        Library::SentencePiece,
        65_024,
        text("released config.json and tokenizer.model", "发布的 config.json 与 tokenizer.model"),
    ),
    of("Gemma", Algorithm::Bpe, Library::SentencePiece, 256_000, text("Gemma team 2024", "Gemma 团队 2024")),
    of(
        "Llama 3",
        Algorithm::Bpe,
        Library::ByteLevel,
        128_256,
        text("Grattafiori et al. 2024", "Grattafiori 等 2024"),
    ),
    of(
        "GLM-4",
        Algorithm::Bpe,
        Library::ByteLevel,
        151_552,
        text("released config.json and tokenizer code", "发布的 config.json 与 tokenizer 代码"),
    ),
    of(
        "DeepSeek-V3",
        Algorithm::Bpe,
        Library::ByteLevel,
        129_280,
        text("released config.json and tokenizer.json", "发布的 config.json 与 tokenizer.json"),
    ),
];

/// The tokenizer of a model.
pub(super) fn tokenizer(model: &str) -> Option<&'static Tokenizer> {
    TOKENIZERS.iter().find(|tokenizer| tokenizer.model == model)
}

/// 1 if this is so of the model, 0 if not, no number if the model is not listed.
pub(super) fn is(model: &str, so: impl Fn(&Tokenizer) -> bool) -> f64 {
    tokenizer(model).map_or(f64::NAN, |tokenizer| f64::from(u8::from(so(tokenizer))))
}

/// How large its vocabulary is.
pub(super) fn vocabulary(model: &str) -> Option<u64> {
    tokenizer(model).map(|tokenizer| tokenizer.vocabulary)
}

/// Where that is published.
pub(super) fn source(model: &str) -> Text {
    tokenizer(model).map_or_else(|| text("not listed", "表中没有"), |tokenizer| tokenizer.source.clone())
}

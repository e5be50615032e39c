//! What is published about the tokenizers of real models.

use super::WORDS;
use crate::kit::text::Text;

/// How a vocabulary was learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Bpe,
    WordPiece,
    Unigram,
}

/// What a model's tokenizer was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Library {
    /// SentencePiece, on raw text.
    SentencePiece,
    /// Byte-level BPE as in GPT-2 or tiktoken.
    ByteLevel,
    /// A program of their own.
    Own,
}

/// The tokenizer of a model.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    pub model: &'static str,
    pub algorithm: Algorithm,
    pub library: Library,
    /// Tokens with the special ones, where the source lists them; where it is a configuration, the rows of the
    /// embedding table, which may be padded.
    pub vocabulary: u64,
    /// The id of the words that say where this is published.
    source: &'static str,
}

impl Algorithm {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Algorithm::Bpe => "BPE",
            Algorithm::WordPiece => "WordPiece",
            Algorithm::Unigram => "unigram",
        }
    }
}

impl Tokenizer {
    /// Where this is published.
    pub(crate) fn source(&self) -> Text {
        WORDS.get(&format!("source.{}", self.source))
    }
}

const fn of(
    source: &'static str,
    model: &'static str,
    algorithm: Algorithm,
    library: Library,
    vocabulary: u64,
) -> Tokenizer {
    Tokenizer { model, algorithm, library, vocabulary, source }
}

/// In the order of their years.
pub(crate) static TOKENIZERS: [Tokenizer; 12] = [
    of("bert", "BERT", Algorithm::WordPiece, Library::Own, 30_522),
    of("gpt-2", "GPT-2, GPT-3", Algorithm::Bpe, Library::ByteLevel, 50_257),
    of("t5", "T5", Algorithm::Unigram, Library::SentencePiece, 32_128),
    of("llama", "LLaMA, LLaMA-2", Algorithm::Bpe, Library::SentencePiece, 32_000),
    of("gpt-4", "GPT-4 (cl100k)", Algorithm::Bpe, Library::ByteLevel, 100_277),
    of("mistral", "Mistral 7B", Algorithm::Bpe, Library::SentencePiece, 32_000),
    of("qwen", "Qwen", Algorithm::Bpe, Library::ByteLevel, 151_851),
    of("chatglm", "ChatGLM3", Algorithm::Bpe, Library::SentencePiece, 65_024),
    of("gemma", "Gemma", Algorithm::Bpe, Library::SentencePiece, 256_000),
    of("llama-3", "Llama 3", Algorithm::Bpe, Library::ByteLevel, 128_256),
    of("glm-4", "GLM-4", Algorithm::Bpe, Library::ByteLevel, 151_552),
    of("deepseek", "DeepSeek-V3", Algorithm::Bpe, Library::ByteLevel, 129_280),
];

/// A model that the table does not list.
#[derive(Debug, thiserror::Error)]
#[error("the table of published tokenizers does not list {0}")]
pub(crate) struct NotListed(&'static str);

/// The tokenizer of a model.
///
/// # Errors
/// [`NotListed`]
pub(crate) fn tokenizer(model: &'static str) -> Result<&'static Tokenizer, NotListed> {
    TOKENIZERS.iter().find(|tokenizer| tokenizer.model == model).ok_or(NotListed(model))
}

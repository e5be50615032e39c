//! Text to token ids and back: against Hugging Face, tiktoken and SentencePiece, fast trainers and encoders
//! against their readable twins, damaged files.

mod around;
mod bpe;
mod chat;
mod files;
mod gguf;
mod ids;
mod oracle;
mod parts;
mod pretokenize;
mod twins;
mod unigram;
mod wordpiece;
mod wordpiece_ties;
mod written;

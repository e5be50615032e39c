//! Every variant of every error, in both languages: nothing stays English, nothing is lost.

mod samples;

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::{Debug, Display};

use super::Chinese;
use crate::kit::visible::message;
use samples::Samples;

/// What a Chinese engineer leaves in Latin letters: terms, names of models, formats, fields and parts.
const TERMS: &str = "token query key value logit mask padding cross-attention encoder-decoder decoder-only batch \
    prompt base beam n-gram n alpha gamma mirostat typical tokenizer rank id heads kv_heads max_distance \
    epsilon groups beams n_best max_tokens top-p min-p k \
    KV KB cache GB GiB MiB NaN UTF-8 JSON TOML BPE SentencePiece tokenizer.json config.json tiktoken base64 Llama \
    d d_k d_v d_head d_model d_ff d_nope d_rope d_hidden kv_lora q_lora q_rank kv_rank head_dim hidden_size x W U b \
    Q K V W_Q W_K W_V W_O W_DQ W_UQ W_QR W_DKV W_UK W_UV W_KR ALiBi T5 A forward p \
    lambda lasso max_chars em_steps keep model_type num_key_value_heads num_attention_heads moe_intermediate_size \
    full_attention sliding_attention true false null \
    ByteLevel Split Whitespace WhitespaceSplit Punctuation Digits BertPreTokenizer Metaspace Sequence Isolated \
    Removed MergedWithPrevious MergedWithNext Contiguous Regex String WordPiece Unigram w BertNormalizer NFC NFKC \
    NFD NFKD Lowercase StripAccents Nmt CharDelimiterSplit WordLevel tekken.json Prepend Replace Strip \
    Precompiled always first never add_prefix_space ByteFallback Fuse \
    transformers RoPE k B M T N D E loss 7e10 70B BPEDecoder TemplateProcessing BertProcessing RobertaProcessing WordEnd Suffix Unmarked Kept Gpt2 \
    GGUF Python gguf gguf-convert-endian safetensors weight_map F32 F16 BF16 Q8_0 Q4_0 Q4_1 Q5_0 Q5_1 Q4_K MXFP4 \
    silu swish gelu gelu_new gelu_pytorch_tanh gelu_fast quick_gelu relu relu2 mish none linear yarn longrope \
    tokenizer.ggml.model tokenizer.ggml.pre tokenizer.ggml.tokens tokenizer.ggml.token_type tokenizer.ggml.scores \
    tokenizer.ggml.merges tokenizer.ggml.bos_token_id gpt2 llama bert t5 qwen3 \
    peft_type FixedLength UnicodeScripts Q2_K Q3_K Q5_K Q6_K IQ4_NL IQ4_XS llama-quantize \
    generation_config.json params.json Meta Mistral nanoGPT GPT-2 n_layer n_head n_embd vocab_size block_size \
    n_positions vocab.json vocab.txt BERT UNK merges.txt tokenizer_config.json AutoTokenizer.from_pretrained FOLDER save_pretrained OUT";
/// Terms of two words, and names beside each other.
const PHRASES: [&str; 6] = ["Hugging Face", "KV cache", "padding mask", "Strip 1", "Git LFS", "git lfs pull"];
/// What samples hold in the place of a person's own words.
const TYPED: [&str; 4] = ["Zeta", "Eta", "Theta", "Iota"];

#[test]
fn the_chinese_keeps_no_english_words() {
    let known: BTreeSet<&str> = TERMS.split_whitespace().chain(TYPED).collect();
    let mut strange = BTreeSet::new();
    for said in Samples::all().said {
        let mut rest = said.chinese;
        PHRASES.iter().for_each(|phrase| rest = rest.replace(phrase, "—"));
        if two_words(&rest) || latin(&rest).iter().any(|word| !known.contains(word)) {
            strange.insert(rest);
        }
    }
    assert!(strange.is_empty(), "English in {strange:#?}");
}

#[test]
fn the_chinese_keeps_numbers_and_names() {
    for said in Samples::all().said {
        for kept in numbers(&said.english).into_iter().chain(names(&said.english)) {
            let there = said.chinese.contains(kept) || numbers(&said.chinese).contains(&kept);
            assert!(there, "{kept:?} of \"{}\" is lost in {}", said.english, said.chinese);
        }
    }
}

#[test]
fn every_variant_is_among_the_samples() {
    for (name, variants, seen) in Samples::all().counts {
        assert_eq!(variants, seen, "{name}");
    }
}

#[test]
fn the_chinese_is_not_the_english_and_has_no_blank_too_many() {
    for said in Samples::all().said {
        assert!(!said.chinese.contains("  ") && said.chinese.trim() == said.chinese, "{:?}", said.chinese);
        assert_ne!(said.english, said.chinese);
    }
}

/// Nothing of our own is cut out of a refusal: lists of what there is have commands of their own.
#[test]
fn a_refusal_of_short_input_is_said_whole() {
    for said in Samples::all().said {
        for text in [said.english, said.chinese] {
            assert_eq!(message(&text).matches('…').count(), text.matches('…').count(), "{text}");
        }
    }
}

/// Words in Latin letters.
fn latin(text: &str) -> Vec<&str> {
    let inner = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    text.split(|c: char| !inner(c))
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
        .collect()
}

/// Do two Latin words stand beside each other, with nothing but a blank between?
fn two_words(text: &str) -> bool {
    let is_word = |word: &str| word.chars().all(|c| c.is_ascii_lowercase() || c == '\'') && word.len() > 1;
    let words: Vec<&str> = text.split(' ').collect();
    words.windows(2).any(|pair| is_word(pair[0]) && is_word(pair[1]))
}

/// Numbers, as they are written.
fn numbers(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .map(|number| number.trim_matches(['.', ',']))
        .filter(|number| !number.is_empty())
        .collect()
}

/// Names: words with capitals within, digits or underscores, and what samples hold for a person's words.
fn names(text: &str) -> Vec<&str> {
    let is_name = |word: &&str| {
        let within = word.chars().skip(1).any(|c| c.is_ascii_uppercase() || c == '_');
        within || TYPED.contains(word)
    };
    latin(text).into_iter().filter(is_name).collect()
}

/// A message in both languages.
struct Said {
    english: String,
    chinese: String,
}

impl Said {
    fn of<E: Display + Chinese>(said: &E) -> Said {
        Said { english: said.to_string(), chinese: said.chinese() }
    }
}

/// An error whose variants have no number in the language: their source is counted.
fn variants(source: &str, name: &str) -> usize {
    let body = source.split(&format!("pub enum {name} {{")).nth(1).unwrap_or_default();
    let body = body.split("\n}").next().unwrap_or_default();
    body.matches("#[error(").count()
}

fn seen<E: Error + Debug>(samples: &[E]) -> usize {
    let mut met = Vec::new();
    for sample in samples {
        let kind = std::mem::discriminant(sample);
        if !met.contains(&kind) {
            met.push(kind);
        }
    }
    met.len()
}

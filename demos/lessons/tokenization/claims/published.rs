//! C4, C16, C20, C21, C23, C25: what is published, looked up in tables that name their sources.

use concepts::budget::{ModelConfig, published};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::text::{Text, text};
use crate::lessons::tokenization::published::{Algorithm, Library, is, source, vocabulary};

use super::none;

/// What the written answer calls the size of a vocabulary of sub-words.
const LEAST: u64 = 30_000;
const MOST: u64 = 100_000;

/// The vocabularies of the published models that are of a kind.
fn vocabularies(which: impl Fn(&ModelConfig) -> bool) -> Vec<u64> {
    published().iter().map(|model| &model.config).filter(|model| which(model)).map(|m| m.vocab).collect()
}

/// Where vocabularies lie, below the range, in it and above it.
fn where_they_lie(sizes: &[u64]) -> Test {
    let are = |so: fn(u64) -> bool| sizes.iter().filter(|&&size| so(size)).count();
    Test(vec![
        none(
            text("published models with fewer than 30,000 tokens", "公开模型中，词表不到 3 万的"),
            are(|size| size < LEAST),
        )
        .over(sizes.len()),
        Measure::at_least(
            text("with 30,000 to 100,000", "词表在 3 万到 10 万之间的"),
            are(|size| (LEAST..=MOST).contains(&size)) as f64,
            1.0,
            text("one is enough: the range is not empty", "有一个就够：这个范围不是空的"),
        )
        .over(sizes.len()),
        Measure::at_least(
            text("with more than 100,000", "词表超过 10 万的"),
            are(|size| size > MOST) as f64,
            1.0,
            text("one is enough: the range is not all", "有一个就够：不都在这个范围里"),
        )
        .over(sizes.len()),
    ])
}

/// C4
pub(super) fn sizes(_seed: u64) -> Claim {
    let all = vocabularies(|_| true);
    let outside = all.iter().filter(|size| !(LEAST..=MOST).contains(size)).count();
    let largest = thousands(all.iter().max().copied().unwrap_or(0));
    let [bert, llama, gpt2, cl100k, llama3, qwen, gemma] =
        ["BERT", "LLaMA, LLaMA-2", "GPT-2, GPT-3", "GPT-4 (cl100k)", "Llama 3", "Qwen", "Gemma"]
            .map(|model| vocabulary(model).map_or_else(|| "?".into(), thousands));
    let models = all.len();
    Claim::corrected(
        "LLM-Q8-C4",
        text(
            "Vocabularies of sub-words have 30,000 to 100,000 tokens.",
            "子词词表一般有 3 万到 10 万个 token。",
        ),
        Test(vec![
            none(
                text("published models outside 30,000 to 100,000", "公开模型中，词表不在 3 万到 10 万之间的"),
                outside,
            )
            .over(models),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "of {models} published models {outside} have more: Llama 3 has {llama3} tokens, Qwen {qwen}; the largest vocabulary is {largest}"
                ),
                format!(
                    "{models} 个公开模型里有 {outside} 个更大：Llama 3 有 {llama3} 个 token，Qwen 有 {qwen} 个；最大的词表是 {largest}"
                ),
            ),
            say: Text::new(
                format!(
                    "It fits BERT with {bert}, LLaMA with {llama}, GPT-2 with {gpt2}. Models for many languages and for code have more than 100,000: GPT-4 {cl100k}, Llama 3 {llama3}, Qwen {qwen}, Gemma {gemma}."
                ),
                format!(
                    "BERT（{bert}）、LLaMA（{llama}）、GPT-2（{gpt2}）符合这个说法；兼顾多语言和代码的模型都超过 10 万：GPT-4 是 {cl100k}，Llama 3 是 {llama3}，Qwen 是 {qwen}，Gemma 是 {gemma}。"
                ),
            ),
            test: where_they_lie(&all),
        },
        vec![Control::new(
            text("GPT-2 and GPT-3, BERT and LLaMA-2 alone", "只看 GPT-2/3、BERT 和 LLaMA-2"),
            where_they_lie(&vocabularies(|model| {
                ["GPT", "BERT", "LLaMA-2"].iter().any(|name| model.name.contains(name))
            })),
        )],
    )
}

/// `128,256`
fn thousands(number: u64) -> String {
    if number < 1000 {
        number.to_string()
    } else {
        format!("{},{:03}", thousands(number / 1000), number % 1000)
    }
}

/// C16
pub(super) fn from_google(_seed: u64) -> Claim {
    Claim::data(
        "LLM-Q8-C16",
        text("WordPiece comes from Google; BERT uses it.", "WordPiece 出自 Google，用在 BERT 里。"),
        text(
            "Schuster & Nakajima 2012 (voice search for Japanese and Korean); Wu et al. 2016 (translation); Devlin et al. 2019, section 3: WordPiece with 30,000 tokens.",
            "Schuster 与 Nakajima 2012（日语、韩语语音搜索）；Wu 等 2016（翻译）；Devlin 等 2019 第 3 节：WordPiece，词表 30,000。",
        ),
    )
}

/// What the table says of a model, with its source.
fn fact(what: Text, model: &'static str, value: f64, target: f64) -> Measure {
    Measure::near(what, value, target, 0.0, source(model))
}

fn is_sentencepiece(model: &str) -> f64 {
    is(model, |tokenizer| tokenizer.library == Library::SentencePiece)
}

/// C20
pub(super) fn t5(_seed: u64) -> Claim {
    let test = |model: &'static str| {
        Test(vec![
            fact(
                text("learned as a unigram model (1 yes)", "用 unigram 模型学得（1 为是）"),
                model,
                is(model, |tokenizer| tokenizer.algorithm == Algorithm::Unigram),
                1.0,
            ),
            fact(
                text("made with SentencePiece (1 yes)", "由 SentencePiece 制作（1 为是）"),
                model,
                is_sentencepiece(model),
                1.0,
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q8-C20",
        text("T5 uses WordPiece.", "T5 的词表是 WordPiece。"),
        Test(vec![fact(
            text("T5's released vocabulary is WordPiece (1 yes)", "T5 发布的词表是 WordPiece（1 为是）"),
            "T5",
            is("T5", |tokenizer| tokenizer.algorithm == Algorithm::WordPiece),
            1.0,
        )]),
        Correction {
            degree: Degree::Wrong,
            counterexample: text(
                "T5's spiece.model holds log-probabilities and ▁, no ##; the paper itself invites the slip: it says SentencePiece was used to encode text as WordPiece tokens (Raffel et al. 2020, on the vocabulary)",
                "T5 的 spiece.model 里是对数概率和 ▁，没有 ##。这个误会是论文自己引起的：它写的是“用 SentencePiece 编码成 WordPiece token”（Raffel 等 2020，词表一段）",
            ),
            say: text(
                "T5 uses SentencePiece with a unigram language model and 32,000 pieces. The paper's wording says WordPiece, the released model file says unigram.",
                "T5 用的是 SentencePiece 的 unigram 模型，32,000 个子词。论文里写了 WordPiece 这个词，但发布的模型文件是 unigram。",
            ),
            test: test("T5"),
        },
        vec![Control::new(text("BERT in T5's place", "把 T5 换成 BERT"), test("BERT"))],
    )
}

/// C21
pub(super) fn who_uses_which(_seed: u64) -> Claim {
    Claim::data(
        "LLM-Q8-C21",
        text(
            "GPT, LLaMA and Qwen use BPE, BERT uses WordPiece.",
            "GPT、LLaMA、Qwen 属于 BPE 一派，BERT 属于 WordPiece。",
        ),
        text(
            "Radford et al. 2019; Touvron et al. 2023; Bai et al. 2023; Devlin et al. 2019. The table in section 6 has their sizes.",
            "Radford 等 2019；Touvron 等 2023；Bai 等 2023；Devlin 等 2019。词表大小见第 6 节的表。",
        ),
    )
}

/// C23
pub(super) fn users_of_sentencepiece(_seed: u64) -> Claim {
    let uses =
        |what: Text, model: &'static str, target: f64| fact(what, model, is_sentencepiece(model), target);
    let test = |last: &'static str| {
        Test(vec![
            uses(
                text(
                    "SentencePiece in LLaMA and LLaMA-2 (1 yes)",
                    "LLaMA、LLaMA-2 用 SentencePiece（1 为是）",
                ),
                "LLaMA, LLaMA-2",
                1.0,
            ),
            uses(text("in ChatGLM3", "ChatGLM3"), "ChatGLM3", 1.0),
            uses(text("in Llama 3", "Llama 3"), "Llama 3", 0.0),
            uses(text("in GLM-4", "GLM-4"), "GLM-4", 0.0),
            uses(text("in Qwen", "Qwen"), last, 0.0),
        ])
    };
    Claim::corrected(
        "LLM-Q8-C23",
        text(
            "LLaMA, Qwen and ChatGLM use SentencePiece.",
            "LLaMA、Qwen、ChatGLM 的 tokenizer 都出自 SentencePiece。",
        ),
        Test(vec![uses(
            text("Qwen's tokenizer is SentencePiece (1 yes)", "Qwen 的 tokenizer 是 SentencePiece（1 为是）"),
            "Qwen",
            1.0,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: text(
                "Qwen's own tokenization_qwen.py imports tiktoken: byte-level BPE. Llama 3 and GLM-4 left SentencePiece too",
                "Qwen 自己的 tokenization_qwen.py 导入的是 tiktoken，即字节级 BPE。Llama 3、GLM-4 也不再用 SentencePiece",
            ),
            say: text(
                "LLaMA 1 and 2 and ChatGLM up to 3 use SentencePiece, as BPE with a fallback to bytes in LLaMA's case. Qwen never did: it is byte-level BPE in tiktoken's manner, and so are Llama 3 and GLM-4.",
                "LLaMA 1、2 和 ChatGLM 1 到 3 代用 SentencePiece（LLaMA 是 BPE 加 byte fallback）。Qwen 从来不是，它是 tiktoken 那种字节级 BPE；Llama 3、GLM-4 也改成了这一种。",
            ),
            test: test("Qwen"),
        },
        vec![Control::new(text("Mistral in Qwen's place", "把 Qwen 换成 Mistral"), test("Mistral 7B"))],
    )
}

/// C25
pub(super) fn byte_level(_seed: u64) -> Claim {
    Claim::data(
        "LLM-Q8-C25",
        text("GPT-2 and GPT-3 use byte-level BPE.", "GPT-2、GPT-3 的 tokenizer 是字节级 BPE。"),
        text(
            "Radford et al. 2019, section 2.2; Brown et al. 2020, section 2.1: the same tokenizer, 50,257 tokens.",
            "Radford 等 2019 第 2.2 节；Brown 等 2020 第 2.1 节：同一个 tokenizer，50,257 个 token。",
        ),
    )
}

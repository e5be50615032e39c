//! C4, C20, C23: what is published, looked up in tables that name their sources.

use concepts::budget::{ModelConfig, published};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree;
use crate::lessons::tokenization::published::{Algorithm, Library, Tokenizer, tokenizer};

/// What the written answer calls the size of a vocabulary of sub-words.
const LEAST: u64 = 30_000;
const MOST: u64 = 100_000;

/// The vocabularies of the published models that are of a kind.
fn vocabularies(which: impl Fn(&ModelConfig) -> bool) -> Vec<u64> {
    published().iter().map(|model| &model.config).filter(|model| which(model)).map(|m| m.vocab).collect()
}

/// Models that were there before vocabularies grew.
fn early(model: &ModelConfig) -> bool {
    ["GPT", "BERT", "LLaMA-2"].iter().any(|name| model.name.contains(name))
}

/// C4: 30,000 to 100,000. A world is a list of vocabularies.
pub(crate) fn sizes(c: &mut Case) -> Checked {
    let all = vocabularies(|_| true);
    let outside = all.iter().filter(|size| !(LEAST..=MOST).contains(size)).count();
    c.as_written(|t| {
        t.exactly("outside", outside as f64, 0.0).over(all.len());
    });
    let largest = thousands(all.iter().max().copied().unwrap_or(0));
    c.value("models", all.len()).value("outside", outside).value("largest", largest);
    for (name, model) in [
        ("bert", "BERT"),
        ("llama", "LLaMA, LLaMA-2"),
        ("gpt2", "GPT-2, GPT-3"),
        ("cl100k", "GPT-4 (cl100k)"),
        ("llama3", "Llama 3"),
        ("qwen", "Qwen"),
        ("gemma", "Gemma"),
    ] {
        c.value(name, thousands(tokenizer(model)?.vocabulary));
    }
    c.corrected(Degree::Qualified, all, |t, sizes: Vec<u64>| {
        let are = |so: fn(u64) -> bool| sizes.iter().filter(|&&size| so(size)).count() as f64;
        t.exactly("below", are(|size| size < LEAST), 0.0).over(sizes.len());
        t.at_least("within", are(|size| (LEAST..=MOST).contains(&size)), 1.0).over(sizes.len());
        t.at_least("above", are(|size| size > MOST), 1.0).over(sizes.len());
    })
    .control("early", vocabularies(early));
    Ok(())
}

/// `128,256`
fn thousands(number: u64) -> String {
    if number < 1000 {
        number.to_string()
    } else {
        format!("{},{:03}", thousands(number / 1000), number % 1000)
    }
}

/// 1 for yes.
fn yes(so: bool) -> f64 {
    f64::from(u8::from(so))
}

fn is_sentencepiece(tokenizer: &Tokenizer) -> f64 {
    yes(tokenizer.library == Library::SentencePiece)
}

/// C20: T5 uses WordPiece
pub(crate) fn t5(c: &mut Case) -> Checked {
    let t5 = tokenizer("T5")?;
    c.value("source", t5.source());
    c.as_written(|t| {
        t.exactly("wordpiece", yes(t5.algorithm == Algorithm::WordPiece), 1.0);
    });
    c.corrected(Degree::Wrong, t5, |t, model| {
        t.exactly("unigram", yes(model.algorithm == Algorithm::Unigram), 1.0);
        t.exactly("sentencepiece", is_sentencepiece(model), 1.0);
    })
    .control("bert", tokenizer("BERT")?);
    Ok(())
}

/// C23: LLaMA, Qwen, ChatGLM
pub(crate) fn users_of_sentencepiece(c: &mut Case) -> Checked {
    let (llama, chatglm) = (tokenizer("LLaMA, LLaMA-2")?, tokenizer("ChatGLM3")?);
    let (llama3, glm4, qwen) = (tokenizer("Llama 3")?, tokenizer("GLM-4")?, tokenizer("Qwen")?);
    c.value("of-llama", llama.source()).value("of-chatglm", chatglm.source());
    c.value("of-llama-3", llama3.source()).value("of-glm-4", glm4.source()).value("of-qwen", qwen.source());
    c.as_written(|t| {
        t.exactly("qwen-is", is_sentencepiece(qwen), 1.0);
    });
    c.corrected(Degree::Qualified, qwen, |t, last| {
        t.exactly("llama", is_sentencepiece(llama), 1.0);
        t.exactly("chatglm", is_sentencepiece(chatglm), 1.0);
        t.exactly("llama-3", is_sentencepiece(llama3), 0.0);
        t.exactly("glm-4", is_sentencepiece(glm4), 0.0);
        t.exactly("qwen", is_sentencepiece(last), 0.0);
    })
    .control("mistral", tokenizer("Mistral 7B")?);
    Ok(())
}

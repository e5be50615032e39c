//! LLM Q5: encoder-only, decoder-only, encoder–decoder.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `experiments` | what is measured, for prose and claims alike |
//! | `walk` | the steps |
//! | `figures` | the pictures |
//! | `claims` | every claim of the written answer |

mod claims;
mod experiments;
mod figures;
mod knobs;
mod walk;

use concepts::architecture::{Architecture, ArchitectureError};

use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;
use crate::kit::lesson::{Card, Lesson, Next, Setting, Source};
use crate::kit::text::text;
use crate::kit::words::Words;
use crate::words;

/// Everything that a person reads.
pub(crate) static WORDS: Words = words!("claims", "shown"; "lesson");

/// The lesson.
pub static LESSON: Lesson = Lesson {
    card: Card {
        name: "architectures",
        aliases: &["architecture"],
        questions: &["LLM Q5"],
        title: text("Encoder, decoder, both", "编码器、解码器与 encoder-decoder"),
    },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[],
    code: &[
        Source {
            path: "src/architecture/pattern.rs",
            text: include_str!("../../../src/architecture/pattern.rs"),
            functions: &["self_mask"],
        },
        Source {
            path: "src/architecture/influence.rs",
            text: include_str!("../../../src/architecture/influence.rs"),
            functions: &["influence"],
        },
        Source {
            path: "src/architecture/objectives.rs",
            text: include_str!("../../../src/architecture/objectives.rs"),
            functions: &["mlm_mask"],
        },
    ],
    walk,
    claims: claims::CLAIMS,
    next: &[
        Next {
            command: "demo architectures --layers 1",
            why: text("the same zeros with one layer", "只用一层，0 的位置也一样"),
        },
        Next {
            command: "demo architectures --seq 10 --prefix 6 --source 6",
            why: text("a longer prefix, a longer source", "更长的前缀和源序列"),
        },
        Next {
            command: "demo heads",
            why: text("what a decoder's cache costs", "解码器的 KV cache 占多少显存"),
        },
        Next { command: "demo architectures --code", why: text("the code", "看实现代码") },
    ],
};

/// The checked values of one run.
struct Setup {
    seq: usize,
    prefix: usize,
    source: usize,
    layers: usize,
    d_model: usize,
    seed: u64,
}

impl Setup {
    fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let whole = |name: &str| setting.values.integer(name).unwrap_or(1);
        let (seq, prefix, source, d_model) =
            (whole("seq"), whole("prefix"), whole("source"), whole("d-model"));
        for (name, part) in [("prefix", prefix), ("source", source)] {
            if part >= seq {
                return Err(Refusal::new(
                    format!(
                        "--{name} {part} leaves nothing of --seq {seq} to generate; give 1 to {}",
                        seq - 1
                    ),
                    format!(
                        "--{name} {part}：--seq 只有 {seq}，没有剩下可生成的 token，请给 1 到 {}",
                        seq - 1
                    ),
                ));
            }
        }
        if d_model % experiments::HEADS != 0 {
            return Err(Refusal::new(
                format!(
                    "--d-model {d_model} is not a multiple of the {} heads; give one that is",
                    experiments::HEADS
                ),
                format!("--d-model {d_model} 不是头数 {} 的倍数", experiments::HEADS),
            ));
        }
        Ok(Setup { seq, prefix, source, layers: whole("layers"), d_model, seed: setting.seed })
    }

    /// The four kinds, with the names under which they are shown.
    fn kinds(&self) -> [(&'static str, Architecture); 4] {
        [
            ("encoder", Architecture::EncoderOnly),
            ("decoder", Architecture::DecoderOnly),
            ("prefix", Architecture::PrefixLm { prefix: self.prefix }),
            ("encoder-decoder", Architecture::EncoderDecoder { source: self.source }),
        ]
    }
}

/// The library's refusal, as the lesson's.
fn refused(error: ArchitectureError) -> Refusal {
    Refusal::new(error.to_string(), error.to_string())
}

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = Setup::new(setting)?;
    let mut findings = walk::walk(&setup)?;
    figures::figures(&setup)?.into_iter().for_each(|figure| findings.figure(figure));
    Ok(findings)
}

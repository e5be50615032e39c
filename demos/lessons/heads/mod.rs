//! LLM Q4: MHA, MQA, GQA, and what a real model keeps in memory.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `setup` | from knobs to a model and the models to compare |
//! | `walk` | the steps |
//! | `sizes` | parameters and the cache |
//! | `speed` | operations, bytes, and how fast text can be written |
//! | `limits` | where sharing keys and values stops paying |
//! | `memory` | what fits into a memory, for writing and for training |
//! | `exercises` | published numbers that do not add up |
//! | `figures` | the pictures |
//! | `experiments` | what is measured, for prose and claims alike |
//! | `published` | questions to the table of published models |
//! | `claims` | every claim of the written answer |

mod claims;
mod exercises;
mod experiments;
mod figures;
mod knobs;
mod limits;
mod memory;
mod published;
mod setup;
mod sizes;
mod speed;
mod walk;

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
        name: "heads",
        aliases: &["gqa", "mqa", "kv-cache"],
        questions: &["LLM Q4"],
        title: text("MHA, MQA, GQA and the KV cache", "MHA、MQA、GQA 与 KV cache"),
    },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[],
    code: &[
        Source {
            path: "src/budget/kv_cache.rs",
            text: include_str!("../../../src/budget/kv_cache.rs"),
            functions: &["per_layer", "cache_bytes"],
        },
        Source {
            path: "src/budget/flops.rs",
            text: include_str!("../../../src/budget/flops.rs"),
            functions: &["decode_flops", "counted"],
        },
        Source {
            path: "src/budget/training.rs",
            text: include_str!("../../../src/budget/training.rs"),
            functions: &["training_state"],
        },
        Source {
            path: "src/attention/multi_head/heads.rs",
            text: include_str!("../../../src/attention/multi_head/heads.rs"),
            functions: &["trace_with"],
        },
        Source {
            path: "src/attention/grouped.rs",
            text: include_str!("../../../src/attention/grouped.rs"),
            functions: &["pooled"],
        },
    ],
    walk,
    claims: claims::CLAIMS,
    next: &[
        Next {
            command: "demo heads --model llama-2-70b --context 4096 --batch 8 --dtype bf16",
            why: text("the cache of a model in use", "实际部署时的 KV cache"),
        },
        Next {
            command: "demo heads --compare llama-2-7b,llama-2-70b,deepseek-v3 --context 32768",
            why: text("MHA, GQA and latent attention at 32k", "32k 上下文下对比 MHA、GQA 与 MLA"),
        },
        Next {
            command: "demo heads --model qwen2.5-7b --memory 24GiB --dtype fp8",
            why: text("what fits on one card", "一张卡装得下多少"),
        },
        Next {
            command: "demo heads --model llama-3.1-8b --accelerator rtx-4090 --batch 16 --devices 4",
            why: text("how fast it writes, and what training it takes", "生成有多快，训练要多少显存"),
        },
        Next {
            command: "demo heads --code",
            why: text("the formula, as it is computed", "公式怎么写成代码"),
        },
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let mut findings = walk::walk(&setup);
    findings.extend(sizes::sizes(&setup)?);
    findings.extend(speed::speed(&setup)?);
    findings.extend(memory::memory(&setup)?);
    findings.table("exercises", exercises::exercises());
    figures::figures(&setup)?.into_iter().for_each(|figure| findings.figure(figure));
    Ok(findings)
}

//! LLM Q7: from logits to text, and which strategy for what.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `setup` | from knobs to a model, a prompt and strategies |
//! | `trained` | the model that is decoded |
//! | `strategies` | the strategies, by name |
//! | `logits` | a person's own logits |
//! | `refused` | the library's refusals in both languages |
//! | `published` | defaults that are published |
//! | `experiments` | what is measured, for prose and claims alike |
//! | `claims` | every claim of the written answer |

mod claims;
mod experiments;
mod knobs;
mod logits;
mod published;
mod refused;
mod setup;
mod strategies;
mod trained;

use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;
use crate::kit::lesson::{Card, Lesson, Next, Setting, Source};
use crate::kit::text::text;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    card: Card {
        name: "decoding",
        aliases: &["sampling", "beam"],
        questions: &["LLM Q7"],
        title: text("Decoding: from logits to text", "解码：从 logits 到文本"),
    },
    knobs: knobs::KNOBS,
    prose: [include_str!("lesson.en.md"), include_str!("lesson.zh.md")],
    code: &[
        Source {
            path: "src/decoding/top_p.rs",
            text: include_str!("../../src/decoding/top_p.rs"),
            functions: &["top_p", "written_answer_top_p"],
        },
        Source {
            path: "src/decoding/temperature.rs",
            text: include_str!("../../src/decoding/temperature.rs"),
            functions: &["temperature"],
        },
    ],
    walk,
    claims: claims::CLAIMS,
    next: &[Next {
        command: "demo decoding --compare",
        why: text("the whole comparison, with times", "完整对比，附耗时"),
    }],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let _setup = setup::Setup::new(setting)?;
    Ok(Findings::default())
}

//! LLM Q2: why a Transformer needs positions, and how they can be given.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `setup` | from knobs to checked values, and the scheme that was chosen |
//! | `walk` | the steps |
//! | `figures` | the pictures |
//! | `derivations` | each with its numeric self-check |
//! | `experiments` | what is measured, for figures, prose and claims alike |
//! | `published` | what is published about well-known models |
//! | `claims` | every claim of the written answer |

mod claims;
mod derivations;
mod experiments;
mod figures;
mod knobs;
mod published;
mod setup;
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
        name: "positions",
        aliases: &["position"],
        questions: &["LLM Q2"],
        title: text("Positional encoding", "位置编码"),
    },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[],
    code: &[
        Source {
            path: "src/position/sinusoidal.rs",
            text: include_str!("../../../src/position/sinusoidal.rs"),
            functions: &["sinusoidal_table", "sinusoidal_shift"],
        },
        Source {
            path: "src/position/alibi.rs",
            text: include_str!("../../../src/position/alibi.rs"),
            functions: &["alibi_slopes", "alibi_bias"],
        },
        Source {
            path: "src/position/t5.rs",
            text: include_str!("../../../src/position/t5.rs"),
            functions: &["t5_bucket"],
        },
    ],
    walk,
    claims: claims::CLAIMS,
    next: &[
        Next {
            command: "demo positions --text \"我 爱 你\"",
            why: text("your own sentence, turned round", "换成自己的句子，倒过来比较"),
        },
        Next {
            command: "demo positions --scheme none",
            why: text(
                "the same without any positions: predict the last column first",
                "去掉位置编码：先猜猜最后一列会是什么",
            ),
        },
        Next {
            command: "demo positions --base 10 --seq 128",
            why: text("a small base: the table repeats", "base 很小：表会开始重复"),
        },
        Next {
            command: "demo attention", why: text("what the positions go into", "位置编码要加到哪里去")
        },
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let mut findings = walk::walk(&setup)?;
    figures::figures(&setup)?.into_iter().for_each(|figure| findings.figure(figure));
    findings.extend(derivations::derivations(setting.seed));
    Ok(findings)
}

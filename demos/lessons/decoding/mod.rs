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
//! | `glass` | one step in detail |
//! | `filters` | filters beside each other, and the written rule beside the right one |
//! | `walk` | searches on trees, texts, speculative decoding |
//! | `compare` | the comparison as tables |
//! | `advice` | which strategy for what, and how sure that is |
//! | `derivations` | derivations with their checks |
//! | `figures` | the pictures |
//! | `timing` | what the command line times after a comparison |
//! | `units` | words, as diversity is measured in |
//! | `experiments` | what is measured, for prose and claims alike |
//! | `claims` | every claim of the written answer |

mod advice;
mod claims;
mod compare;
mod derivations;
mod experiments;
mod figures;
mod filters;
mod glass;
mod knobs;
mod logits;
mod published;
mod refused;
mod setup;
mod strategies;
mod timing;
mod trained;
mod units;
mod walk;

use concepts::decoding::LanguageModel;
use experiments::comparison::{Comparison, Size};
use experiments::contexts::Contexts;
use refused::of_decoding;

pub use timing::{Choosing, LARGE, Workload, choosing, workloads};

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
        name: "decoding",
        aliases: &["sampling", "beam"],
        questions: &["LLM Q7"],
        title: text("Decoding: from logits to text", "解码：从 logits 到文本"),
    },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[],
    code: &[
        Source {
            path: "src/decoding/top_p.rs",
            text: include_str!("../../../src/decoding/top_p.rs"),
            functions: &["top_p", "written_answer_top_p"],
        },
        Source {
            path: "src/decoding/temperature.rs",
            text: include_str!("../../../src/decoding/temperature.rs"),
            functions: &["temperature"],
        },
        Source {
            path: "src/decoding/search/expand.rs",
            text: include_str!("../../../src/decoding/search/expand.rs"),
            functions: &["leading"],
        },
        Source {
            path: "src/decoding/speculative.rs",
            text: include_str!("../../../src/decoding/speculative.rs"),
            functions: &["acceptance_probability", "residual"],
        },
    ],
    walk,
    claims: claims::CLAIMS,
    next: &[
        Next {
            command: "demo decoding --compare",
            why: text("the whole comparison, with times", "完整对比，附耗时"),
        },
        Next {
            command: "demo decoding --prompt \"Nora \" --strategy beam --beams 16",
            why: text("a wide beam after a prompt of your own", "换个开头，看宽的 beam 写出什么"),
        },
        Next {
            command: "demo decoding --text chinese --temperature 0",
            why: text("temperature 0 is greedy, in Chinese too", "温度 0 即贪心，换成中文语料"),
        },
        Next {
            command: "demo decoding --code",
            why: text("top-p as written and as it should be", "top-p 的两种写法：一错一对"),
        },
    ],
};

/// The comparison of the plain lesson, and the whole one.
const SMALL: Size = Size { prompts: 12, seeds: 2, tokens: 0, resamples: 1000, prompt: 0 };
const WHOLE: Size = Size { prompts: 40, seeds: 8, tokens: 0, resamples: 2000, prompt: 0 };

/// Logits that a text of the plain lesson may take: a large vocabulary gets shorter texts.
const QUICK: usize = 200_000;

/// As many tokens as fit into a number of logits, but not too few to say anything.
fn within(tokens: usize, logits: usize, trained: &trained::Trained) -> usize {
    const FEWEST: usize = 24;
    tokens.min((logits / trained.model.vocab_size()).max(FEWEST))
}

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let texts = walk::texts(&setup)?;
    let contexts = Contexts::new(&setup, &texts.sampled).map_err(of_decoding)?;
    let mut findings = glass::glass(&setup, &contexts)?;
    findings.extend(walk::searches(&setup));
    findings.extend(texts.findings);
    let size = match setup.compare {
        true => Size { tokens: setup.tokens, ..WHOLE },
        false => Size { tokens: within(setup.tokens, QUICK, &setup.trained), ..SMALL },
    };
    let comparison =
        Comparison::new(&setup.trained, &setup.strategies, size, setup.seed).map_err(of_decoding)?;
    findings.extend(compare::compare(&comparison));
    findings.table("defaults", published::table());
    findings.extend(walk::speculation(&setup)?);
    findings.extend(derivations::derivations(&comparison, setup.seed)?);
    figures::figures(&setup, &comparison)?.into_iter().for_each(|figure| findings.figure(figure));
    Ok(findings)
}

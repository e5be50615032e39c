//! What a model that was trained elsewhere is and does: the page of `demo model`.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `asked` | from knobs to a text, a prompt and a length |
//! | `contents` | what is in the file: sizes, and how its numbers are stored |
//! | `memory` | what it takes at a length of text |
//! | `vocabulary` | its tokens, and how it writes a chat |
//! | `predict` | windows of a text, and how surprising each token was |
//! | `prediction` | the numbers of that with their intervals |
//! | `next` | the most probable tokens after a prompt, and how it goes on |
//! | `shown` | cells that several tables share |
//! | `speed` | work that the command line times |

mod asked;
mod contents;
pub mod knobs;
mod memory;
mod next;
mod predict;
mod prediction;
mod shown;
pub mod speed;
#[cfg(test)]
mod tests;
mod vocabulary;

use asked::Asked;

use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;
use crate::kit::lesson::{Card, LessonError, Page, Setting};
use crate::kit::prose;
use crate::kit::text::Lang;
use crate::kit::visible::name;
use crate::kit::words::Words;
use crate::real::{Real, changes};
use crate::{named, words};

/// Everything that a person reads.
pub static WORDS: Words = words!("shown"; "model");

static CARD: Card = Card { name: "model", aliases: &[], questions: &[] };

/// The page of a model.
///
/// # Errors
/// [`LessonError`] of values that do not go together or of weights that are not those of the configuration.
pub fn page(real: &Real, setting: Setting, lang: Lang) -> Result<Page, LessonError> {
    let findings = findings(real, &setting)?.visible();
    let blocks = prose::beside(&WORDS.folder.read("model", lang), "model", &findings, &[], lang)?;
    let title = WORDS.with("title", &named![name = name(&real.name)]);
    let (files, next) = (Vec::new(), Vec::new());
    Ok(Page { card: &CARD, title, lang, setting, blocks, instead: None, next, files, results: None })
}

/// Passes over the windows of the lessons' pages that this page takes as long as, about.
pub fn passes(setting: &Setting) -> f64 {
    const OF_A_PASS: f64 = (changes::WINDOW * changes::WINDOWS) as f64;
    1.0 + knobs::TOKENS.of(&setting.values) as f64 / OF_A_PASS
}

fn findings(real: &Real, setting: &Setting) -> Result<Findings, Refusal> {
    let asked = Asked::new(real, setting)?;
    let model = real.fast()?;
    let mut findings = contents::findings(real, &model);
    findings.extend(memory::findings(real, &asked));
    findings.extend(vocabulary::findings(real));
    findings.extend(prediction::findings(real, &model, &asked)?);
    findings.extend(next::findings(real, &model, &asked)?);
    Ok(findings)
}

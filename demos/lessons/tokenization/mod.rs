//! LLM Q8: tokenisation, byte-pair encoding and WordPiece.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `setup` | from knobs to a text and a tokenizer |
//! | `corpus` | the text that is learned from |
//! | `learn` | learning a vocabulary with each of the algorithms |
//! | `trained` | a byte-pair encoding with its pre-tokeniser |
//! | `files` | a tokenizer read from a file, and written into one |
//! | `ids` | ids of a text in a file, and the text of ids, instead of a page |
//! | `dictionary` | Chinese words out of a dictionary |
//! | `published` | what is published about real tokenizers |
//! | `listing` | several things in one sentence |
//! | `steps` | what the page shows |
//! | `exercises` | what to write oneself |
//! | `experiments` | what is measured, for figures, prose and claims alike |
//! | `figures` | the pictures |
//! | `whiteboard` | the code one writes on the whiteboard, in Rust and in Python |
//! | `claims` | every claim of the written answer |
//!
//! `recorded` holds the counts of published tokenizers on the embedded texts, and the script that made them.

mod claims;
mod corpus;
mod dictionary;
mod exercises;
mod experiments;
mod figures;
mod files;
mod ids;
mod knobs;
mod learn;
mod listing;
mod published;
mod setup;
mod steps;
mod trained;
#[cfg(test)]
mod whiteboard;

use concepts::tokenizer::Tokenizer;
use knobs::SAVE;

use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;
use crate::kit::lesson::{Card, Lesson, Setting};
use crate::kit::words::Words;
use crate::{whiteboard, words};

/// Everything that a person reads.
pub(crate) static WORDS: Words = words!("claims", "shown"; "lesson");

/// The lesson.
pub static LESSON: Lesson = Lesson {
    card: Card { name: "tokenization", aliases: &["bpe", "wordpiece"], questions: &["LLM Q8"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[
        whiteboard!("bpe_train"),
        whiteboard!("bpe_encode"),
        whiteboard!("wordpiece"),
        whiteboard!("unigram"),
    ],
    exercises: exercises::EXERCISES,
    walk,
    claims: claims::CLAIMS,
    benchmark: None,
    races: None,
    waiting: Some(corpus::waiting),
    next: &[
        "demo tokenization --text \"我爱北京天安门\" --vocab 4000",
        "demo tokenization --algorithm unigram --text \"unbelievable\"",
        "demo tokenization --compare --trace",
        "demo tokenization --vocab 4000 --save tokenizer.json",
        "demo tokenization --code",
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    if let Some(ids::Instead { text, tokenizer, unused }) = ids::instead(setting)? {
        let mut findings = Findings::instead_of_a_page(text);
        findings.note("note_unused", unused);
        save(setting, &mut findings, &tokenizer)?;
        return Ok(findings);
    }
    let setup = setup::Setup::new(setting)?;
    let mut findings = steps::steps(&setup)?;
    findings.note("note_tree", figures::other_tree(&setup));
    figures::figures(&setup).into_iter().for_each(|figure| findings.figure(figure));
    save(setting, &mut findings, &setup.tokenizer)?;
    Ok(findings)
}

/// The tokenizer as a file, where it was asked for.
fn save(setting: &Setting, findings: &mut Findings, tokenizer: &Tokenizer) -> Result<(), Refusal> {
    if let Some(path) = SAVE.of(&setting.values) {
        findings.file("save", path.into(), files::written(path, tokenizer)?);
    }
    Ok(())
}

//! The page of the tiny model of `tests/fixtures/real`.

use std::path::Path;

use concepts::decoder::{Keeping, surprise};

use super::knobs::KNOBS;
use super::memory::cache_bytes;
use super::predict::windows;
use super::speed::lengths;
use super::{WORDS, page};
use crate::kit::knob::Values;
use crate::kit::lesson::{Block, LessonError, Page, Setting};
use crate::kit::text::Lang;
use crate::real::{Real, open};

/// What the fast decoder may be off from the readable one, in nats.
const FAST: f64 = 1e-4;

fn tiny() -> Real {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/real/tiny.gguf");
    open(&path, "").expect("a whole file")
}

fn made(real: &Real, flags: &[(&str, &str)], lang: Lang) -> Result<Page, LessonError> {
    // A tenth of what is looked at by default is enough here.
    let flags = [flags, &[("tokens", "200"), ("window", "40")]].concat();
    let given = |flag: &str| flags.iter().find(|(name, _)| *name == flag).map(|(_, value)| *value);
    let values = Values::read(KNOBS, given).expect("values in range");
    page(real, Setting { values, seed: 7 }, lang)
}

/// Every text of the page is there in both languages, names only values that there are, and is reached.
#[test]
fn words_and_numbers_agree() {
    let mut real = tiny();
    let cases: [&[(&str, &str)]; 12] = [
        &[],
        &[("context", "1000")],
        &[("text", "A short text of a few words.")],
        &[("text", "a")],
        &[("text", "abcd"), ("window", "2")],
        &[("tokens", "60")],
        &[("tokens", "4"), ("window", "2")],
        &[("window", "60000")],
        &[("tokens", "100"), ("window", "16"), ("context", "100")],
        &[("prompt", "Nora "), ("text-file", concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md"))],
        &[("text", "a"), ("text-file", "README.md")],
        &[("prompt", "<|im_start|>Nora"), ("text", "<|im_start|>Nora gave the lamp to Tom.")],
    ];
    for lang in Lang::ALL {
        for case in cases {
            match made(&real, case, lang) {
                Ok(page) => assert!(page.blocks.iter().any(|block| matches!(block, Block::Table("next", _)))),
                Err(error) => assert!(error.to_string().contains("--text-file"), "{error}"),
            }
        }
    }
    let near_the_end = "word ".repeat(50);
    for lang in Lang::ALL {
        assert!(made(&real, &[("prompt", &near_the_end)], lang).is_ok());
    }
    let long = "word ".repeat(600);
    assert!(made(&real, &[("prompt", &long)], Lang::En).unwrap_err().to_string().contains("at most 256"));
    assert!(made(&real, &[("text-file", "/no/such/file")], Lang::En).is_err());
    for template in [None, Some("{% if %}".to_string())] {
        real.set_template(template);
        assert!(made(&real, &[], Lang::Zh).is_ok());
    }
    let elsewhere = ["knobs.", "speed", "waiting", "refused.text-size"]; // said by the command line, of large files
    let rare = [
        "unused",
        "assumed",
        "more",
        "architecture.window",
        "architecture.own",
        "text_note.no-bytes",
        "ended",
        "full",
        "text_note.one",        // of a model that reads one token
        "refused.usual-prompt", // of a model that reads next to nothing
    ];
    let kinds = ["bpe", "wordpiece", "unigram", "words"].map(|kind| format!("vocabulary.{kind}"));
    let problems: Vec<String> = WORDS
        .problems()
        .into_iter()
        .filter(|problem| !elsewhere.iter().chain(&rare).any(|id| problem.starts_with(id)))
        .filter(|problem| !kinds.iter().any(|id| problem.starts_with(id.as_str())))
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn the_formula_of_the_cache_is_what_a_cache_takes() {
    let real = tiny();
    let model = real.fast().expect("its own weights");
    for keeping in [Keeping::F16, Keeping::Int8] {
        let decoder = model.decoder(keeping).expect("a width that is offered");
        let mut cache = decoder.start_cache();
        decoder
            .extend(&mut [&mut cache], &[&[1, 2, 3]], concepts::decoder::fast::Rows::Last)
            .expect("tokens");
        assert_eq!(cache.bytes() as u64, cache_bytes(real.config(), 3, keeping));
    }
}

/// What is timed lies within a learned table of positions, whatever its length.
#[test]
fn what_is_timed_is_within_the_table_of_positions() {
    let mut config = tiny().config().clone();
    for learned in [false, true] {
        config.learned_positions = learned;
        for context in 1..400 {
            config.context = context;
            let Some([read, written]) = lengths(&config, 3) else {
                assert!(learned && context < 5, "{context}");
                continue;
            };
            assert!(!learned || read + 3 * written <= context, "{context}");
        }
        assert_eq!(lengths(&config, 3), Some([128, 32]));
    }
}

/// Windows read on their own, each token with what the readable model gives it.
#[test]
fn a_text_is_as_surprising_as_to_the_readable_model() {
    let real = tiny();
    let (model, twin) = (real.fast().expect("weights"), real.twin().expect("weights"));
    let text = "The tide was low when Nora came down to the harbour, and the boats lay on their sides.";
    let read = windows(&real, &model, text, 1000, 10).expect("tokens");
    let ids = real.ids(text).expect("tokens");
    assert_eq!((read.goes_on, read.rest), (false, ids.len() % 10));
    let found = read.windows;
    assert!(found.len() >= 3 && found.len() == ids.len() / 10);
    for (window, part) in found.iter().zip(ids.chunks(10)) {
        let wanted = surprise(&twin.decoder(), part).expect("tokens");
        assert_eq!(wanted.len(), window.log_probs.len());
        for (log_prob, nats) in window.log_probs.iter().zip(&wanted) {
            assert!((log_prob + nats).abs() < FAST, "{log_prob} {nats}");
        }
        // The model is of bytes: what its tokens stand for is the text without the window's first token.
        assert_eq!(window.bytes, real.text(&part[1..]).len());
    }
    let whole = windows(&real, &model, text, 1000, 1000).expect("tokens");
    assert_eq!(whole.windows.len(), 1);
    assert!(windows(&real, &model, "", 1000, 10).expect("no tokens").windows.is_empty());
    // A token that is part of a character stands for its own bytes.
    let read = windows(&real, &model, "猫猫猫猫", 11, 2).expect("tokens");
    assert!(read.goes_on && read.rest == 1 && read.windows.iter().all(|window| window.bytes == 1));
}

/// Weights that are no numbers, or huge: a page that says so, or a refusal.
#[test]
fn damaged_weights_give_a_page_or_a_refusal() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/real/tiny.gguf");
    let whole = std::fs::read(path).expect("the fixture");
    let folder = tempfile::tempdir().expect("a folder");
    for (share, byte) in [(1, 0x7e), (2, 0xff), (3, 0x7b), (50, 0x7c), (5000, 0x7e)] {
        let mut bytes = whole.clone();
        let data = bytes.len() - 100_000;
        bytes[data..].iter_mut().step_by(share).for_each(|place| *place = byte);
        let path = folder.path().join("model.gguf");
        std::fs::write(&path, bytes).expect("a file");
        let real = open(&path, "").expect("its directory is whole");
        for lang in Lang::ALL {
            let _ = made(&real, &[], lang);
        }
    }
}

//! Using a tokenizer that exists: its file, its special tokens, a vocabulary made larger.

use concepts::tokenizer::files::Kind;
use concepts::tokenizer::{AddedToken, Allowed, printable_from_bytes};

use super::shown_tokens::one_line;
use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::lessons::tokenization::WORDS;
use crate::lessons::tokenization::experiments::real_tokenizers::real_tokenizers;
use crate::lessons::tokenization::learn::tokenizer_of;
use crate::lessons::tokenization::published::tokenizer;
use crate::lessons::tokenization::setup::Setup;
use crate::lessons::tokenization::trained::{BYTES, Trained};
use crate::{named, row};

pub(crate) fn in_practice(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    f.table("garbled", garbled());
    f.table("real", real());
    f.number("gpt2_on_chinese", of("GPT-2"));
    f.number("llama2_on_chinese", of("LLaMA-2"));
    f.number("qwen_on_chinese", of("Qwen"));
    f.table("template", template()?);
    f.note("note_special", special(setup).filter(|_| setup.loaded.is_some()));
    f.note("note_ranks", ranks(setup));
    f.note("note_pieces", pieces(setup));
    f.note("note_gguf", unsaid(setup));
    f.note("note_unused", unused(setup));
    extension(f)
}

/// Tokens per character of Chinese.
fn of(model: &str) -> f64 {
    real_tokenizers().iter().find(|one| one.model == model).map_or(f64::NAN, |one| one.rates[1])
}

/// Strings as bytes, and as a byte-level `vocab.json` writes them.
fn garbled() -> Table {
    let row = |text: &str| {
        let hex: Vec<String> = text.bytes().map(|byte| format!("{byte:02X}")).collect();
        row![one_line(&text.replace(' ', "␣")), hex.join(" "), printable_from_bytes(text.as_bytes())]
    };
    Grid::new("garbled", &WORDS).rows([" the", "我", "中国", "\n"].map(row)).table()
}

fn real() -> Table {
    let decimals = |rate: f64| format!("{rate:.3}");
    let rows = real_tokenizers().into_iter().map(|one| {
        let [english, chinese] = one.rates;
        row![one.model, one.vocabulary, decimals(english), decimals(chinese), decimals(1.0 / chinese)]
    });
    Grid::new("real", &WORDS).rows(rows).table()
}

/// The signs that a chat template sets around a turn, as Qwen's does.
const SIGNS: [&str; 2] = ["<|im_start|>", "<|im_end|>"];
const TURN: &str = "<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n";

/// A turn with its signs as tokens, and the same text where the signs are no tokens.
fn template() -> Result<Table, Refusal> {
    let plain = Trained::new("", concepts::tokenizer::pretokenize::Pretokenizer::Gpt2, BYTES, 0)?;
    let plain = tokenizer_of(&plain)?;
    let first = plain.len() as u32;
    let added = (first..).zip(SIGNS).map(|(id, sign)| AddedToken::special(sign, id)).collect();
    let tokenizer = plain.with_added(added)?;
    let mut grid = Grid::new("template", &WORDS).value("turn", one_line(TURN));
    for (id, allowed) in [("tokens", Allowed::All), ("text", Allowed::None)] {
        let ids = tokenizer.ids(TURN, allowed)?;
        let signs = ids.iter().filter(|&&id| id >= first).count();
        grid = grid.said(id, row![ids.len(), signs]);
    }
    Ok(grid.table())
}

/// What a file adds to its model, and sets around a text.
fn special(setup: &Setup) -> Option<Text> {
    let tokenizer = &setup.tokenizer;
    let (before, after) = tokenizer.frame();
    let added = tokenizer.added().len();
    let read = WORDS.get(if setup.special { "note_special.as-such" } else { "note_special.as-text" });
    if before.len() + after.len() > 0 {
        let written = |ids: &[u32]| {
            let names: Vec<String> = ids.iter().filter_map(|&id| tokenizer.token(id)).collect();
            names.join(" ")
        };
        let frame = name(format!("{} … {}", written(before), written(after)).trim());
        if kinds_unsaid(setup) {
            return Some(WORDS.with("note_special.frame-alone", &named![frame]));
        }
        return Some(WORDS.with("note_special.frame", &named![added, frame, read]));
    }
    match added {
        // That it has none cannot be said of a file that does not say which they are.
        0 => (setup.special && !kinds_unsaid(setup)).then(|| WORDS.get("note_special.none")),
        _ => Some(WORDS.with("note_special.added", &named![added, read])),
    }
}

/// Does the file leave open which of its tokens are special? [`unsaid`] then says so.
fn kinds_unsaid(setup: &Setup) -> bool {
    setup.loaded.as_ref().is_some_and(|loaded| matches!(loaded.kind, Kind::Gguf { kinds: false, .. }))
}

/// Whose ranks a file holds, and what was taken from that.
fn ranks(setup: &Setup) -> Option<Text> {
    let Kind::Ranks(whose) = setup.loaded.as_ref()?.kind else { return None };
    Some(WORDS.with("note_ranks", &named![whose = whose.name()]))
}

/// What was taken for a file that has pieces alone.
fn pieces(setup: &Setup) -> Option<Text> {
    let Kind::Pieces { cased, said } = setup.loaded.as_ref()?.kind else { return None };
    Some(WORDS.get(match (cased, said) {
        (true, false) => "note_pieces.cased",
        (false, false) => "note_pieces",
        (true, true) => "note_pieces.said-cased",
        (false, true) => "note_pieces.said-small",
    }))
}

/// What a file of weights does not say of its tokenizer, so that ids may be others than those of its model.
fn unsaid(setup: &Setup) -> Option<Text> {
    let Kind::Gguf { cut, kinds } = setup.loaded.as_ref()?.kind else { return None };
    match (cut, kinds) {
        (true, true) => None,
        (false, true) => Some(WORDS.get("note_gguf.cut")),
        (true, false) => Some(WORDS.get("note_gguf.kinds")),
        (false, false) => Some(WORDS.get("note_gguf.both")),
    }
}

/// What of a file is not used.
fn unused(setup: &Setup) -> Option<Text> {
    let unused = &setup.loaded.as_ref()?.unused;
    (!unused.is_empty()).then(|| WORDS.with("note_unused", &named![fields = name(&unused.join(" · "))]))
}

/// Tokens of Chinese-LLaMA (Cui et al. 2023).
const EXTENDED: u64 = 49_953;

/// What the new rows cost in LLaMA-2 7B, whose output matrix is not tied to the embedding.
fn extension(f: &mut Findings) -> Result<(), Refusal> {
    let model = &concepts::budget::find("llama-2-7b")?.config;
    let before = tokenizer("LLaMA, LLaMA-2").map_or(model.vocab, |tokenizer| tokenizer.vocabulary);
    let rows = EXTENDED - before;
    f.number("extended_from", before as f64);
    f.number("extended_to", EXTENDED as f64);
    f.number("extended_parameters", (2 * rows * model.d_model) as f64);
    Ok(())
}

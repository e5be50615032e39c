//! Markers, who uses what, and the three algorithms on the same text.

use concepts::tokenizer::Tokenizer;
use concepts::tokenizer::wordpiece::Criterion;

use super::languages::shorten;
use super::shown_tokens::listed;
use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::tokenization::WORDS;
use crate::lessons::tokenization::experiments::held_out::{cut, measured};
use crate::lessons::tokenization::experiments::markers::{self, Marker};
use crate::lessons::tokenization::experiments::sentencepiece::{Kind, pieces, under_other_rules};
use crate::lessons::tokenization::learn;
use crate::lessons::tokenization::listing::distinct;
use crate::lessons::tokenization::published::{Library, TOKENIZERS};
use crate::lessons::tokenization::setup::Setup;
use crate::row;

pub(crate) fn families(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    f.table("markers", markers());
    f.table("published", published());
    f.formula(
        "f_unigram",
        r"x^* = \arg\max_{x_1 \dots x_k = w} \sum_i \ln p(x_i)",
        "x* = argmax_(x₁…x_k = w) Σᵢ ln p(xᵢ)",
    );
    f.words("unigram_lowest", Text::same(pieces(Kind::Unigram, "lowest").join("·")));
    f.words("merged_lowest", Text::same(pieces(Kind::Bpe, "lowest").join("·")));
    f.words("merged_otherwise", distinct(&under_other_rules("lowest")));
    f.tables("compared", if setup.compare { vec![compared(setup)?] } else { Vec::new() });
    Ok(())
}

/// What the markers are shown on.
const SENTENCE: &str = "the newest";

fn markers() -> Table {
    let mut grid = Grid::new("markers", &WORDS).value("text", SENTENCE).value("merges", markers::MERGES);
    for marker in Marker::ALL {
        let id = match marker {
            Marker::EndOfWord => "end-of-word",
            Marker::Space => "space",
            Marker::Metaspace => "metaspace",
            Marker::Continues => "continues",
        };
        let marks = grid.word(&format!("{id}-marks"));
        grid = grid.said(id, row![marker.sign(), markers::pieces(marker, SENTENCE).join(" "), marks]);
    }
    grid.table()
}

fn published() -> Table {
    let grid = Grid::new("published", &WORDS);
    let [sentencepiece, byte_level, own] =
        ["sentencepiece", "byte-level", "own"].map(|library| grid.word(library));
    let rows = TOKENIZERS.iter().map(|tokenizer| {
        let library = match tokenizer.library {
            Library::SentencePiece => &sentencepiece,
            Library::ByteLevel => &byte_level,
            Library::Own => &own,
        };
        let algorithm = tokenizer.algorithm.name();
        row![tokenizer.model, algorithm, library.clone(), tokenizer.vocabulary, tokenizer.source()]
    });
    grid.rows(rows).table()
}

/// All algorithms on the same text, to the same size.
fn compared(setup: &Setup) -> Result<Table, Refusal> {
    let held_out = measured(&setup.corpus.held_out);
    let size = setup.size;
    let all: Vec<(&str, Tokenizer)> = vec![
        ("BPE", learn::tokenizer_of(&setup.bpe)?),
        ("WordPiece, c(xy)", learn::wordpiece(&setup.corpus, Criterion::Frequency, size)?.0),
        ("WordPiece, ΔL", learn::wordpiece(&setup.corpus, Criterion::Likelihood, size)?.0),
        ("WordPiece, ratio", learn::wordpiece(&setup.corpus, Criterion::Ratio, size)?.0),
        ("Unigram", learn::unigram(&setup.corpus, setup.tokens_wanted(), setup.seed)?),
    ];
    let rows = all.iter().map(|(name, tokenizer)| {
        let (tokens, unknown) = cut(tokenizer, held_out);
        let shown =
            tokenizer.encode(&setup.text).map(|encoding| listed(tokenizer, &encoding)).unwrap_or_default();
        let rate = held_out.chars().count() as f64 / tokens;
        row![*name, tokenizer.len(), tokens, rate, unknown, shorten(&shown)]
    });
    let of = if setup.corpus.undivided { "compared.training" } else { "compared.held-out" };
    Ok(Grid::new("compared", &WORDS).value("tokens", WORDS.get(of)).rows(rows).table())
}

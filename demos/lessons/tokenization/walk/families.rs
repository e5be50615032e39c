//! Markers, who uses what, and the three algorithms on the same text.

use concepts::tokenizer::Tokenizer;
use concepts::tokenizer::wordpiece::Criterion;

use super::languages::shorten;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};
use crate::lessons::tokenization::experiments::markers::{self, Marker};
use crate::lessons::tokenization::experiments::sentencepiece::{Kind, pieces, under_other_rules};
use crate::lessons::tokenization::learn;
use crate::lessons::tokenization::measure::{cut, listed, measured};
use crate::lessons::tokenization::published::{Algorithm, Library, TOKENIZERS};
use crate::lessons::tokenization::setup::Setup;

pub(super) fn families(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    f.table("markers", markers());
    f.table("published", published());
    f.formula(
        "f_unigram",
        r"x^* = \arg\max_{x_1 \dots x_k = w} \sum_i \ln p(x_i)",
        "x* = argmax_(x₁…x_k = w) Σᵢ ln p(xᵢ)",
    );
    f.words("unigram_lowest", Text::same(pieces(Kind::Unigram, "lowest").join("·")));
    f.words("merged_lowest", Text::same(pieces(Kind::Bpe, "lowest").join("·")));
    let others = under_other_rules("lowest");
    f.words("merged_otherwise", Text::new(others.join(", "), others.join("、")));
    f.tables("compared", if setup.compare { vec![compared(setup)?] } else { Vec::new() });
    Ok(())
}

fn markers() -> Table {
    let row = |marker: Marker, whose: Text, says: Text| {
        vec![
            Cell::Words(whose),
            Cell::Words(Text::same(marker.sign())),
            Cell::Words(Text::same(markers::pieces(marker, "the newest").join(" "))),
            Cell::Words(says),
        ]
    };
    Table {
        caption: Text::new(
            format!(
                "“the newest” with the marker of each family, after {} merges on some of the English text",
                markers::MERGES
            ),
            format!("各家的标记，以“the newest”为例（在一部分英文语料上合并 {} 次）", markers::MERGES),
        ),
        head: vec![
            text("family", "流派"),
            text("marker", "标记"),
            text("cut into", "切成"),
            text("marks", "标的是"),
        ],
        rows: vec![
            row(
                Marker::EndOfWord,
                text("BPE, Sennrich", "BPE（Sennrich）"),
                text("the end of a word", "词尾"),
            ),
            row(
                Marker::Space,
                text("byte-level BPE, GPT-2", "字节级 BPE（GPT-2）"),
                text("a space before", "前面的空格"),
            ),
            row(Marker::Metaspace, Text::same("SentencePiece"), text("a space before", "前面的空格")),
            row(Marker::Continues, Text::same("WordPiece"), text("a piece that goes on", "接续的子词")),
        ],
    }
}

fn published() -> Table {
    let rows = TOKENIZERS.iter().map(|tokenizer| {
        let algorithm = match tokenizer.algorithm {
            Algorithm::Bpe => "BPE",
            Algorithm::WordPiece => "WordPiece",
            Algorithm::Unigram => "unigram",
        };
        let library = match tokenizer.library {
            Library::SentencePiece => text("SentencePiece", "SentencePiece"),
            Library::ByteLevel => text("byte level", "字节级"),
            Library::Own => text("own", "自有"),
        };
        vec![
            Cell::Words(Text::same(tokenizer.model)),
            Cell::Words(Text::same(algorithm)),
            Cell::Words(library),
            Cell::Number(tokenizer.vocabulary as f64),
            Cell::Words(tokenizer.source.clone()),
        ]
    });
    Table {
        caption: text("Who uses what", "谁用什么"),
        head: vec![
            text("model", "模型"),
            text("algorithm", "算法"),
            text("kind", "类别"),
            text("vocabulary", "词表"),
            text("source", "出处"),
        ],
        rows: rows.collect(),
    }
}

/// All algorithms on the same text, to the same size.
fn compared(setup: &Setup) -> Result<Table, Refusal> {
    let (_, held_out) = setup.corpus.characters()?;
    let held_out = String::from_utf8_lossy(measured(held_out.as_bytes()));
    let size = setup.size;
    let all: Vec<(&str, Tokenizer)> = vec![
        ("BPE", learn::tokenizer_of(&setup.bpe)?),
        ("WordPiece, c(xy)", learn::wordpiece(&setup.corpus, Criterion::Frequency, size)?.0),
        ("WordPiece, ΔL", learn::wordpiece(&setup.corpus, Criterion::Likelihood, size)?.0),
        ("WordPiece, ratio", learn::wordpiece(&setup.corpus, Criterion::Ratio, size)?.0),
        ("Unigram", learn::unigram(&setup.corpus, setup.tokens_wanted())?),
    ];
    let rows = all.iter().map(|(name, tokenizer)| {
        let (tokens, unknown) = cut(tokenizer, &held_out);
        let shown =
            tokenizer.encode(&setup.text).map(|encoding| listed(tokenizer, &encoding)).unwrap_or_default();
        vec![
            Cell::Words(Text::same(*name)),
            Cell::Number(tokenizer.len() as f64),
            Cell::Number(tokens),
            Cell::Number(held_out.chars().count() as f64 / tokens),
            Cell::Number(unknown),
            Cell::Words(Text::same(shorten(&shown))),
        ]
    });
    Ok(Table {
        caption: text("The same text, the same size, each algorithm", "同一份语料、同样大小，各种算法"),
        head: vec![
            text("algorithm", "算法"),
            text("vocabulary", "词表"),
            text("held-out tokens", "留出文本的 token 数"),
            text("characters a token", "字符/token"),
            text("unknown", "未知"),
            text("your text", "你的文本"),
        ],
        rows: rows.collect(),
    })
}

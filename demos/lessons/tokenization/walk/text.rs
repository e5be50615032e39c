//! The person's own text, and what three ways of cutting make of a text held out.

use std::collections::HashSet;
use std::ops::Range;

use concepts::tokenizer::Encoding;

use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};
use crate::lessons::tokenization::dictionary;
use crate::lessons::tokenization::measure::{beginning, cut, measured, one_line, shown};
use crate::lessons::tokenization::setup::Setup;

/// Tokens that are shown one a row.
const SHOWN: usize = 24;

pub(super) fn text_to_ids(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let encoding = setup.encoding()?;
    f.words("text", Text::same(one_line(&setup.text)));
    f.words("origin", setup.origin());
    f.number("text_tokens", encoding.ids.len() as f64);
    f.table("chain", chain(setup, &encoding));
    let more = encoding.ids.len().saturating_sub(SHOWN);
    f.note(
        "note_more",
        (more > 0).then(|| {
            Text::new(
                format!("{more} more tokens are not shown; a shorter --text shows all."),
                format!("后面还有 {more} 个 token，没有列出；把 --text 改短一些就能看全。"),
            )
        }),
    );
    f.note("note_lost", lost(setup, &encoding));
    Ok(())
}

/// What decoding gives where it is not the text.
fn lost(setup: &Setup, encoding: &Encoding) -> Option<Text> {
    let back = setup.tokenizer.decode(&encoding.ids).ok().filter(|back| *back != setup.text)?;
    let shown = one_line(&back);
    Some(Text::new(
        format!("This tokenizer does not: its ids decode to “{shown}”."),
        format!("这个 tokenizer 做不到：它的 id 解码出来是“{shown}”。"),
    ))
}

fn chain(setup: &Setup, encoding: &Encoding) -> Table {
    let rows = encoding.ids.iter().zip(&encoding.offsets).take(SHOWN).map(|(&id, bytes)| {
        vec![
            Cell::Words(Text::same(shown(&setup.tokenizer, id))),
            Cell::Words(covered(&setup.text, bytes)),
            Cell::Number((bytes.end - bytes.start) as f64),
            Cell::Number(f64::from(id)),
        ]
    });
    Table {
        caption: text("From text to ids", "从文本到 id"),
        head: vec![
            text("token", "token"),
            text("in the text", "对应原文"),
            text("bytes", "字节数"),
            text("id: row of the embedding", "id（embedding 的行号）"),
        ],
        rows: rows.collect(),
    }
}

/// The text that a token stands for; of a part of a character, that character.
fn covered(text: &str, bytes: &Range<usize>) -> Text {
    if let Some(covered) = text.get(bytes.clone()) {
        return Text::same(format!("“{}”", beginning(&one_line(covered))));
    }
    let start = (0..=bytes.start).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let end = (bytes.end..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let whole = one_line(&text[start..end]);
    Text::new(format!("part of “{whole}”"), format!("“{whole}”的一部分"))
}

/// Characters, words and sub-words on the same text.
pub(super) fn levels(setup: &Setup, f: &mut Findings) {
    let training = String::from_utf8_lossy(&setup.corpus.training);
    let held_out = String::from_utf8_lossy(measured(&setup.corpus.held_out));
    let characters = held_out.chars().count() as f64;
    let row = |level: Text, vocabulary: usize, tokens: f64, unknown: f64| {
        vec![
            Cell::Words(level),
            Cell::Number(vocabulary as f64),
            Cell::Number(tokens),
            Cell::Number(characters / tokens),
            Cell::Number(unknown),
        ]
    };
    let (alphabet, lost) = distinct(training.chars(), held_out.chars());
    let known = word_list(&training);
    let met: Vec<String> = held_out.lines().flat_map(words).collect();
    let unknown = met.iter().filter(|word| !known.contains(*word)).count();
    let (tokens, pieces) = cut(&setup.tokenizer, &held_out);
    f.table(
        "levels",
        Table {
            caption: Text::new(
                format!("{characters} characters of held-out text under three ways to cut"),
                format!("留出文本（{characters} 个字符）的三种切法"),
            ),
            head: vec![
                text("cut into", "切成"),
                text("vocabulary", "词表"),
                text("tokens", "token 数"),
                text("characters a token", "每 token 字符数"),
                text("unknown tokens", "未知 token 数"),
            ],
            rows: vec![
                row(text("characters", "字符"), alphabet, characters, lost as f64),
                row(text("words and signs", "词与标点"), known.len(), met.len() as f64, unknown as f64),
                row(
                    Text::new(
                        format!("sub-words ({})", setup.algorithm.name()),
                        format!("子词（{}）", setup.algorithm.name()),
                    ),
                    setup.tokenizer.len(),
                    tokens,
                    pieces,
                ),
            ],
        },
    );
}

/// Words and signs: those of a dictionary, for Chinese. Blanks are left out.
fn words(line: &str) -> impl Iterator<Item = String> {
    dictionary::cut(line).into_iter().filter(|word| !word.trim().is_empty())
}

/// All words of a text, each once.
fn word_list(text: &str) -> HashSet<String> {
    let mut list = HashSet::new();
    for word in text.lines().flat_map(words) {
        list.insert(word);
    }
    list
}

/// How many different things were read, and how many of those met (each time counted) were not.
fn distinct<T: Eq + std::hash::Hash>(
    read: impl Iterator<Item = T>,
    met: impl Iterator<Item = T>,
) -> (usize, usize) {
    let read: HashSet<T> = read.collect();
    let unknown = met.filter(|one| !read.contains(one)).count();
    (read.len(), unknown)
}

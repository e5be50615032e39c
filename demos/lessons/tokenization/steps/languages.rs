//! Tokens per character by language, and text of a kind that prose is not.

use concepts::tokenizer::pretokenize::{BertNormalizer, Pretokenizer};

use super::shown_tokens::{listed, one_line};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::tokenization::WORDS;
use crate::lessons::tokenization::dictionary;
use crate::lessons::tokenization::experiments::languages::{MERGES, Way, rates};
use crate::lessons::tokenization::experiments::prose::{ODD, chinese};
use crate::lessons::tokenization::setup::Setup;
use crate::row;

pub(crate) fn languages(f: &mut Findings) {
    f.number("language_merges", MERGES as f64);
    let [_, chinese] = rates(Way::BytesOfEnglish);
    f.number("english_on_chinese", chinese);
    f.table("per_character", by_language());
    f.table("dictionary", segmented());
}

fn by_language() -> Table {
    let mut grid = Grid::new("per_character", &WORDS).value("words", dictionary::size());
    for way in Way::ALL {
        let [english, chinese] = rates(way)
            .map(|rate| if rate.is_finite() { format!("{rate:.3}").into() } else { Cell::from(rate) });
        grid = grid.said(way.id(), vec![english, chinese]);
    }
    grid.table()
}

/// One sentence of the held-out Chinese as words and as characters.
fn segmented() -> Table {
    let ends = ['。', '！', '？', '\n'];
    let sentences = chinese().1.split_inclusive(ends).map(str::trim);
    let sentence = sentences.filter(|s| (14..=30).contains(&s.chars().count())).nth(1).unwrap_or_default();
    let characters: Vec<String> = sentence.chars().map(String::from).collect();
    let cells = |pieces: Vec<String>| row![pieces.len(), pieces.join("|")];
    Grid::new("dictionary", &WORDS)
        .said("characters", cells(characters))
        .said("words", cells(dictionary::cut(sentence)))
        .table()
}

pub(crate) fn odd(setup: &Setup, f: &mut Findings) {
    f.table("odd", samples(setup));
    f.table("digits", patterns());
}

fn samples(setup: &Setup) -> Table {
    let mut grid = Grid::new("odd", &WORDS);
    for (id, sample) in ODD {
        let encoding = setup.tokenizer.encode(sample);
        let (count, shown) = encoding.map_or((f64::NAN, String::new()), |encoding| {
            (encoding.ids.len() as f64, listed(&setup.tokenizer, &encoding))
        });
        let (characters, bytes) = (sample.chars().count(), sample.len());
        grid = grid.said(id, row![one_line(sample), characters, bytes, count, shorten(&shown)]);
    }
    grid.table()
}

/// At most so many characters of a cut.
const LONGEST: usize = 48;

pub(crate) fn shorten(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_string();
    }
    text.chars().take(LONGEST).chain(" …".chars()).collect()
}

/// Where the published patterns cut before any model sees the text.
fn patterns() -> Table {
    let samples = ["12345+67890", "a    b", "I'll don't", "东京tower"];
    let all = [
        ("GPT-2", Pretokenizer::Gpt2),
        ("cl100k, Llama 3", Pretokenizer::Cl100k),
        ("Qwen", Pretokenizer::Qwen),
        ("BERT", Pretokenizer::Bert),
    ];
    // BERT sets blanks around each Chinese character before it cuts at blanks.
    let before = |pattern, sample: &str| match pattern {
        Pretokenizer::Bert => BertNormalizer::default().normalize(sample),
        _ => sample.to_string(),
    };
    let row = |(name, pattern): (&str, Pretokenizer)| {
        let cut = |sample: &&str| {
            let sample = before(pattern, sample);
            let words: Vec<&str> = pattern.split(&sample).collect();
            Cell::from(words.join("|").replace(' ', "␣"))
        };
        std::iter::once(Cell::from(name)).chain(samples.iter().map(cut)).collect()
    };
    Table {
        caption: WORDS.get("digits"),
        head: std::iter::once(WORDS.get("digits.pattern"))
            .chain(samples.map(|sample| Text::same(sample.replace(' ', "␣"))))
            .collect(),
        rows: all.map(row).to_vec(),
    }
}

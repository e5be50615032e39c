//! Tokens per character by language, and text of a kind that prose is not.

use concepts::tokenizer::pretokenize::Pretokenizer;

use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::text::{Text, text};
use crate::lessons::tokenization::dictionary;
use crate::lessons::tokenization::experiments::languages::{MERGES, Way, rates};
use crate::lessons::tokenization::experiments::prose::{ODD, chinese};
use crate::lessons::tokenization::measure::{listed, one_line};
use crate::lessons::tokenization::setup::Setup;

pub(super) fn languages(f: &mut Findings) {
    f.number("language_merges", MERGES as f64);
    let [_, chinese] = rates(Way::BytesOfEnglish);
    f.number("english_on_chinese", chinese);
    f.table("per_character", by_language());
    f.table("dictionary", segmented());
}

/// The name of a way to cut.
pub(crate) fn name(way: Way) -> Text {
    match way {
        Way::Bytes => text("bytes", "字节"),
        Way::BytesOfEnglish => text("byte-level BPE, English", "字节级 BPE，英文训练"),
        Way::BytesOfChinese => text("byte-level BPE, Chinese", "字节级 BPE，中文训练"),
        Way::BytesOfBoth => text("byte-level BPE, both", "字节级 BPE，中英文训练"),
        Way::Characters => text("characters", "字符"),
        Way::Dictionary => {
            let words = dictionary::size();
            Text::new(format!("jieba, {words} words"), format!("jieba，词典 {words} 词"))
        }
    }
}

fn by_language() -> Table {
    let rows = Way::ALL.map(|way| {
        let [english, chinese] = rates(way);
        let decimals = |rate: f64| Cell::Words(Text::same(format!("{rate:.3}")));
        vec![Cell::Words(name(way)), decimals(english), decimals(chinese)]
    });
    Table {
        caption: text("Tokens per character of held-out text", "留出文本上，每个字符的 token 数"),
        head: vec![text("cut into", "切法"), text("English", "英文"), text("Chinese", "中文")],
        rows: rows.to_vec(),
    }
}

/// One sentence of the held-out Chinese as words and as characters.
fn segmented() -> Table {
    let ends = ['。', '！', '？', '\n'];
    let sentences = chinese().1.split_inclusive(ends).map(str::trim);
    let sentence = sentences.filter(|s| (14..=30).contains(&s.chars().count())).nth(1).unwrap_or_default();
    let characters: Vec<String> = sentence.chars().map(String::from).collect();
    let row = |name: Text, pieces: Vec<String>| {
        vec![Cell::Words(name), Cell::Number(pieces.len() as f64), Cell::Words(Text::same(pieces.join("|")))]
    };
    Table {
        caption: text("One sentence of it", "其中一句"),
        head: vec![text("cut into", "切法"), text("tokens", "token 数"), text("the sentence", "切分结果")],
        rows: vec![
            row(text("characters", "字符"), characters),
            row(text("words", "词"), dictionary::cut(sentence)),
        ],
    }
}

pub(super) fn odd(setup: &Setup, f: &mut Findings) {
    f.table("odd", samples(setup));
    f.table("digits", patterns());
}

fn samples(setup: &Setup) -> Table {
    let row = |(name, sample): &(Text, &str)| {
        let encoding = setup.tokenizer.encode(sample);
        let (count, shown) = encoding.map_or((f64::NAN, String::new()), |encoding| {
            (encoding.ids.len() as f64, listed(&setup.tokenizer, &encoding))
        });
        vec![
            Cell::Words(name.clone()),
            Cell::Words(Text::same(one_line(sample))),
            Cell::Number(sample.chars().count() as f64),
            Cell::Number(sample.len() as f64),
            Cell::Number(count),
            Cell::Words(Text::same(shorten(&shown))),
        ]
    };
    Table {
        caption: text("What the tokenizer makes of other text", "其他类型的文本会切成什么样"),
        head: vec![
            text("what", "类型"),
            text("text", "文本"),
            text("characters", "字符"),
            text("bytes", "字节"),
            text("tokens", "token"),
            text("cut", "切分"),
        ],
        rows: ODD.iter().map(row).collect(),
    }
}

/// At most so many characters of a cut.
const LONGEST: usize = 48;

pub(super) fn shorten(text: &str) -> String {
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
    let row = |(name, pattern): (&str, Pretokenizer)| {
        let cut = |sample: &&str| {
            let words: Vec<&str> = pattern.split(sample).collect();
            Cell::Words(Text::same(words.join("|").replace(' ', "␣")))
        };
        std::iter::once(Cell::Words(Text::same(name))).chain(samples.iter().map(cut)).collect()
    };
    Table {
        caption: text(
            "Where the patterns cut before the model (␣ a space)",
            "预分词在哪里切开（␣ 表示空格）",
        ),
        head: std::iter::once(text("pattern of", "规则"))
            .chain(samples.map(|sample| Text::same(sample.replace(' ', "␣"))))
            .collect(),
        rows: all.map(row).to_vec(),
    }
}

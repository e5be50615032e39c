//! Tokens per character, by the language read and the language learned from.

use std::sync::OnceLock;

use concepts::tokenizer::pretokenize::Pretokenizer;

use super::prose::{chinese, english};
use crate::lessons::tokenization::dictionary;
use crate::lessons::tokenization::trained::{BYTES, Trained};

/// Merges of each vocabulary.
pub(crate) const MERGES: usize = 2000;

/// How text is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Bytes, nothing merged.
    Bytes,
    /// Bytes merged on English.
    BytesOfEnglish,
    /// Bytes merged on Chinese.
    BytesOfChinese,
    /// Bytes merged on both.
    BytesOfBoth,
    /// Characters.
    Characters,
    /// Words of a dictionary, for Chinese; words between blanks and signs, for English.
    Dictionary,
}

impl Way {
    pub(crate) const ALL: [Way; 6] = [
        Way::Bytes,
        Way::BytesOfEnglish,
        Way::BytesOfChinese,
        Way::BytesOfBoth,
        Way::Characters,
        Way::Dictionary,
    ];

    /// The id of its name.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Way::Bytes => "bytes",
            Way::BytesOfEnglish => "english",
            Way::BytesOfChinese => "chinese",
            Way::BytesOfBoth => "both",
            Way::Characters => "characters",
            Way::Dictionary => "dictionary",
        }
    }
}

/// Tokens per character of held-out text: English, Chinese.
type Rates = [f64; 2];

/// Tokens per character of the held-out English and Chinese. The texts are frozen, so it is measured once.
pub(crate) fn rates(way: Way) -> Rates {
    static MEASURED: OnceLock<Vec<Rates>> = OnceLock::new();
    let all = MEASURED.get_or_init(|| Way::ALL.map(measured).to_vec());
    Way::ALL.iter().zip(all).find(|(other, _)| **other == way).map_or([f64::NAN; 2], |(_, rates)| *rates)
}

fn measured(way: Way) -> Rates {
    let learned = |text: &str, merges: usize| Trained::new(text, Pretokenizer::Gpt2, BYTES, merges).ok();
    let (english, chinese) = (english().0, chinese().0);
    match way {
        Way::Bytes => by(learned("", 0).as_ref()),
        Way::BytesOfEnglish => by(learned(english, MERGES).as_ref()),
        Way::BytesOfChinese => by(learned(chinese, MERGES).as_ref()),
        Way::BytesOfBoth => by(learned(&format!("{english}{chinese}"), MERGES).as_ref()),
        Way::Characters => [1.0; 2],
        Way::Dictionary => held_out(|text| dictionary::words(text) as f64),
    }
}

fn by(trained: Option<&Trained>) -> Rates {
    held_out(|text| trained.map_or(f64::NAN, |trained| trained.length(text.as_bytes())))
}

fn held_out(tokens: impl Fn(&str) -> f64) -> Rates {
    [english().1, chinese().1].map(|text| tokens(text) / text.chars().count() as f64)
}

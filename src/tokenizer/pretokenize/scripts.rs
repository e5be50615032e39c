//! Cutting where a script ends, as Hugging Face's `UnicodeScripts` does.

use std::ops::Range;
use std::sync::LazyLock;

use regex_syntax::hir::{Class, HirKind};

/// The scripts that Unicode 9 has, which is what tokenizers' table knows. The numbers are their places here.
const NAMES: &str = "\
    Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali \
    Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma \
    Cham Cherokee Common Coptic Cuneiform Cypriot Cyrillic Deseret Devanagari Duployan Egyptian_Hieroglyphs \
    Elbasan Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati Gurmukhi Han Hangul Hanunoo Hatran \
    Hebrew Hiragana Imperial_Aramaic Inherited Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi \
    Kannada Katakana Kayah_Li Kharoshthi Khmer Khojki Khudawadi Lao Latin Lepcha Limbu Linear_A Linear_B \
    Lisu Lycian Lydian Mahajani Malayalam Mandaic Manichaean Marchen Meetei_Mayek Mende_Kikakui \
    Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani Myanmar Nabataean New_Tai_Lue Newa \
    Nko Ogham Ol_Chiki Old_Hungarian Old_Italic Old_North_Arabian Old_Permic Old_Persian Old_South_Arabian \
    Old_Turkic Oriya Osage Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi \
    Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham SignWriting Sinhala Sora_Sompeng Sundanese \
    Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tamil Tangut Telugu Thaana Thai \
    Tibetan Tifinagh Tirhuta Ugaritic Vai Warang_Citi Yi";

/// Characters that Unicode 9 had in another script than the tables here, which are newer.
const MOVED: [(char, &str); 4] =
    [('\u{589}', "Common"), ('\u{61C}', "Common"), ('\u{953}', "Devanagari"), ('\u{954}', "Devanagari")];

/// Characters from and to, and the number of their script; in order.
static TABLE: LazyLock<Vec<(u32, u32, usize)>> = LazyLock::new(table);

/// The number of a script.
fn number(name: &str) -> usize {
    let name = if ["Hiragana", "Katakana"].contains(&name) { "Han" } else { name };
    NAMES.split_whitespace().position(|known| known == name).unwrap_or_default()
}

fn table() -> Vec<(u32, u32, usize)> {
    let of = |name: &str| {
        let ranges = ranges(&format!(r"[\p{{Script={name}}}&&\p{{Age=9.0}}]"));
        let number = number(name);
        ranges.into_iter().map(move |(start, end)| (start, end, number))
    };
    let mut table: Vec<(u32, u32, usize)> = NAMES.split_whitespace().flat_map(of).collect();
    table.sort_unstable();
    table
}

/// The characters of a class.
fn ranges(class: &str) -> Vec<(u32, u32)> {
    match regex_syntax::parse(class).map(regex_syntax::hir::Hir::into_kind) {
        Ok(HirKind::Class(Class::Unicode(class))) => {
            class.ranges().iter().map(|range| (range.start().into(), range.end().into())).collect()
        }
        _ => Vec::new(),
    }
}

/// The script of a character; `None` for spaces and what has none: they belong to any script.
fn script(c: char) -> Option<usize> {
    match c {
        ' ' => return None,
        // The sign for a long vowel, which kana share.
        'ー' => return Some(number("Han")),
        _ => {}
    }
    if let Some((_, name)) = MOVED.iter().find(|(moved, _)| *moved == c) {
        return Some(number(name));
    }
    let code = u32::from(c);
    let at = TABLE.partition_point(|(_, end, _)| *end < code);
    TABLE.get(at).filter(|(start, ..)| *start <= code).map(|(.., script)| *script)
}

/// The stretches of one script each. What stands before the first character with a script is lost.
pub(super) fn by_script(text: &str) -> Vec<Range<usize>> {
    let (mut starts, mut last) = (Vec::new(), None);
    for (at, c) in text.char_indices() {
        let Some(script) = script(c) else { continue };
        if last != Some(script) {
            starts.push(at);
        }
        last = Some(script);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(&start, end)| start..end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_script_and_no_two_scripts_share_a_character() {
        let names: Vec<&str> = NAMES.split_whitespace().collect();
        assert_eq!(names.len(), 137);
        assert!(names.iter().all(|name| !ranges(&format!(r"\p{{Script={name}}}")).is_empty()));
        assert!(TABLE.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}

//! What encoding bytes are in that are no UTF-8.

use std::ops::RangeInclusive;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// By its byte-order mark, or by the zeros that a text in UTF-16 is full of.
pub(super) fn utf_16_or_32(bytes: &[u8]) -> Option<&'static str> {
    // Western text has a zero in nearly every other place and none between.
    let share_of_zeros = |parity: usize| {
        let every_other = bytes.iter().take(4096).skip(parity).step_by(2);
        let (count, zeros) = every_other.fold((0, 0), |(n, zeros), b| (n + 1, zeros + i32::from(*b == 0)));
        f64::from(zeros) / f64::from(1.max(count))
    };
    let (even, odd) = (share_of_zeros(0), share_of_zeros(1));
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => Some("UTF-32LE"),
        [0, 0, 0xfe, 0xff, ..] => Some("UTF-32BE"),
        [0xff, 0xfe, ..] => Some("UTF-16"),
        [0xfe, 0xff, ..] => Some("UTF-16"),
        // Half a character of UTF-16 is none.
        [] | [_] => None,
        _ if odd > 0.6 && even < 0.05 => Some("UTF-16LE"),
        _ if even > 0.6 && odd < 0.05 => Some("UTF-16BE"),
        _ => None,
    }
}

/// With fewer bytes beyond ASCII the bytes alone do not tell one encoding from another.
const TELLING: usize = 16;

/// In a short text many encodings are possible; with the hint `cn` GBK is tried first, the one that readers of this
/// project meet most. In a longer one the hint would make GBK of Big5, Shift_JIS and all their like.
pub(super) fn hint(bytes: &[u8]) -> Option<&'static [u8]> {
    let beyond = bytes.iter().filter(|byte| !byte.is_ascii()).take(TELLING).count();
    (beyond < TELLING).then_some(b"cn")
}

/// The encoding that the bytes most likely are in, if all of them are characters of it.
pub(super) fn likely(bytes: &[u8], hint: Option<&[u8]>) -> Option<&'static str> {
    if is_shift_jis(bytes) {
        return Some("Shift_JIS");
    }
    if is_typographic(bytes) {
        return Some("windows-1252");
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(hint, Utf8Detection::Deny);
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = vec![0; decoder.max_utf8_buffer_length(bytes.len())?];
    let (_, _, written, wrong) = decoder.decode_to_utf8(bytes, &mut text, true);
    text.truncate(written);
    let text = String::from_utf8(text).ok().filter(|_| !wrong)?;
    // Bytes that such an encoding leaves free become control characters, which no text has and iconv refuses.
    let free = |sign: char| ('\u{80}'..='\u{9f}').contains(&sign);
    (!text.contains(free)).then_some(encoding.name())
}

/// So much of a text is looked at.
const LOOKED_AT: usize = 1 << 16;
/// The share of characters in the right byte order that belong to scripts of today.
const NEARLY_ALL: f64 = 0.95;

/// UTF-16 without a mark, of a script beyond ASCII. Line ends, blanks and digits have a zero each, which no other text
/// has, and in the right byte order nearly all characters are of scripts that people write.
pub(super) fn utf_16_of_any_script(bytes: &[u8]) -> Option<&'static str> {
    let orders = [u16::from_le_bytes, u16::from_be_bytes];
    let [little, big] = orders.map(|order| written(bytes, order, OF_TODAY));
    // ASCII itself reads as Han where two of its bytes make one character.
    let beyond = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if little.max(big) < NEARLY_ALL || 8 * beyond < bytes.len() {
        return None;
    }
    let name = if little >= big { "UTF-16LE" } else { "UTF-16BE" };
    // Without a zero, in the other order, it may be Shift_JIS; and halves of characters fall where no text has a byte.
    let control = |byte: &u8| byte.is_ascii_control() && !byte.is_ascii_whitespace();
    let han = || little >= big && bytes.iter().any(control) && written(bytes, orders[0], &HAN) >= 1.0;
    (bytes.contains(&0) || han()).then_some(name)
}

/// Han characters and what stands between them.
const HAN: [RangeInclusive<u32>; 3] = [0x3000..=0x303f, 0x4e00..=0x9fff, 0xff00..=0xffef];
/// Scripts of today, punctuation and what lies beyond the first plane.
const OF_TODAY: &[RangeInclusive<u32>] = &[
    0x09..=0x0d,
    0x20..=0x7e,
    0xa0..=0x24f,
    0x370..=0x6ff,
    0x900..=0x97f,
    0xe00..=0xe7f,
    0x2000..=0x206f,
    0x20a0..=0x22ff,
    0x3000..=0x30ff,
    0x4e00..=0x9fff,
    0xac00..=0xd7a3,
    0xfeff..=0xffef,
    0x1_0000..=0x1_ffff,
];

/// The share of the characters, read as UTF-16, that lie in these ranges.
fn written(bytes: &[u8], order: fn([u8; 2]) -> u16, ranges: &[RangeInclusive<u32>]) -> f64 {
    let pairs = bytes.chunks_exact(2).take(LOOKED_AT).map(|pair| order([pair[0], pair[1]]));
    let signs: Vec<u32> = char::decode_utf16(pairs).map(|sign| sign.map_or(0, u32::from)).collect();
    let there = |sign: &&u32| ranges.iter().any(|range| range.contains(sign));
    signs.iter().filter(there).count() as f64 / signs.len().max(1) as f64
}

/// Kana and common kanji of Shift_JIS lead with bytes that GBK gives to rare characters, and that Western encodings
/// give to quotation marks, which stand alone; so this is told from few bytes. A text of such pairs alone, most of
/// them side by side, is Japanese.
fn is_shift_jis(bytes: &[u8]) -> bool {
    let (mut at, mut pairs, mut run, mut beside) = (0, 0, 0, 0);
    while at < bytes.len() {
        match bytes[at..] {
            [0x81..=0x9f, 0x40..=0x7e | 0x80..=0xfc, ..] => {
                pairs += 1;
                run += 1;
                // With the second of a run the first has one beside it, too.
                beside += [0, 2, 1][usize::min(run, 3) - 1];
                at += 2;
            }
            [0..=0x7f, ..] => {
                run = 0;
                at += 1;
            }
            _ => return false,
        }
    }
    pairs >= 2 && 2 * beside >= pairs
}

/// Quotation marks and dashes of Windows, each alone among ASCII: before a letter GBK would make a rare character of
/// them.
fn is_typographic(bytes: &[u8]) -> bool {
    let beyond: Vec<usize> = (0..bytes.len()).filter(|&at| !bytes[at].is_ascii()).collect();
    let alone = beyond.windows(2).all(|pair| pair[1] - pair[0] > 1);
    alone && beyond.iter().all(|&at| matches!(bytes[at], 0x82 | 0x84 | 0x85 | 0x91..=0x97))
}

//! The text of a file's bytes. A byte-order mark is dropped. What is not UTF-8 is damaged or cut off, is in another
//! encoding, or is no text: each has a remedy of its own.

mod guess;

use std::path::Path;

use super::files::Wanted;
use super::knob::Refusal;
use super::reading::{place, unreadable};
use super::shell::argument;
use super::text::{Lang, Text, text};
use guess::{hint, likely, utf_16_of_any_script, utf_16_or_32};

/// The text of a file's bytes.
///
/// # Errors
/// A damaged text is named with the place, a text in another encoding with the command that converts it.
pub fn as_text(bytes: Vec<u8>, path: &Path, wanted: &Wanted) -> Result<String, Refusal> {
    if OFFICE.iter().any(|first| bytes.starts_with(first)) {
        return Err(unreadable(wanted.flag, path, &IS_OFFICE, &wanted.what));
    }
    if let Some(name) = utf_16_or_32(&bytes) {
        return Err(other_encoding(path, wanted.flag, name, true));
    }
    let (mark, bytes) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (3, rest.to_vec()),
        None => (0, bytes),
    };
    String::from_utf8(bytes).map_err(|error| {
        let (bytes, first) = (error.as_bytes(), error.utf8_error());
        let damage = Damage::of(bytes);
        let byte = mark + first.valid_up_to();
        let line = 1 + bytes[..first.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        if let Some(name) = utf_16_of_any_script(bytes) {
            other_encoding(path, wanted.flag, name, true)
        } else if bytes.contains(&0) {
            no_text(path, wanted, byte)
        } else if damage.is_little() {
            damage.refused(path, wanted.flag, line, byte)
        } else if let Some(name) = likely(bytes, hint(bytes)) {
            other_encoding(path, wanted.flag, name, false)
        } else if damage.places == 1 {
            damage.refused(path, wanted.flag, line, byte)
        } else if let Some(name) = likely(bytes, None) {
            other_encoding(path, wanted.flag, name, false)
        } else {
            no_text(path, wanted, byte)
        }
    })
}

/// How the files of Excel and Word begin that people take for tables and texts: ZIP, and what was before it.
const OFFICE: [&[u8]; 3] = [b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];
const IS_OFFICE: Text = text(
    "it is a file of Excel or Word or another ZIP file, not text: save it as text in UTF-8, a table as CSV",
    "这是 Excel、Word 文件或别的 ZIP 文件，不是文本：请另存为 UTF-8 文本，表格存为 CSV",
);

/// So much whole for each place that is not: with it short texts in GBK, Big5 or Shift_JIS are hardly ever taken for
/// damaged ones.
const ENOUGH: usize = 5;
/// With so many places, and less than so much whole for each, a part of the file may be in another encoding.
const MIXED: (usize, usize) = (5, 100);

/// What of a text is not UTF-8.
struct Damage {
    /// Characters beyond ASCII that are whole, by how hardly chance makes them: two bytes of another encoding are
    /// one character of UTF-8 now and then, three hardly ever.
    whole: usize,
    /// Places that are not UTF-8.
    places: usize,
    /// Is there one such place, a character that the file ends within?
    cut: bool,
    /// Is that sure? One byte behind a letter may be the é of an encoding with one byte for each character.
    begun: bool,
}

impl Damage {
    fn of(bytes: &[u8]) -> Damage {
        let (mut whole, mut places) = (0, 0);
        for chunk in bytes.utf8_chunks() {
            let weight = |sign: char| [0, 1, 3, 4][sign.len_utf8() - 1];
            whole += chunk.valid().chars().map(weight).sum::<usize>();
            // What follows another bad byte at once belongs to the same place.
            let another = places == 0 || !chunk.valid().is_empty();
            places += usize::from(another && !chunk.invalid().is_empty());
        }
        let error = std::str::from_utf8(bytes).err();
        let within = error.filter(|error| error.error_len().is_none()).map(|error| error.valid_up_to());
        let letter = |at: usize| at > 0 && bytes[at - 1].is_ascii_alphabetic();
        let begun = within.is_some_and(|at| bytes.len() - at > 1 || !letter(at));
        Damage { whole, places, cut: within.is_some() && places == 1, begun }
    }

    /// Is nearly everything beyond ASCII UTF-8?
    fn is_little(&self) -> bool {
        self.whole >= ENOUGH * self.places || (self.cut && (self.whole > 0 || self.begun))
    }

    fn refused(&self, path: &Path, flag: &str, line: usize, byte: usize) -> Refusal {
        let (place, more) = (place(flag, path), self.places - 1);
        let shown = argument(&path.display().to_string());
        let remedy = format!("iconv -c -f UTF-8 -t UTF-8 {shown} > utf8.txt");
        let more = match more {
            0 => text("", ""),
            more => Text::new(format!(" (further places: {more})"), format!("（另有 {more} 处）")),
        };
        let [en, zh] = Lang::ALL.map(|lang| more.get(lang).to_owned());
        if self.cut {
            return Refusal::new(
                format!(
                    "{place}: ends within a character (byte {byte}, line {line}), all before it is UTF-8; the file \
                     seems cut off: get it whole, or leave that character out: {remedy}"
                ),
                format!(
                    "{place}：文件在一个字符中间断了（第 {line} 行，第 {byte} 字节），前面都是 UTF-8，应该是没有存全；请重新获取，或者去掉这个字符：{remedy}"
                ),
            );
        }
        if self.places >= MIXED.0 && self.whole < MIXED.1 * self.places {
            return Refusal::new(
                format!(
                    "{place}: byte {byte} (line {line}) is not UTF-8{en}; a part of the file may be in another \
                     encoding: get it anew, or convert that part alone"
                ),
                format!(
                    "{place}：第 {byte} 字节（第 {line} 行）不是 UTF-8{zh}；文件里可能混有另一种编码：请重新获取文件，或者只转换那一部分"
                ),
            );
        }
        Refusal::new(
            format!(
                "{place}: byte {byte} (line {line}) is damaged{en}, all else is UTF-8; get the file anew, or leave \
                 out what is damaged: {remedy}"
            ),
            format!(
                "{place}：第 {byte} 字节（第 {line} 行）坏了{zh}，其余都是 UTF-8；请重新获取文件，或者去掉坏字节：{remedy}"
            ),
        )
    }
}

/// Zeros and marks are sure, what `likely` says is a guess: what converts without an error may still read wrong.
fn other_encoding(path: &Path, flag: &str, encoding: &str, sure: bool) -> Refusal {
    let (place, shown) = (place(flag, path), argument(&path.display().to_string()));
    let remedy = format!("iconv -f {encoding} -t UTF-8 {shown} > utf8.txt");
    if sure {
        return Refusal::new(
            format!("{place}: the text is in {encoding}, not UTF-8; convert it: {remedy}"),
            format!("{place}：文件编码是 {encoding}，不是 UTF-8，请先转换：{remedy}"),
        );
    }
    Refusal::new(
        format!(
            "{place}: the text seems to be in {encoding}, not UTF-8; convert it, and look whether it reads well: \
             {remedy}"
        ),
        format!("{place}：文件编码像是 {encoding}，不是 UTF-8；请先转换，再看看文字对不对：{remedy}"),
    )
}

fn no_text(path: &Path, wanted: &Wanted, offset: usize) -> Refusal {
    let why = Text::new(
        format!("byte {offset} is not UTF-8, and it is no text in another encoding"),
        format!("第 {offset} 字节不是 UTF-8，也不像其他编码的文本"),
    );
    unreadable(wanted.flag, path, &why, &wanted.what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(bytes: &[u8]) -> Result<String, String> {
        let because = text("a page has less", "一页没有这么长");
        let wanted =
            Wanted { flag: "corpus", what: text("a text file", "文本文件"), most: 1 << 12, because };
        as_text(bytes.to_vec(), Path::new("a.txt"), &wanted).map_err(|refusal| refusal.to_string())
    }

    fn in_utf_16(text: &str, mark: &[u8], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect()
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        assert_eq!(reading("\u{feff}{\"a\": 1}".as_bytes()).unwrap(), "{\"a\": 1}");
        assert_eq!(reading("你好".as_bytes()).unwrap(), "你好");
        assert_eq!(reading(b"").unwrap(), "");
    }

    #[test]
    fn other_encodings_are_named_with_the_remedy() {
        let cases = [
            (in_utf_16("hello world", &[0xff, 0xfe], u16::to_le_bytes), "UTF-16"),
            (in_utf_16("hello world", &[0xfe, 0xff], u16::to_be_bytes), "UTF-16"),
            (in_utf_16("hello world", &[], u16::to_le_bytes), "UTF-16LE"),
            (in_utf_16("hello world", &[], u16::to_be_bytes), "UTF-16BE"),
            (in_utf_16("我爱自然语言处理。\n", &[], u16::to_le_bytes), "UTF-16LE"),
            (in_utf_16("标记,logit\n东京,1.5\n", &[], u16::to_be_bytes), "UTF-16BE"),
            (in_utf_16("我爱自然语言处理，这是一段中文文本。", &[], u16::to_le_bytes), "UTF-16LE"),
            // 我爱自然语言处理，这是一段中文文本。
            (b"\xce\xd2\xb0\xae\xd7\xd4\xc8\xbb\xd3\xef\xd1\xd4\xb4\xa6\xc0\xed\xa3\xac\xd5\xe2\xca\xc7\xd2\xbb\xb6\xce\xd6\xd0\xce\xc4\xce\xc4\xb1\xbe\xa1\xa3".repeat(3), "GBK"),
            (b"\xa7\xda\xb7R\xa6\xdb\xb5M\xbby\xa8\xa5\xb3B\xb2z\xa1A\xb3o\xacO\xa4@\xacq\xa4\xa4\xa4\xe5\xa4\xe5\xa5\xbb\xa1C".to_vec(), "Big5"), // 我愛自然語言處理，這是一段中文文本。
            (b"\x8e\x84\x82\xcd\x8e\xa9\x91R\x8c\xbe\x8c\xea\x8f\x88\x97\x9d\x82\xaa\x8dD\x82\xab\x82\xc5\x82\xb7\x81B\x82\xb1\x82\xea\x82\xcd\x93\xfa\x96{\x8c\xea\x82\xcc\x95\xb6\x8f\xcd\x82\xc5\x82\xb7\x81B".to_vec(), "Shift_JIS"), // 私は自然言語処理が好きです。これは日本語の文章です。
            (b"\x96\xbc\x91O,\x92l\n1,2\n".to_vec(), "Shift_JIS"), // 名前,値
            (b"token,logit\n\x93\x8c\x8b\x9e,1.5\n\x83p\x83\x8a,0.3\n".to_vec(), "Shift_JIS"), // 東京, パリ
            (b"It\x92s what they didn\x92t say.\n".to_vec(), "windows-1252"),
            (b"\xbb\xe4\xa4\xcf\xbc\xab\xc1\xb3\xb8\xc0\xb8\xec\xbd\xe8\xcd\xfd\xa4\xac\xb9\xa5\xa4\xad\xa4\xc7\xa4\xb9\xa1\xa3".to_vec(), "EUC-JP"), // 私は自然言語処理が好きです。
            (b"\xb3\xaa\xb4\xc2 \xc0\xda\xbf\xac\xbe\xee \xc3\xb3\xb8\xae\xb8\xa6 \xc1\xc1\xbe\xc6\xc7\xd5\xb4\xcf\xb4\xd9. \xc0\xcc\xb0\xcd\xc0\xba \xc7\xd1\xb1\xb9\xbe\xee \xb9\xae\xc0\xe5\xc0\xd4\xb4\xcf\xb4\xd9.".to_vec(), "EUC-KR"), // 나는 자연어 처리를 좋아합니다. 이것은 한국어 문장입니다.
            (b"\xb9\xe6\xc4\xa3,\xb4\xf0\xb6\xd4,\xcc\xe2\xca\xfd\n1,2,3\n".to_vec(), "GBK"), // 规模,答对,题数
            (b"\xbc\xd7,\xd2\xd2\n1,2\n".to_vec(), "GBK"), // 甲,乙
            (b"caf\xe9 d\xe9j\xe0 vu, na\xefve \xe9l\xe8ve".to_vec(), "windows-1252"),
            (b"He said \x93yes\x94 and left.\n".to_vec(), "windows-1252"),
        ];
        for (bytes, name) in cases {
            let refusal = reading(&bytes).unwrap_err();
            assert!(refusal.contains(&format!("in {name}, not UTF-8")), "{refusal}");
            assert!(refusal.contains(&format!("iconv -f {name} -t UTF-8")), "{refusal}");
        }
    }

    /// What `head -c` and a broken download leave of a text.
    #[test]
    fn damaged_utf_8_is_called_so() {
        let chinese = "我爱北京天安门，\n天安门上太阳升。".repeat(80);
        let cut = reading(&chinese.as_bytes()[..3000]).unwrap_err();
        assert!(cut.contains("ends within a character (byte 2998, line 62)"), "{cut}");
        let french = "déjà vu, un élève\ncaf\u{e9}";
        let cut = reading(&french.as_bytes()[..french.len() - 1]).unwrap_err();
        assert!(cut.contains("ends within a character (byte 25, line 2)"), "{cut}");
        for (text, cut) in [("hello world 中", 1), ("hello world 中", 2), ("中", 1), ("fine 🙂", 1)] {
            let cut = reading(&text.as_bytes()[..text.len() - cut]).unwrap_err();
            assert!(cut.contains("ends within a character"), "{text}: {cut}");
        }
        assert!(reading(b"caf\xe9").unwrap_err().contains("windows-1252"));
        let mut bad = chinese.into_bytes();
        bad[100] = 0xff;
        let one = reading(&bad).unwrap_err();
        assert!(one.contains("is damaged, all else is UTF-8") && one.contains("iconv -c"), "{one}");
        bad[400] = 0xff;
        assert!(reading(&bad).unwrap_err().contains("(further places: 1), all else is UTF-8"));
        // 你好 in GBK, ten lines of it, below text in UTF-8.
        let mixed = ["我爱北京天安门，\n".repeat(9).as_bytes(), &b"\xc4\xe3\xba\xc3\n".repeat(10)].concat();
        let mixed = reading(&mixed).unwrap_err();
        assert!(mixed.contains("in another encoding") && !mixed.contains("iconv -c"), "{mixed}");
        let ascii = reading(b"hello \xff world, this is plain\n").unwrap_err();
        assert!(ascii.contains("byte 6 (line 1) is damaged"), "{ascii}");
        let mark = reading(b"\xef\xbb\xbfhello \xff world, this is plain\n").unwrap_err();
        assert!(mark.contains("byte 9 (line 1) is damaged"), "{mark}");
    }

    #[test]
    fn the_remedy_names_the_file_as_a_shell_takes_it() {
        let because = text("a page has less", "一页没有这么长");
        let wanted =
            Wanted { flag: "corpus", what: text("a text file", "文本文件"), most: 1 << 12, because };
        let refused = |bytes: &[u8]| as_text(bytes.to_vec(), Path::new("my text.txt"), &wanted).unwrap_err();
        for bytes in [&b"\xff\xfeh\0"[..], b"hello \xff world, this is plain\n"] {
            let said = refused(bytes).to_string();
            assert!(said.contains("-t UTF-8 'my text.txt' > utf8.txt"), "{said}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let said = reading(b"\x7fELF\x02\x01\x00\x00\xff\xff\x00\x81\x00").unwrap_err();
        assert!(said.contains("byte 8 is not UTF-8") && said.contains("no text"), "{said}");
        for bytes in [&b"PK\x03\x04\x14\x00\x06\x00\x08\xff"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00"] {
            let said = reading(bytes).unwrap_err();
            assert!(said.contains("a file of Excel or Word") && said.contains("as CSV"), "{said}");
        }
    }
}

//! A person's own file, read in one way by every lesson.
//!
//! What is no file, what is larger than the lesson can use and what is not UTF-8 is refused, with the reason and
//! the remedy. A byte-order mark is dropped.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::knob::Refusal;
use super::reading::{FOLDER, place, reason, unreadable};
use super::text::{Lang, Text, text};

/// What a flag wants to read.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The flag, without dashes; empty for a file that stands without one.
    pub flag: &'static str,
    /// What the file is, as in "give the path of a config.json".
    pub what: Text,
    /// The most bytes it may have.
    pub most: u64,
    /// Why not more.
    pub because: Text,
}

/// The bytes of a file.
///
/// # Errors
/// [`Refusal`] with the flag, the path, the reason and what to give instead.
pub fn read(path: &Path, wanted: &Wanted) -> Result<Vec<u8>, Refusal> {
    let refused = |why: &Text| unreadable(wanted.flag, path, why, &wanted.what);
    // Opening one waits for a writer, who may never come. Those of a shell have one.
    if is_named_pipe(path) && !is_of_the_shell(path) {
        return Err(refused(&text(
            "it is a named pipe, which waits for a writer; write its text into a file, or let the shell do it: <(command)",
            "这是命名管道，没有程序往里写就会一直等；请先写成文件，或者用 shell 的 <(命令)",
        )));
    }
    let system = |error: &std::io::Error| refused(&reason(error));
    let file = File::open(path).map_err(|error| system(&error))?;
    let there = file.metadata().map_err(|error| system(&error))?;
    if there.is_dir() {
        return Err(refused(&FOLDER));
    }
    if is_device(&there) {
        return Err(refused(&text("it is a device, not a file", "这是设备，不是文件")));
    }
    if there.len() > wanted.most {
        return Err(too_large(path, wanted));
    }
    // A pipe has no size: one byte more than allowed shows that there is more.
    let mut bytes = Vec::new();
    file.take(wanted.most + 1).read_to_end(&mut bytes).map_err(|error| system(&error))?;
    if bytes.len() as u64 > wanted.most {
        return Err(too_large(path, wanted));
    }
    Ok(bytes)
}

/// The text of a file.
///
/// # Errors
/// As [`read`]; and a text in another encoding is named with the command that converts it.
pub fn read_text(path: &Path, wanted: &Wanted) -> Result<String, Refusal> {
    as_text(read(path, wanted)?, path, wanted)
}

/// The text of a file's bytes.
///
/// # Errors
/// A text in another encoding is named with the command that converts it.
pub fn as_text(bytes: Vec<u8>, path: &Path, wanted: &Wanted) -> Result<String, Refusal> {
    let encoding = |name: &str| other_encoding(path, wanted.flag, name);
    if let Some(name) = utf_16_or_32(&bytes) {
        return Err(encoding(name));
    }
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        if bytes.contains(&0) {
            no_text(path, wanted, error.utf8_error().valid_up_to())
        } else {
            encoding(likely(bytes))
        }
    })
}

/// By its byte-order mark, or by the zeros that a text in UTF-16 is full of.
fn utf_16_or_32(bytes: &[u8]) -> Option<&'static str> {
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

/// The encoding that the bytes most likely are in. In a short text many encodings are possible; with the hint GBK is
/// tried first, the one that readers of this project meet most.
fn likely(bytes: &[u8]) -> &'static str {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"cn"), Utf8Detection::Deny).name()
}

fn other_encoding(path: &Path, flag: &str, encoding: &str) -> Refusal {
    let (place, shown) = (place(flag, path), path.display());
    let remedy = format!("iconv -f {encoding} -t UTF-8 {shown} > utf8.txt");
    Refusal::new(
        format!("{place}: the text is in {encoding}, not UTF-8; convert it: {remedy}"),
        format!("{place}：文件编码是 {encoding}，不是 UTF-8，请先转换：{remedy}"),
    )
}

fn no_text(path: &Path, wanted: &Wanted, offset: usize) -> Refusal {
    let why = Text::new(
        format!("byte {offset} is not UTF-8, and it is no text in another encoding"),
        format!("第 {offset} 字节不是 UTF-8，也不像其他编码的文本"),
    );
    unreadable(wanted.flag, path, &why, &wanted.what)
}

fn too_large(path: &Path, wanted: &Wanted) -> Refusal {
    let place = place(wanted.flag, path);
    let most = if wanted.most >> 20 == 0 {
        format!("{} KiB", wanted.most >> 10)
    } else {
        format!("{} MiB", wanted.most >> 20)
    };
    let [en, zh] = Lang::ALL.map(|lang| wanted.because.get(lang));
    Refusal::new(
        format!("{place}: larger than {most}, the most that is read: {en}"),
        format!("{place}：超过上限 {most}：{zh}"),
    )
}

#[cfg(unix)]
fn is_device(there: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    there.file_type().is_char_device() || there.file_type().is_block_device()
}

#[cfg(unix)]
fn is_named_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    path.metadata().is_ok_and(|there| there.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_named_pipe(_: &Path) -> bool {
    false
}

/// `<(command)` and the standard input are open already.
fn is_of_the_shell(path: &Path) -> bool {
    ["/dev/fd", "/proc"].iter().any(|folder| path.starts_with(folder)) || path == Path::new("/dev/stdin")
}

#[cfg(not(unix))]
fn is_device(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted() -> Wanted {
        let because = text("a page has less", "一页没有这么长");
        Wanted { flag: "corpus", what: text("a text file", "文本文件"), most: 1 << 12, because }
    }

    fn reading(bytes: &[u8]) -> Result<String, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        read_text(file.path(), &wanted()).map_err(|refusal| refusal.to_string())
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
            // 我爱自然语言处理，这是一段中文文本。
            (b"\xce\xd2\xb0\xae\xd7\xd4\xc8\xbb\xd3\xef\xd1\xd4\xb4\xa6\xc0\xed\xa3\xac\xd5\xe2\xca\xc7\xd2\xbb\xb6\xce\xd6\xd0\xce\xc4\xce\xc4\xb1\xbe\xa1\xa3".repeat(3), "GBK"),
            (b"\xb9\xe6\xc4\xa3,\xb4\xf0\xb6\xd4,\xcc\xe2\xca\xfd\n1,2,3\n".to_vec(), "GBK"), // 规模,答对,题数
            (b"\xbc\xd7,\xd2\xd2\n1,2\n".to_vec(), "GBK"), // 甲,乙
            (b"caf\xe9 d\xe9j\xe0 vu, na\xefve \xe9l\xe8ve".to_vec(), "windows-1252"),
        ];
        for (bytes, name) in cases {
            let refusal = reading(&bytes).unwrap_err();
            assert!(refusal.contains(&format!("in {name}, not UTF-8")), "{refusal}");
            assert!(refusal.contains(&format!("iconv -f {name} -t UTF-8")), "{refusal}");
        }
    }

    #[test]
    fn what_is_no_text_no_file_or_too_large_is_refused() {
        assert!(reading(b"\x7fELF\x02\x01\x00\x00\xff\xff\x00\x81\x00").unwrap_err().contains("no text"));
        assert!(reading(&[b'x'; 5000]).unwrap_err().contains("larger than 4 KiB"));
        let refused = |path: &str| read(Path::new(path), &wanted()).unwrap_err().to_string();
        assert!(refused("/").contains("it is a folder"));
        assert!(refused("/no/such/file").contains("No such file"));
        #[cfg(unix)]
        assert!(refused("/dev/zero").contains("it is a device"));
    }

    /// A pipe with a name waits for a writer who may never come; one that the shell has opened does not.
    #[cfg(unix)]
    #[test]
    fn a_named_pipe_is_refused_and_one_of_the_shell_is_read() {
        use std::os::fd::AsRawFd;
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if made.is_ok_and(|made| made.success()) {
            assert!(read(&pipe, &wanted()).unwrap_err().to_string().contains("named pipe"));
        }
        let (reader, mut writer) = std::io::pipe().unwrap();
        std::io::Write::write_all(&mut writer, b"[1,2]").unwrap();
        drop(writer);
        let path = format!("/dev/fd/{}", reader.as_raw_fd());
        assert_eq!(read(Path::new(&path), &wanted()).unwrap(), b"[1,2]");
    }
}

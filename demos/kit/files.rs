//! A person's own file, read in one way by every lesson.
//!
//! What is no file, what is larger than the lesson can use and what is not UTF-8 is refused, with the reason and
//! the remedy.

use std::fs::File;
use std::io::Read;
use std::path::Path;

pub use super::encoding::as_text;
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

    #[test]
    fn what_is_no_file_or_too_large_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), [b'x'; 5000]).unwrap();
        assert!(read_text(file.path(), &wanted()).unwrap_err().to_string().contains("larger than 4 KiB"));
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

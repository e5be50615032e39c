//! Where text goes: standard output, or a file that is written whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};
use std::path::{Path, PathBuf};

use demos::kit::text::{Lang, Text};
use tempfile::NamedTempFile;

use super::Failure;

/// Where text goes.
pub(crate) struct Output {
    sink: Sink,
    lang: Lang,
}

enum Sink {
    Stdout(BufWriter<StdoutLock<'static>>),
    Draft(Draft),
}

impl Output {
    /// Opens a file, or standard output if none is named. A file that cannot be written is refused
    /// here, before anything is computed.
    pub(crate) fn open(path: Option<&Path>, lang: Lang) -> Result<Output, Failure> {
        let sink = match path {
            None => Sink::Stdout(BufWriter::new(io::stdout().lock())),
            Some(path) => Sink::Draft(Draft::new(path, lang)?),
        };
        Ok(Output { sink, lang })
    }

    /// Adds text.
    pub(crate) fn write(&mut self, text: &str) -> Result<(), Failure> {
        match &mut self.sink {
            Sink::Stdout(out) => {
                out.write_all(text.as_bytes()).map_err(|error| stdout_failure(&error, self.lang))
            }
            Sink::Draft(draft) => draft.write(text),
        }
    }

    /// Lets a reader see what was written so far. A file is seen only once it is whole.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        match &mut self.sink {
            Sink::Stdout(out) => out.flush().map_err(|error| stdout_failure(&error, self.lang)),
            Sink::Draft(_) => Ok(()),
        }
    }

    /// Everything is written.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        match self.sink {
            Sink::Stdout(_) => Ok(()),
            Sink::Draft(draft) => draft.keep(),
        }
    }
}

/// Writes a text to standard output.
pub(crate) fn say(text: &str, lang: Lang) -> Result<(), Failure> {
    let mut output = Output::open(None, lang)?;
    output.write(text)?;
    output.finish()
}

/// Writes a file, and the folder it goes to, whole or not at all.
pub(crate) fn write_file(path: &Path, text: &str, lang: Lang) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error, lang))?;
    }
    let mut draft = Draft::new(path, lang)?;
    draft.write(text)?;
    draft.keep()
}

/// A file that takes its name only when it is whole.
struct Draft {
    body: Body,
    path: PathBuf,
    lang: Lang,
}

enum Body {
    Temporary(NamedTempFile),
    /// A device or a pipe must not be replaced by a file; it is written to.
    Device(File),
}

impl Draft {
    fn new(path: &Path, lang: Lang) -> Result<Draft, Failure> {
        Body::open(path)
            .map(|body| Draft { body, path: path.into(), lang })
            .map_err(|error| cannot_write(path, &error, lang))
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        let written = match &mut self.body {
            Body::Temporary(file) => file.write_all(text.as_bytes()),
            Body::Device(file) => file.write_all(text.as_bytes()),
        };
        written.map_err(|error| cannot_write(&self.path, &error, self.lang))
    }

    fn keep(self) -> Result<(), Failure> {
        let Body::Temporary(file) = self.body else { return Ok(()) };
        let kept = file.persist(target(&self.path));
        kept.map(|_| ()).map_err(|error| cannot_write(&self.path, &error.error, self.lang))
    }
}

impl Body {
    fn open(path: &Path) -> io::Result<Body> {
        let target = target(path);
        match fs::metadata(&target) {
            Ok(there) if there.is_dir() => Err(ErrorKind::IsADirectory.into()),
            Ok(there) if there.permissions().readonly() => Err(ErrorKind::PermissionDenied.into()),
            // `/dev/fd/3` may lead to a file that the shell has opened
            Ok(there) if !there.is_file() || path.starts_with("/dev") => {
                File::options().append(true).open(path).map(Body::Device)
            }
            there => {
                let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
                // not the private permissions of a temporary file, but those of any new file
                let permissions = there.ok().map(|there| there.permissions()).or_else(of_new_file);
                let mut builder = tempfile::Builder::new();
                builder.prefix(".demo-");
                if let Some(permissions) = permissions {
                    builder.permissions(permissions);
                }
                builder.tempfile_in(folder.unwrap_or(Path::new("."))).map(Body::Temporary)
            }
        }
    }
}

/// The file behind a symbolic link: the link stays one.
fn target(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.into())
}

/// Readable and writable by all, less what the umask takes away.
#[cfg(unix)]
fn of_new_file() -> Option<fs::Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o666))
}

#[cfg(not(unix))]
fn of_new_file() -> Option<fs::Permissions> {
    None
}

fn stdout_failure(error: &io::Error, lang: Lang) -> Failure {
    if error.kind() == ErrorKind::BrokenPipe {
        return Failure::reader_left();
    }
    let reason = reason(error);
    let text = Text::new(
        format!("cannot write to standard output: {}", reason.get(Lang::En)),
        format!("无法写入标准输出：{}", reason.get(Lang::Zh)),
    );
    Failure::failed(vec![text.get(lang).to_string()])
}

fn cannot_write(path: &Path, error: &io::Error, lang: Lang) -> Failure {
    let (path, reason) = (path.display(), reason(error));
    let remedy = match error.kind() {
        ErrorKind::NotFound => {
            Text::new("create the folder first, or choose another", "请先创建目录，或换一个目录")
        }
        ErrorKind::IsADirectory => Text::new("give the path of a file, not of a folder", "请给出文件路径"),
        ErrorKind::StorageFull => Text::new("make room, or choose another place", "请腾出空间，或换一个位置"),
        _ => Text::new("choose a place that you may write to", "请换一个有写权限的位置"),
    };
    let text = Text::new(
        format!("cannot write {path}: {} ({})", reason.get(Lang::En), remedy.get(Lang::En)),
        format!("无法写入 {path}：{}（{}）", reason.get(Lang::Zh), remedy.get(Lang::Zh)),
    );
    Failure::failed(vec![text.get(lang).to_string()])
}

/// The system's reason in words, without the number of the error and the name of a temporary file.
fn reason(error: &io::Error) -> Text {
    let text = error.to_string();
    let en = text.split(" (os error").next().unwrap_or(&text).to_string();
    match error.kind() {
        ErrorKind::NotFound => Text::new(en, "目录不存在"),
        ErrorKind::IsADirectory => Text::new(en, "这是一个目录"),
        ErrorKind::NotADirectory => Text::new(en, "路径中有一段不是目录"),
        ErrorKind::PermissionDenied => Text::new(en, "没有写权限"),
        ErrorKind::ReadOnlyFilesystem => Text::new(en, "文件系统只读"),
        ErrorKind::StorageFull => Text::new(en, "空间不足"),
        _ => Text::same(en),
    }
}

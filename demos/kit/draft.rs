//! A file that is written whole or not at all.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::system;
use super::text::{Lang, Text};

/// Why a file could not be written, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.get(Lang::En))]
pub struct CannotWrite(pub Text);

/// A file that takes its name only when it is whole.
#[derive(Debug)]
pub struct Draft {
    body: Body,
    path: PathBuf,
}

#[derive(Debug)]
enum Body {
    Temporary(NamedTempFile),
    /// A device or a pipe must not be replaced by a file; it is written to.
    Device(File),
}

impl Draft {
    /// A draft of the file at a path. A place that cannot be written to is refused here.
    ///
    /// # Errors
    /// [`CannotWrite`]
    pub fn new(path: &Path) -> Result<Draft, CannotWrite> {
        Body::open(path)
            .map(|body| Draft { body, path: path.into() })
            .map_err(|error| CannotWrite::new(path, &error))
    }

    /// Adds text.
    ///
    /// # Errors
    /// [`CannotWrite`]
    pub fn write(&mut self, text: &str) -> Result<(), CannotWrite> {
        let written = match &mut self.body {
            Body::Temporary(file) => file.write_all(text.as_bytes()),
            Body::Device(file) => file.write_all(text.as_bytes()),
        };
        written.map_err(|error| CannotWrite::new(&self.path, &error))
    }

    /// The file is whole: it takes its name.
    ///
    /// # Errors
    /// [`CannotWrite`]
    pub fn keep(self) -> Result<(), CannotWrite> {
        let Body::Temporary(file) = self.body else { return Ok(()) };
        let kept = file.persist(target(&self.path));
        kept.map(|_| ()).map_err(|error| CannotWrite::new(&self.path, &error.error))
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

impl CannotWrite {
    /// What the system said of a path, and what to do about it.
    pub fn new(path: &Path, error: &io::Error) -> CannotWrite {
        let (path, reason) = (path.display(), reason(error));
        let remedy = match error.kind() {
            ErrorKind::NotFound => {
                Text::new("create the folder first, or choose another", "请先创建目录，或换一个目录")
            }
            ErrorKind::IsADirectory => {
                Text::new("give the path of a file, not of a folder", "请给出文件路径")
            }
            ErrorKind::StorageFull => {
                Text::new("make room, or choose another place", "请腾出空间，或换一个位置")
            }
            _ => Text::new("choose a place that you may write to", "请换一个有写权限的位置"),
        };
        CannotWrite(Text::new(
            format!("cannot write {path}: {} ({})", reason.get(Lang::En), remedy.get(Lang::En)),
            format!("无法写入 {path}：{}（{}）", reason.get(Lang::Zh), remedy.get(Lang::Zh)),
        ))
    }
}

/// The system's reason in words, without the number of the error and the name of a temporary file.
pub fn reason(error: &io::Error) -> Text {
    match error.kind() {
        ErrorKind::NotFound => Text::new(system::english(error), "目录不存在"),
        ErrorKind::PermissionDenied => Text::new(system::english(error), "没有写权限"),
        _ => system::reason(error),
    }
}

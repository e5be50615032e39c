//! A file that is written whole or not at all.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use same_file::is_same_file;
use tempfile::NamedTempFile;

use super::text::{Lang, Text};
use super::{leftover, system};

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
    /// Can the file be written? Nothing is left behind; of a run that takes long it is asked before.
    ///
    /// # Errors
    /// [`CannotWrite`]
    pub fn check(path: &Path) -> Result<(), CannotWrite> {
        let refused = |error| CannotWrite::new(path, &error);
        if dangles(path) {
            return Err(CannotWrite::dangling(path));
        }
        match place(path).map_err(refused)? {
            // A pipe that is opened and closed again looks to its reader like the end.
            Place::Device => Ok(()),
            Place::Folder(folder, permissions) => {
                let file = temporary(&folder, permissions).map_err(refused)?;
                leftover::forget(file.path());
                Ok(())
            }
        }
    }

    /// A draft of the file at a path. A place that cannot be written to is refused here.
    ///
    /// # Errors
    /// [`CannotWrite`]
    pub fn new(path: &Path) -> Result<Draft, CannotWrite> {
        if dangles(path) {
            return Err(CannotWrite::dangling(path));
        }
        Body::open(path)
            .map(|body| Draft { body, path: path.into() })
            .map_err(|error| CannotWrite::new(path, &error))
    }

    /// A whole file at once.
    ///
    /// # Errors
    /// [`CannotWrite`]
    pub fn whole(path: &Path, text: &str) -> Result<(), CannotWrite> {
        let mut draft = Draft::new(path)?;
        draft.write(text)?;
        draft.keep()
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
        let draft = file.path().to_path_buf();
        let kept = file.persist(target(&self.path));
        leftover::forget(&draft);
        kept.map(|_| ()).map_err(|error| CannotWrite::new(&self.path, &error.error))
    }
}

/// Where text for a path goes.
enum Place {
    /// A device, a pipe, or a file that is open already, as of `/dev/fd/3`: it is written to.
    Device,
    /// A file in this folder, with these permissions, which takes the place of what is there.
    Folder(PathBuf, Option<fs::Permissions>),
}

/// By what a path leads to, not by its name.
fn place(path: &Path) -> io::Result<Place> {
    let target = target(path);
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => Err(ErrorKind::IsADirectory.into()),
        Ok(there) if there.permissions().readonly() => Err(ErrorKind::PermissionDenied.into()),
        Ok(there) if !there.is_file() || is_descriptor(path) => Ok(Place::Device),
        there => {
            let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
            // not the private permissions of a temporary file, but those of any new file
            let permissions = there.ok().map(|there| there.permissions()).or_else(of_new_file);
            Ok(Place::Folder(folder.unwrap_or(Path::new(".")).into(), permissions))
        }
    }
}

fn temporary(folder: &Path, permissions: Option<fs::Permissions>) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".demo-");
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    leftover::guarded(|| builder.tempfile_in(folder))
}

impl Body {
    fn open(path: &Path) -> io::Result<Body> {
        match place(path)? {
            Place::Device => File::options().append(true).open(path).map(Body::Device),
            Place::Folder(folder, permissions) => temporary(&folder, permissions).map(Body::Temporary),
        }
    }
}

/// Does a path lead, link by link, to a file that a program has open, as `/dev/fd/3` or `/dev/stderr` does?
fn is_descriptor(path: &Path) -> bool {
    let mut path = path.to_path_buf();
    for _ in 0..40 {
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        if fs::canonicalize(&folder).is_ok_and(|folder| folder.starts_with("/proc")) {
            return true;
        }
        match fs::read_link(&path) {
            Ok(next) => path = folder.join(next),
            Err(_) => return false,
        }
    }
    false
}

/// Is it a link to nothing?
fn dangles(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_symlink())
        && fs::metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// The file behind a symbolic link: the link stays one.
fn target(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.into())
}

/// Do two paths lead to one file, whether it exists already or not? Devices and pipes are no files that anything is
/// written over in.
pub fn same_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(a), Ok(b)) => {
            fs::metadata(&a).is_ok_and(|there| there.is_file()) && is_same_file(&a, &b).unwrap_or(false)
        }
        (Err(_), Err(_)) => {
            let folder = |path: &Path| {
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                fs::canonicalize(folder.unwrap_or(Path::new("."))).ok()
            };
            one.file_name() == other.file_name() && folder(one).is_some() && folder(one) == folder(other)
        }
        _ => false,
    }
}

/// Would a file at one path take the place of one that is read from the other, a file or the folder of a model?
pub fn replaces(written: &Path, read: &Path) -> bool {
    match fs::read_dir(read) {
        Err(_) => same_file(written, read),
        // A page may well be written into the folder, but not over what a model is made of.
        Ok(files) => {
            let mut files = files.flatten().filter(|file| is_of_model(&file.file_name().to_string_lossy()));
            files.any(|file| same_file(written, &file.path()))
        }
    }
}

/// Is it a name of the files that a model's folder has?
fn is_of_model(name: &str) -> bool {
    const NAMES: [&str; 10] = [
        "config.json",
        "generation_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "special_tokens_map.json",
        "model.safetensors.index.json",
        "tekken.json",
        "vocab.json",
        "vocab.txt",
        "merges.txt",
    ];
    const ENDINGS: [&str; 6] = [".safetensors", ".gguf", ".bin", ".model", ".tiktoken", ".jinja"];
    NAMES.contains(&name) || ENDINGS.iter().any(|ending| name.ends_with(ending))
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
    /// A link that leads nowhere: what it should become is for the person to say.
    fn dangling(path: &Path) -> CannotWrite {
        let shown = path.display();
        CannotWrite(Text::new(
            format!(
                "cannot write {shown}: it is a link to a file that does not exist (remove the link, or create the file)"
            ),
            format!("无法写入 {shown}：这个链接指向的文件不存在（请删除链接，或先创建文件）"),
        ))
    }

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
            // Of a folder that is to be made.
            ErrorKind::AlreadyExists => {
                Text::new("it is not a folder; give the path of one", "它不是目录，请给出目录路径")
            }
            ErrorKind::NotADirectory => {
                Text::new("a part of the path is a file; give another", "路径中有一段是文件，请换一个")
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

//! What was done when: a file that only grows, one JSON object a line.
//!
//! ```text
//! {"version":1,"at":1796000000,"what":"grade","exercise":"rope","right":12,"cases":14}
//! ```
//!
//! A line is written whole and at once, under a lock: two programs do not mix theirs, and one that is killed loses at
//! most the line that it had not written. A line that cannot be read is counted and passed over; the next one begins
//! on a line of its own.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use etcetera::{BaseStrategy, choose_base_strategy};
use serde_json::{Map, Value, json};

/// The version of the lines that are written.
const VERSION: u64 = 1;
/// Half a million lines, more than a life of practice.
const MOST_BYTES: u64 = 64 << 20;

/// The file of one person.
#[derive(Debug, Clone)]
pub struct Journal {
    path: PathBuf,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Seconds since 1970, UTC.
    pub at: u64,
    /// What: `grade`, `review`.
    pub what: String,
    /// All fields of the line.
    pub fields: Map<String, Value>,
}

/// What stands in a file.
#[derive(Debug, Default)]
pub struct Contents {
    /// The lines that could be read, in the order of the file.
    pub entries: Vec<Entry>,
    /// The numbers of those that could not, from 1.
    pub damaged: Vec<usize>,
    /// The numbers of those that a newer version of the program has written, from 1.
    pub newer: Vec<usize>,
}

/// Where results are kept, and which of its lines could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The file.
    pub path: PathBuf,
    /// The numbers of the lines that could not be read, from 1.
    pub damaged: Vec<usize>,
    /// The numbers of those of a newer version, from 1.
    pub newer: Vec<usize>,
}

/// What stands in a line.
enum Line {
    Entry(Entry),
    /// A version that this program does not know.
    Newer,
    Damaged,
}

impl Journal {
    /// The journal in a folder; without one, in the person's folder for data (XDG).
    ///
    /// # Errors
    /// That of the system where the person has no home.
    pub fn open(folder: Option<&Path>) -> io::Result<Journal> {
        let folder = match folder {
            Some(folder) => folder.to_path_buf(),
            None => choose_base_strategy().map_err(io::Error::other)?.data_dir().join("demo"),
        };
        Ok(Journal { path: folder.join("practice.jsonl") })
    }

    /// Where it stands.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where it stands, with what could not be read.
    pub fn kept(&self, contents: &Contents) -> Kept {
        Kept { path: self.path.clone(), damaged: contents.damaged.clone(), newer: contents.newer.clone() }
    }

    /// Everything that was done. A file that is not there is empty.
    ///
    /// # Errors
    /// That of the system where the file cannot be read.
    pub fn read(&self) -> io::Result<Contents> {
        let file = match self.bounded().and_then(|()| File::open(&self.path)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Contents::default()),
            Err(error) => return Err(error),
        };
        file.lock_shared()?;
        let mut read = Contents::default();
        for (number, line) in BufReader::new(file).split(b'\n').enumerate() {
            let line = line?;
            match read_line(&line) {
                Line::Entry(entry) => read.entries.push(entry),
                Line::Newer => read.newer.push(number + 1),
                Line::Damaged if line.trim_ascii().is_empty() => {}
                Line::Damaged => read.damaged.push(number + 1),
            }
        }
        Ok(read)
    }

    /// A file, and none of a size that no results have. A pipe would wait for its writer, a device have no end.
    fn bounded(&self) -> io::Result<()> {
        let there = fs::metadata(&self.path)?;
        if there.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !there.is_file() {
            let why = "it is a device or a pipe, not a file";
            return Err(io::Error::new(io::ErrorKind::NotSeekable, why));
        }
        if there.len() > MOST_BYTES {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it has more than 64 MiB"));
        }
        Ok(())
    }

    /// Can lines be added? Asked before work that would be lost.
    ///
    /// # Errors
    /// That of the system where the file cannot be written.
    pub fn check(&self) -> io::Result<()> {
        self.to_write().map(drop)
    }

    fn to_write(&self) -> io::Result<File> {
        match self.bounded() {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        OpenOptions::new().read(true).append(true).create(true).open(&self.path)
    }

    /// Adds a line, with the time of now.
    ///
    /// # Errors
    /// That of the system where the file cannot be written.
    pub fn add(&self, what: &str, fields: Value) -> io::Result<()> {
        let at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        self.add_at(at, what, fields)
    }

    /// Adds a line with a time.
    ///
    /// # Errors
    /// That of the system where the file cannot be written.
    pub fn add_at(&self, at: u64, what: &str, fields: Value) -> io::Result<()> {
        let mut line = json!({ "version": VERSION, "at": at, "what": what });
        if let (Value::Object(line), Value::Object(fields)) = (&mut line, fields) {
            line.extend(fields);
        }
        let mut file = self.to_write()?;
        file.lock()?;
        let begin = if ends_mid_line(&mut file)? { "\n" } else { "" };
        file.write_all(format!("{begin}{line}\n").as_bytes())?;
        file.sync_data()
    }
}

/// A line that another program could not finish is left alone.
fn ends_mid_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

fn read_line(line: &[u8]) -> Line {
    let Ok(Value::Object(fields)) = serde_json::from_slice(line) else { return Line::Damaged };
    match fields.get("version").and_then(Value::as_u64) {
        Some(version) if version > VERSION => Line::Newer,
        Some(_) => entry(fields).map_or(Line::Damaged, Line::Entry),
        None => Line::Damaged,
    }
}

fn entry(fields: Map<String, Value>) -> Option<Entry> {
    let at = fields.get("at")?.as_u64()?;
    let what = fields.get("what")?.as_str()?.to_string();
    let count = |name: &str| fields.get(name).and_then(Value::as_u64);
    // More right than were asked: nobody wrote that.
    if count("right").zip(count("cases")).is_some_and(|(right, cases)| right > cases) {
        return None;
    }
    Some(Entry { at, what, fields })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_without_end_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(Some(folder.path())).unwrap();
        std::os::unix::fs::symlink("/dev/zero", journal.path()).unwrap();
        assert_eq!(journal.read().unwrap_err().kind(), io::ErrorKind::NotSeekable);
        assert_eq!(journal.check().unwrap_err().kind(), io::ErrorKind::NotSeekable);
        fs::remove_file(journal.path()).unwrap();
        File::create(journal.path()).unwrap().set_len(MOST_BYTES + 1).unwrap(); // of holes alone
        assert_eq!(journal.read().unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn lines_come_back_and_a_damaged_one_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(Some(folder.path())).unwrap();
        assert!(journal.read().unwrap().entries.is_empty());
        journal.add_at(5, "grade", json!({ "exercise": "rope" })).unwrap();
        let mut file = OpenOptions::new().append(true).open(journal.path()).unwrap();
        file.write_all(b"{\"version\":1,\"at\":6,\"wh").unwrap(); // killed while writing
        journal.add_at(7, "grade", json!({ "exercise": "top-p" })).unwrap();
        let read = journal.read().unwrap();
        let times: Vec<u64> = read.entries.iter().map(|entry| entry.at).collect();
        assert_eq!((times, read.damaged), (vec![5, 7], vec![2]));
        assert_eq!(read.entries[1].fields["exercise"], "top-p");
    }

    #[test]
    fn a_line_of_a_newer_version_is_not_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(Some(folder.path())).unwrap();
        let lines = "{\"version\":9,\"when\":\"today\"}\n{\"version\":1}\n\n{}\n\
            {\"version\":1,\"at\":6,\"what\":\"grade\",\"exercise\":\"rope\",\"right\":99,\"cases\":8}\n";
        fs::write(journal.path(), lines).unwrap();
        let read = journal.read().unwrap();
        assert_eq!((read.newer, read.damaged), (vec![1], vec![2, 4, 5]));
    }

    #[test]
    fn two_who_write_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(Some(folder.path())).unwrap();
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let journal = journal.clone();
                scope.spawn(move || {
                    (0..25).for_each(|i| journal.add_at(i, "review", json!({ "writer": writer })).unwrap());
                });
            }
        });
        let read = journal.read().unwrap();
        assert_eq!((read.entries.len(), read.damaged.len()), (100, 0));
    }
}

//! Where text goes: standard output, or a file that is written whole or not at all.

use std::fs;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};

use demos::kit::draft::{CannotWrite, Draft, reason};
use demos::kit::text::{Lang, Text};
use demos::kit::visible::visible;

use super::Failure;
use super::args::Common;
use super::pager::Pager;

/// Where text goes.
pub(crate) struct Output {
    sink: Sink,
    lang: Lang,
}

enum Sink {
    Stdout(BufWriter<StdoutLock<'static>>),
    Pager(Pager),
    /// A file, and what it will hold: it is written when there is all of it.
    File(PathBuf, String),
}

impl Output {
    /// Opens the file that was asked for, or standard output, at a terminal through a pager. A file that
    /// cannot be written is refused here, before anything is computed.
    pub(crate) fn open(file: Option<&Path>, common: &Common) -> Result<Output, Failure> {
        let paged = || (common.pager && common.form.folds).then(Pager::start).flatten();
        let sink = match file {
            Some(path) => {
                check_place(path, common.lang)?;
                Sink::File(path.into(), String::new())
            }
            None => paged().map_or_else(stdout, Sink::Pager),
        };
        Ok(Output { sink, lang: common.lang })
    }

    /// Adds text.
    pub(crate) fn write(&mut self, text: &str) -> Result<(), Failure> {
        match &mut self.sink {
            Sink::Stdout(out) => {
                out.write_all(text.as_bytes()).map_err(|error| stdout_failure(&error, self.lang))
            }
            Sink::Pager(pager) => {
                pager.write_all(text.as_bytes()).map_err(|error| stdout_failure(&error, self.lang))
            }
            Sink::File(_, whole) => {
                whole.push_str(text);
                Ok(())
            }
        }
    }

    /// Adds a text for another program, as it is. A terminal gets its lines with hidden characters written out.
    pub(crate) fn write_exactly(&mut self, text: &str) -> Result<(), Failure> {
        if matches!(self.sink, Sink::File(..)) || !io::stdout().is_terminal() {
            return self.write(text);
        }
        let lines: Vec<_> = text.split('\n').map(visible).collect();
        self.write(&lines.join("\n"))
    }

    /// Lets a reader see what was written so far. A file is seen only once it is whole.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        match &mut self.sink {
            Sink::Stdout(out) => out.flush().map_err(|error| stdout_failure(&error, self.lang)),
            Sink::Pager(pager) => pager.flush().map_err(|error| stdout_failure(&error, self.lang)),
            Sink::File(..) => Ok(()),
        }
    }

    /// Everything is written.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        match self.sink {
            Sink::Stdout(_) | Sink::Pager(_) => Ok(()),
            Sink::File(path, text) => write_whole(&path, &text, self.lang),
        }
    }
}

/// Writes a text to standard output.
pub(crate) fn say(text: &str, lang: Lang) -> Result<(), Failure> {
    let mut output = Output { sink: stdout(), lang };
    output.write(text)?;
    output.finish()
}

fn stdout() -> Sink {
    Sink::Stdout(BufWriter::new(io::stdout().lock()))
}

/// Writes a file, and the folder it goes to, whole or not at all.
pub(crate) fn write_file(path: &Path, text: &str, lang: Lang) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| failed(&CannotWrite::new(folder, &error), lang))?;
    }
    write_whole(path, text, lang)
}

/// Can a file be written that is written later? One that cannot is refused before anything is computed.
pub(crate) fn check_place(path: &Path, lang: Lang) -> Result<(), Failure> {
    Draft::check(path).map_err(|error| failed(&error, lang))
}

/// Writes a file whole or not at all.
pub(crate) fn write_whole(path: &Path, text: &str, lang: Lang) -> Result<(), Failure> {
    Draft::whole(path, text).map_err(|error| failed(&error, lang))
}

fn failed(error: &CannotWrite, lang: Lang) -> Failure {
    Failure::failed(vec![error.0.get(lang).to_string()])
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

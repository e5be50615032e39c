//! A person's program: started once, asked line by line, limited, ended with all that it started.
//!
//! It is started directly, without a shell, in a process group of its own. A thread reads its lines and another what
//! it writes to its standard error, so that neither can fill a pipe and stop it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{self, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::kit::leftover;

/// The longest line that is read: far above any answer.
const LONGEST_LINE: u64 = 4 << 20;

/// Of what a program writes to its standard error, this much of the end is kept.
const STDERR_KEPT: usize = 16 << 10;

/// How long a program that has closed its output may take to end by itself, so that its exit status can be told.
const TO_END: Duration = Duration::from_secs(2);

/// How long is waited for a line that nobody asked for.
const TO_SPEAK_AGAIN: Duration = Duration::from_millis(20);

/// What a program may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Seconds for one case; the first has as long again for the start.
    pub seconds: f64,
    /// Bytes of memory; kept where the system can (Linux).
    pub memory: u64,
}

/// A program that runs.
#[derive(Debug)]
pub struct Child {
    process: process::Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<Line>,
    stderr: Arc<Mutex<Vec<u8>>>,
    stderr_reader: Option<JoinHandle<()>>,
    limits: Limits,
    asked: usize,
}

#[derive(Debug)]
enum Line {
    Whole(String),
    Endless,
}

/// A program that could not be started.
#[derive(Debug)]
pub struct NotStarted(pub io::Error);

/// Why no line came.
#[derive(Debug, PartialEq)]
pub enum Silence {
    /// The program has ended.
    Ended(Ending),
    /// Nothing within the limit.
    TooLong {
        /// The limit.
        seconds: f64,
    },
    /// A line longer than any answer.
    Endless,
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With an exit status.
    Status(i32),
    /// By a signal.
    Signal(i32),
    /// It closed its output and runs on.
    OutputClosed,
}

impl Child {
    /// Starts a program.
    ///
    /// # Errors
    /// [`NotStarted`]
    pub fn start(words: &[String], limits: &Limits) -> Result<Child, NotStarted> {
        let (program, args) =
            words.split_first().ok_or_else(|| NotStarted(io::ErrorKind::InvalidInput.into()))?;
        let mut command = Command::new(program);
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        in_a_group_of_its_own(&mut command);
        let mut process = leftover::guarded_program(|| command.spawn()).map_err(NotStarted)?;
        limit_memory(&process, limits.memory);
        let (send, lines) = sync_channel(16);
        let stdout = process.stdout.take();
        thread::spawn(move || stdout.into_iter().for_each(|stdout| read_lines(stdout, &send)));
        let stderr = Arc::new(Mutex::new(Vec::new()));
        let (kept, pipe) = (Arc::clone(&stderr), process.stderr.take());
        let stderr_reader =
            thread::spawn(move || pipe.into_iter().for_each(|pipe| keep_the_end(pipe, &kept)));
        let stdin = process.stdin.take();
        Ok(Child {
            process,
            stdin,
            lines,
            stderr,
            stderr_reader: Some(stderr_reader),
            limits: *limits,
            asked: 0,
        })
    }

    /// Writes a line, and waits for one.
    ///
    /// # Errors
    /// [`Silence`]
    pub fn ask(&mut self, line: &str) -> Result<String, Silence> {
        // A program that does not read gets no line; that it has ended is seen below.
        if let Some(stdin) = &mut self.stdin {
            let _ = stdin.write_all(format!("{line}\n").as_bytes()).and_then(|()| stdin.flush());
        }
        let starts = if self.asked == 0 { 2.0 } else { 1.0 };
        self.asked += 1;
        match self.lines.recv_timeout(Duration::from_secs_f64(self.limits.seconds * starts)) {
            Ok(Line::Whole(line)) => Ok(line),
            Ok(Line::Endless) => Err(Silence::Endless),
            Err(RecvTimeoutError::Timeout) => Err(Silence::TooLong { seconds: self.limits.seconds * starts }),
            Err(RecvTimeoutError::Disconnected) => Err(Silence::Ended(self.ending())),
        }
    }

    /// A line that comes after the last reply.
    pub fn spoke_again(&mut self) -> Option<String> {
        match self.lines.recv_timeout(TO_SPEAK_AGAIN) {
            Ok(Line::Whole(line)) => Some(line),
            Ok(Line::Endless) => Some("…".into()),
            Err(_) => None,
        }
    }

    /// How the program ended that has closed its output.
    fn ending(&mut self) -> Ending {
        let until = Instant::now() + TO_END;
        while Instant::now() < until {
            match self.process.try_wait() {
                Ok(Some(status)) => return of_status(status),
                Ok(None) => thread::sleep(Duration::from_millis(5)),
                Err(_) => break,
            }
        }
        Ending::OutputClosed
    }

    /// Ends the program and all that it started; the end of what it wrote to its standard error.
    pub fn end(mut self) -> String {
        self.stdin = None;
        leftover::end_program(&mut self.process);
        // Whoever still holds the pipe has left the group; it is not waited for.
        let until = Instant::now() + Duration::from_millis(200);
        while self.stderr_reader.as_ref().is_some_and(|reader| !reader.is_finished())
            && Instant::now() < until
        {
            thread::sleep(Duration::from_millis(1));
        }
        let kept = self.stderr.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&kept).into_owned()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        leftover::end_program(&mut self.process);
    }
}

#[cfg(unix)]
fn in_a_group_of_its_own(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn in_a_group_of_its_own(_: &mut Command) {}

#[cfg(target_os = "linux")]
fn limit_memory(process: &process::Child, bytes: u64) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};

    let limit = Rlimit { current: Some(bytes), maximum: Some(bytes) };
    let _ = prlimit(Some(Pid::from_child(process)), Resource::As, limit); // one that has ended needs none
}

#[cfg(not(target_os = "linux"))]
fn limit_memory(_: &process::Child, _: u64) {}

#[cfg(unix)]
fn of_status(status: ExitStatus) -> Ending {
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    signal.map_or_else(|| Ending::Status(status.code().unwrap_or(-1)), Ending::Signal)
}

#[cfg(not(unix))]
fn of_status(status: ExitStatus) -> Ending {
    Ending::Status(status.code().unwrap_or(-1))
}

/// Sends every line until the pipe ends or nobody listens. Empty lines are none.
fn read_lines(pipe: impl Read, send: &SyncSender<Line>) {
    let mut pipe = BufReader::new(pipe);
    loop {
        let mut line = Vec::new();
        match pipe.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let whole = line.len() < LONGEST_LINE as usize || line.ends_with(b"\n");
        let text = String::from_utf8_lossy(&line).trim().to_string();
        let line = if whole { Line::Whole(text) } else { Line::Endless };
        let empty = matches!(&line, Line::Whole(text) if text.is_empty());
        if !empty && send.send(line).is_err() || !whole {
            return;
        }
    }
}

/// Reads to the end and keeps the last part.
fn keep_the_end(mut pipe: impl Read, kept: &Mutex<Vec<u8>>) {
    let mut block = [0; 4096];
    while let Ok(read @ 1..) = pipe.read(&mut block) {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend_from_slice(&block[..read]);
        let over = kept.len().saturating_sub(STDERR_KEPT);
        kept.drain(..over);
    }
}

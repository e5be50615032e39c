//! What has to go when a signal ends the program: files that are not whole yet, programs that were started.
//!
//! A draft has a name of its own in its folder until it is whole, and a person's program has a process group of its
//! own. The program that ends by itself sees to both; one that Ctrl-C, TERM or a closed terminal ends has to be told to.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

/// What is there now and has to go.
static OPEN: Mutex<Vec<Leftover>> = Mutex::new(Vec::new());

#[derive(PartialEq)]
enum Leftover {
    File(PathBuf),
    /// A process group, by the id of the program that leads it.
    Group(u32),
}

impl Leftover {
    fn remove(&self) {
        match self {
            Leftover::File(path) => drop(std::fs::remove_file(path)),
            Leftover::Group(leader) => end_group(*leader),
        }
    }
}

fn open() -> MutexGuard<'static, Vec<Leftover>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a program that a signal ends together with all that it has started. No signal comes between its start and
/// its being known.
pub(crate) fn guarded_program(start: impl FnOnce() -> io::Result<Child>) -> io::Result<Child> {
    signals::watch();
    let mut open = open();
    let child = start()?;
    open.push(Leftover::Group(child.id()));
    Ok(child)
}

/// Ends a program and all that it has started. The second time nothing: its number may be another program's by then.
pub(crate) fn end_program(child: &mut Child) {
    let group = Leftover::Group(child.id());
    if !open().contains(&group) {
        return;
    }
    group.remove();
    let _ = child.kill();
    let _ = child.wait();
    open().retain(|other| *other != group);
}

#[cfg(unix)]
fn end_group(leader: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};

    if let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(group, Signal::KILL); // it may be gone already
    }
}

#[cfg(not(unix))]
fn end_group(_: u32) {}

/// Makes a file that a signal removes. No signal comes between its making and its being known.
pub(super) fn guarded(make: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<NamedTempFile> {
    signals::watch();
    let mut open = open();
    let file = make()?;
    open.push(Leftover::File(file.path().to_path_buf()));
    Ok(file)
}

/// The file is gone, or has taken its name.
pub(super) fn forget(path: &Path) {
    open().retain(|other| !matches!(other, Leftover::File(known) if known == path));
}

/// While it lives, the first Ctrl-C does not end the program but is noted, so that what is done can be shown; a second
/// one ends it.
#[derive(Debug)]
pub(crate) struct Grace(Arc<AtomicBool>);

static GRACE: Mutex<Option<Arc<AtomicBool>>> = Mutex::new(None);

impl Grace {
    /// From now on. Of two at a time the newer one hears the signal.
    #[allow(clippy::new_without_default)]
    pub(crate) fn new() -> Grace {
        signals::watch();
        let flag = Arc::new(AtomicBool::new(false));
        *GRACE.lock().unwrap_or_else(PoisonError::into_inner) = Some(flag.clone());
        Grace(flag)
    }

    /// Did somebody press Ctrl-C?
    pub(crate) fn interrupted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for Grace {
    fn drop(&mut self) {
        let mut grace = GRACE.lock().unwrap_or_else(PoisonError::into_inner);
        if grace.as_ref().is_some_and(|flag| Arc::ptr_eq(flag, &self.0)) {
            *grace = None;
        }
    }
}

/// Is the signal one that somebody asked to hear? The second one is not.
#[cfg(unix)]
fn is_heard() -> bool {
    let grace = GRACE.lock().unwrap_or_else(PoisonError::into_inner);
    grace.as_ref().is_some_and(|flag| !flag.swap(true, Ordering::Relaxed))
}

#[cfg(unix)]
mod signals {
    use std::sync::Once;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    static WATCHED: Once = Once::new();

    /// From now on a signal removes what is open, and then does what it always does. Where no thread can be had, it
    /// does that only.
    pub(super) fn watch() {
        WATCHED.call_once(|| {
            let watching = || {
                let Ok(mut signals) = Signals::new(heeded()) else { return };
                for signal in signals.forever() {
                    if signal == SIGINT && super::is_heard() {
                        continue;
                    }
                    let open = super::open(); // held, so that nothing new is made
                    open.iter().for_each(super::Leftover::remove);
                    let _ = emulate_default_handler(signal);
                }
            };
            let _ = std::thread::Builder::new().name("signals".into()).spawn(watching);
        });
    }

    /// A program under nohup does not heed that its terminal is gone.
    fn heeded() -> Vec<i32> {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
        let heeds = |signal: &i32| ignored >> (signal - 1) & 1 == 0;
        [SIGINT, SIGTERM, SIGHUP].into_iter().filter(heeds).collect()
    }
}

#[cfg(not(unix))]
mod signals {
    pub(super) fn watch() {}
}

//! How much memory a call takes beyond what is taken already.

/// The result of a call, and how many bytes the process grew meanwhile; `None` where the system does
/// not tell.
pub(crate) fn peak_of<T>(run: impl FnOnce() -> T) -> (T, Option<u64>) {
    // 5 sets the mark of the largest size back to the size now (Linux).
    let reset = std::fs::write("/proc/self/clear_refs", "5").is_ok();
    let before = status("VmRSS:");
    let result = run();
    let peak = status("VmHWM:").filter(|_| reset);
    (result, peak.zip(before).map(|(peak, before)| peak.saturating_sub(before)))
}

/// One line on the screen.
pub(crate) fn say(name: &str, more: Option<u64>) {
    if let Some(bytes) = more {
        println!("  {name}: {:.1} MB more at its peak", bytes as f64 / 1e6);
    }
}

/// A line of the process's status, in bytes.
fn status(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

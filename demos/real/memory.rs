//! How much memory the machine has.

/// Bytes in all, where the system says so.
#[cfg(target_os = "linux")]
pub(super) fn total() -> Option<u64> {
    let said = rustix::system::sysinfo();
    #[allow(clippy::useless_conversion, reason = "of another width on machines of 32 bits")]
    u64::try_from(said.totalram).ok()?.checked_mul(said.mem_unit.into())
}

/// Bytes in all, where the system says so.
#[cfg(not(target_os = "linux"))]
pub(super) fn total() -> Option<u64> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #[test]
    fn a_machine_has_between_a_megabyte_and_a_petabyte() {
        assert!(super::total().is_some_and(|bytes| (1 << 20..1 << 50).contains(&bytes)));
    }
}

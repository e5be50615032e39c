//! The table on the screen and the rows in the file, with what a reader must know beside a time.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::timing::Timing;

const HEADER: &str = "date,cpu,compiler,threads,work,n,causal,implementation,version,median_ms,min_ms,ratio_to_ours,\
                      min_ratio_to_ours,busy_processors";

/// Where results go.
pub(crate) struct Report {
    threads: u32,
    date: String,
    cpu: String,
    csv: Option<PathBuf>,
}

impl Report {
    /// Prints the surroundings and makes sure that the file can be written, before any time is spent.
    pub(crate) fn new(threads: u32, csv: Option<&Path>) -> Result<Self> {
        let report = Report {
            threads,
            date: time::OffsetDateTime::now_utc().date().to_string(),
            cpu: cpu(),
            csv: csv.map(Path::to_owned),
        };
        println!("{}, {}, {}, threads: {threads}", report.date, report.cpu, compiler());
        if let Some(path) = csv
            && std::fs::metadata(path).map_or(true, |file| file.len() == 0)
        {
            report.append(&format!("{HEADER}\n"))?;
        }
        Ok(report)
    }

    /// One case of a piece of work: all implementations, the first of them ours. `causal` is `None` where no
    /// mask is possible.
    pub(crate) fn case(&self, work: &str, n: usize, causal: Option<bool>, timings: &[Timing]) -> Result<()> {
        let Some(ours) = timings.first() else { return Ok(()) };
        println!("\n{work}, n = {n}{}", if causal == Some(true) { ", causal" } else { "" });
        let causal = causal.map_or_else(String::new, |causal| causal.to_string());
        println!(
            "  {:24} {:>12} {:>11} {:>11} {:>8} {:>9} {:>6}",
            "", "version", "median ms", "min ms", "ratio", "min ratio", "busy"
        );
        let mut rows = String::new();
        for timing in timings {
            let Timing { name, version, median, min, busy } = timing;
            let (median_ms, min_ms) = (median * 1e3, min * 1e3);
            let (ratio, min_ratio) = (median / ours.median, min / ours.min);
            println!(
                "  {name:24} {version:>12} {median_ms:11.3} {min_ms:11.3} {ratio:8.2} {min_ratio:9.2} {busy:6.2}"
            );
            let (date, cpu, compiler) = (&self.date, quoted(&self.cpu), quoted(compiler()));
            let (threads, work) = (self.threads, quoted(work));
            rows += &format!(
                "{date},{cpu},{compiler},{threads},{work},{n},{causal},{},{},{median_ms:.4},{min_ms:.4},{ratio:.3},\
                 {min_ratio:.3},{busy:.2}\n",
                quoted(name),
                quoted(version),
            );
            if *busy > f64::from(self.threads) * 1.1 {
                println!("  {name} kept more processors busy than it was given");
            }
        }
        if ours.busy < 0.85 * f64::from(self.threads) {
            println!(
                "  ours had only {:.2} processors: if others used the machine, trust min more",
                ours.busy
            );
        }
        self.append(&rows)
    }

    fn append(&self, text: &str) -> Result<()> {
        let Some(path) = &self.csv else { return Ok(()) };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("no folder {}", folder.display()))?;
        }
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .with_context(|| format!("{} cannot be written", path.display()))
    }
}

/// The version of a crate, from the lock file that this program was built with.
pub(crate) fn version_of(name: &str) -> String {
    let mut lines = include_str!("../Cargo.lock").lines();
    let wanted = format!("name = \"{name}\"");
    let _ = lines.by_ref().find(|line| *line == wanted);
    let version = lines.next().and_then(|line| line.strip_prefix("version = "));
    version.unwrap_or("unknown").trim_matches('"').to_owned()
}

fn compiler() -> &'static str {
    env!("PEERS_RUSTC")
}

fn cpu() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    model.map_or_else(|| "unknown cpu".to_owned(), |(_, name)| name.trim().to_owned())
}

/// A field of a CSV row.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_come_from_the_lock_file() {
        assert!(version_of("candle-core").starts_with("0."));
        assert_eq!(version_of("no such crate"), "unknown");
    }

    #[test]
    fn commas_are_quoted() {
        assert_eq!(quoted("a b"), "a b");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
    }
}

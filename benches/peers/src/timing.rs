//! Takes turns: every implementation is timed in every round of one run.
//!
//! A machine is faster at one moment than at another. Implementations that are timed one after the
//! other see different machines; in turns they see the same one.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use cpu_time::ProcessTime;

/// The fewest rounds that still give a median.
const MIN_ROUNDS: usize = 5;
/// More rounds than this change nothing.
const MAX_ROUNDS: usize = 101;
/// A sample repeats short calls until about this much time has passed.
const SAMPLE: f64 = 0.02;
/// Idle threads of the implementation before may spin for a while. They get time to fall asleep.
const PAUSE: Duration = Duration::from_millis(30);

/// How long some calls took together, in seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sample {
    pub(crate) wall: f64,
    /// Summed over all threads of the process.
    pub(crate) cpu: f64,
}

/// One implementation, ready to run on inputs that it already holds.
pub(crate) trait Peer {
    fn name(&self) -> &str;
    fn version(&self) -> &str;
    /// The result of one call, as flat numbers.
    fn output(&mut self) -> Result<Vec<f32>>;
    /// Times that many calls.
    fn time(&mut self, calls: usize) -> Result<Sample>;
}

/// An implementation that is a function of this process.
pub(crate) struct Local<T, Run, Flat> {
    name: &'static str,
    version: String,
    run: Run,
    flat: Flat,
    result: std::marker::PhantomData<fn() -> T>,
}

impl<T, Run, Flat> Local<T, Run, Flat>
where
    Run: FnMut() -> Result<T>,
    Flat: Fn(T) -> Result<Vec<f32>>,
{
    /// `run` is what is timed; `flat` turns its result into numbers that can be compared.
    pub(crate) fn new(name: &'static str, version: String, run: Run, flat: Flat) -> Self {
        Local { name, version, run, flat, result: std::marker::PhantomData }
    }
}

impl<T, Run, Flat> Peer for Local<T, Run, Flat>
where
    Run: FnMut() -> Result<T>,
    Flat: Fn(T) -> Result<Vec<f32>>,
{
    fn name(&self) -> &str {
        self.name
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn output(&mut self) -> Result<Vec<f32>> {
        (self.flat)((self.run)()?)
    }

    fn time(&mut self, calls: usize) -> Result<Sample> {
        let (cpu, wall) = (ProcessTime::now(), Instant::now());
        for _ in 0..calls {
            std::hint::black_box((self.run)()?);
        }
        Ok(Sample { wall: wall.elapsed().as_secs_f64(), cpu: cpu.elapsed().as_secs_f64() })
    }
}

/// What came out for one implementation; times are seconds a call.
#[derive(Debug, Clone)]
pub(crate) struct Timing {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) median: f64,
    pub(crate) min: f64,
    /// Processor time by wall time: how many processors it kept busy.
    pub(crate) busy: f64,
}

/// Times all in turns for about `seconds`, in every second round backwards.
pub(crate) fn take_turns(peers: &mut [Box<dyn Peer + '_>], seconds: f64) -> Result<Vec<Timing>> {
    // The first call after the check tells how many calls make a sample.
    let mut calls = Vec::new();
    let mut round = 0.0;
    for peer in peers.iter_mut() {
        let once = peer.time(1)?.wall;
        let count = (SAMPLE / once.max(1e-9)).ceil().max(1.0);
        calls.push(count as usize);
        round += count * once + PAUSE.as_secs_f64();
    }
    let rounds = ((seconds / round) as usize).clamp(MIN_ROUNDS, MAX_ROUNDS);

    let mut samples: Vec<Vec<Sample>> = vec![Vec::new(); peers.len()];
    for round in 0..rounds {
        for turn in 0..peers.len() {
            let which = if round % 2 == 0 { turn } else { peers.len() - 1 - turn };
            std::thread::sleep(PAUSE);
            let peer = &mut peers[which];
            let sample =
                peer.time(calls[which]).with_context(|| format!("{} failed while timed", peer.name()))?;
            samples[which].push(sample);
        }
    }

    let timings = peers.iter().zip(&samples).zip(&calls).map(|((peer, samples), &calls)| {
        let mut walls: Vec<f64> = samples.iter().map(|sample| sample.wall / calls as f64).collect();
        walls.sort_by(f64::total_cmp);
        let (wall, cpu) = samples.iter().fold((0.0, 0.0), |(w, c), s| (w + s.wall, c + s.cpu));
        Timing {
            name: peer.name().to_owned(),
            version: peer.version().to_owned(),
            median: median(&walls),
            min: walls[0],
            busy: cpu / wall,
        }
    });
    Ok(timings.collect())
}

/// The middle of sorted numbers.
fn median(sorted: &[f64]) -> f64 {
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[half] } else { (sorted[half - 1] + sorted[half]) / 2.0 }
}

/// Fails, naming the implementation, unless all give what the first one gives.
pub(crate) fn check_agreement(peers: &mut [Box<dyn Peer + '_>], tolerance: f32) -> Result<()> {
    let mut wanted: Vec<f32> = Vec::new();
    for (i, peer) in peers.iter_mut().enumerate() {
        let got = peer.output().with_context(|| format!("{} failed", peer.name()))?;
        let name = peer.name();
        if i == 0 {
            ensure!(got.iter().all(|x| x.is_finite()), "{name} gives numbers that are not finite");
            wanted = got;
            continue;
        }
        ensure!(got.len() == wanted.len(), "{name} gives {} numbers, not {}", got.len(), wanted.len());
        for (at, (have, want)) in got.iter().zip(&wanted).enumerate() {
            let near = (have - want).abs() <= tolerance * want.abs().max(1.0);
            ensure!(near, "{name} disagrees at number {at}: {have} instead of {want}");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn constant(name: &'static str, value: f32) -> Box<dyn Peer> {
        Box::new(Local::new(name, "0".to_owned(), move || Ok(value), |x| Ok(vec![x, 2.0])))
    }

    #[test]
    fn median_of_odd_and_even() {
        assert_eq!(median(&[1.0, 2.0, 9.0]), 2.0);
        assert_eq!(median(&[1.0, 2.0, 4.0, 9.0]), 3.0);
    }

    #[test]
    fn the_one_that_disagrees_is_named() {
        assert!(check_agreement(&mut [constant("a", 1.0), constant("b", 1.00001)], 1e-4).is_ok());
        for wrong in [1.1, f32::NAN] {
            let error = check_agreement(&mut [constant("a", 1.0), constant("b", wrong)], 1e-4).unwrap_err();
            assert!(error.to_string().starts_with("b disagrees at number 0"), "{error}");
        }
    }

    #[test]
    fn everyone_gets_a_turn() -> Result<()> {
        let timings = take_turns(&mut [constant("a", 1.0), constant("b", 1.0)], 0.01)?;
        assert_eq!(timings.len(), 2);
        assert!(timings.iter().all(|t| t.min > 0.0 && t.min <= t.median));
        Ok(())
    }
}

//! A token costs no allocation: a program of its own, since the counter counts everything in it. It has no
//! test harness either, whose thread would ask for memory meanwhile.

use concepts::decoding::{Sampler, Settings};
use concepts::numerics::rng;
use peak_alloc::PeakAlloc;
use rand_distr::{Distribution, StandardNormal};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// No memory is asked for after the first token.
fn main() {
    let mut random = rng(1, "logits");
    let mut normal = |spread: f32| -> Vec<f32> {
        (0..32_000).map(|_| spread * Distribution::<f32>::sample(&StandardNormal, &mut random)).collect()
    };
    // Those that come later are nearly flat, or tie: far more tokens are picked out than at first.
    let later = [normal(2.5), normal(0.01), vec![0.0; 32_000], normal(8.0)];
    let first = normal(2.5);
    for settings in [
        Settings::default(),
        Settings { temperature: 0.0, ..Settings::default() },
        Settings { top_k: Some(50), ..Settings::default() },
        Settings { top_p: Some(0.9), ..Settings::default() },
        Settings { min_p: Some(0.05), ..Settings::default() },
        Settings { temperature: 0.8, top_k: Some(40), top_p: Some(0.95), min_p: Some(0.05), cut: None },
        Settings { temperature: 0.8, top_k: None, top_p: Some(0.95), min_p: Some(0.0001), cut: None },
    ] {
        let mut sampler = Sampler::new(settings).expect("settings in range");
        let mut draws = rng(2, "draws");
        sampler.sample(&first, &mut draws).expect("finite logits");
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        for _ in 0..20 {
            for logits in &later {
                sampler.sample(logits, &mut draws).expect("finite logits");
            }
        }
        assert_eq!(MEMORY.peak_usage(), before, "{settings:?}");
    }
}

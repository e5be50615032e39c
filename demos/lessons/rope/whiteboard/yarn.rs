use std::f64::consts::TAU;

/// YaRN: fast pairs are kept, slow ones interpolated, a ramp in between. → (frequencies (d/2), factor)
/// The factor √(1/t) multiplies cos and sin, so q and k each, and the logits by its square.
pub fn yarn(d: usize, base: f64, s: f64, train_len: f64) -> (Vec<f64>, f64) {
    const ALPHA: f64 = 1.0; // below one turn in training: interpolate
    const BETA: f64 = 32.0; // above 32 turns: keep
    let theta = (0..d / 2).map(|i| {
        let theta = base.powf(-2.0 * i as f64 / d as f64);
        let turns = train_len * theta / TAU;
        let gamma = ((turns - ALPHA) / (BETA - ALPHA)).clamp(0.0, 1.0);
        (1.0 - gamma) * theta / s + gamma * theta
    });
    (theta.collect(), 0.1 * s.ln() + 1.0)
}

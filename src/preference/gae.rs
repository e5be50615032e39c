//! Generalised advantage estimation, three times.

/// Advantages along one episode, by the recursion.
///
/// # Formula
/// `δ_t = r_t + γ V_{t+1} − V_t`, `A_t = δ_t + γ λ A_{t+1}`
///
/// # Shapes
/// rewards `(T)`, values `(T + 1)`: the last one is of the state behind the last reward, 0 if the episode has ended
///
/// # Reference
/// Schulman et al. 2016.
///
/// # Examples
/// ```
/// use concepts::preference::gae;
/// // λ = 1: what came, less what was expected. λ = 0: one step.
/// assert_eq!(gae(&[0.0, 1.0], &[0.5, 0.25, 0.0], 1.0, 1.0), [0.5, 0.75]);
/// assert_eq!(gae(&[0.0, 1.0], &[0.5, 0.25, 0.0], 1.0, 0.0), [-0.25, 0.75]);
/// ```
pub fn gae(rewards: &[f64], values: &[f64], gamma: f64, lambda: f64) -> Vec<f64> {
    let mut out = vec![0.0; rewards.len()];
    let mut next = 0.0;
    for t in (0..rewards.len()).rev() {
        let delta = rewards[t] + gamma * values[t + 1] - values[t];
        next = delta + gamma * lambda * next;
        out[t] = next;
    }
    out
}

/// The same as a sum.
///
/// # Formula
/// `A_t = Σ_k (γ λ)^k δ_{t+k}`
pub fn gae_by_sum(rewards: &[f64], values: &[f64], gamma: f64, lambda: f64) -> Vec<f64> {
    let end = rewards.len();
    let delta = |t: usize| rewards[t] + gamma * values[t + 1] - values[t];
    (0..end).map(|t| (t..end).map(|s| (gamma * lambda).powi((s - t) as i32) * delta(s)).sum()).collect()
}

/// The same as a mean of n-step returns, less the value; the last return has the weight that is left.
///
/// # Formula
/// `A_t = (1 − λ) Σ_{n<N} λ^{n−1} G_n + λ^{N−1} G_N − V_t`, `G_n = Σ_{k<n} γ^k r_{t+k} + γ^n V_{t+n}`, `N = T − t`
pub fn gae_by_returns(rewards: &[f64], values: &[f64], gamma: f64, lambda: f64) -> Vec<f64> {
    let end = rewards.len();
    let of = |t: usize| {
        let steps = end - t;
        let ret = |n: usize| {
            let earned: f64 = (0..n).map(|k| gamma.powi(k as i32) * rewards[t + k]).sum();
            earned + gamma.powi(n as i32) * values[t + n]
        };
        let weight = |n: usize| {
            let power = lambda.powi(n as i32 - 1);
            if n == steps { power } else { (1.0 - lambda) * power }
        };
        (1..=steps).map(|n| weight(n) * ret(n)).sum::<f64>() - values[t]
    };
    (0..end).map(of).collect()
}

//! How far a policy is from its reference, and how to estimate it from samples.

/// `KL(p ‖ q) = Σ p ln(p / q)`, in nats; answers that `p` never gives count for nothing.
///
/// # Examples
/// ```
/// assert_eq!(concepts::preference::kl(&[1.0, 0.0], &[0.5, 0.5]), 2.0_f64.ln());
/// ```
pub fn kl(p: &[f64], q: &[f64]) -> f64 {
    let term = |(&p, &q): (&f64, &f64)| if p > 0.0 { p * (p / q).ln() } else { 0.0 };
    p.iter().zip(q).map(term).sum()
}

/// `−Σ p ln p`, in nats.
pub fn entropy(p: &[f64]) -> f64 {
    p.iter().map(|&p| if p > 0.0 { -p * p.ln() } else { 0.0 }).sum()
}

/// What is expected of a value an answer.
pub fn expected(p: &[f64], values: &[f64]) -> f64 {
    p.iter().zip(values).map(|(p, v)| p * v).sum()
}

/// An estimate of `KL(π ‖ ref)` out of one answer that `π` gave.
///
/// # Formula
/// With `l = ln ref − ln π`: `k1 = −l`, `k2 = ½ l²`, `k3 = eˡ − 1 − l`
///
/// # Reference
/// Schulman 2020, "Approximating KL divergence".
///
/// # Examples
/// ```
/// use concepts::preference::Estimator;
/// assert_eq!(Estimator::ALL.map(|k| k.value(0.0)), [0.0; 3]);
/// assert!(Estimator::K1.value(1.0) < 0.0 && Estimator::K3.value(1.0) > 0.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Estimator {
    /// Right on average, of either sign.
    K1,
    /// Never negative, wrong on average.
    K2,
    /// Never negative, right on average.
    K3,
}

impl Estimator {
    /// All of them.
    pub const ALL: [Estimator; 3] = [Estimator::K1, Estimator::K2, Estimator::K3];

    /// The estimate, from the logarithm of `ref / π`.
    pub fn value(self, log_ratio: f64) -> f64 {
        match self {
            Estimator::K1 => -log_ratio,
            Estimator::K2 => 0.5 * log_ratio * log_ratio,
            Estimator::K3 => log_ratio.exp_m1() - log_ratio,
        }
    }

    /// The derivative of the estimate by `ln π`, with the answer held fixed.
    pub fn slope(self, log_ratio: f64) -> f64 {
        match self {
            Estimator::K1 => 1.0,
            Estimator::K2 => -log_ratio,
            Estimator::K3 => -log_ratio.exp_m1(),
        }
    }

    /// Mean and variance of one estimate, over the answers that `policy` gives.
    pub fn moments(self, policy: &[f64], reference: &[f64]) -> (f64, f64) {
        let log = |i: usize| (reference[i] / policy[i]).ln();
        let values: Vec<f64> = (0..policy.len()).map(|i| self.value(log(i))).collect();
        let mean = expected(policy, &values);
        let off: Vec<f64> = values.iter().map(|v| (v - mean) * (v - mean)).collect();
        (mean, expected(policy, &off))
    }

    /// What the estimate does to the logits of a softmax policy on average, if it stands in the loss and the answers
    /// count as given (that is what automatic differentiation does with samples).
    ///
    /// # Formula
    /// `E_π[∂k/∂ln π · ∇ ln π]`: 0 for `k1`; `∇KL(π ‖ ref)` for `k2`; `∇KL(ref ‖ π)` for `k3`
    pub fn gradient_in_loss(self, policy: &[f64], reference: &[f64]) -> Vec<f64> {
        let weights: Vec<f64> =
            policy.iter().zip(reference).map(|(p, q)| p * self.slope((q / p).ln())).collect();
        let sum: f64 = weights.iter().sum();
        weights.iter().zip(policy).map(|(w, p)| w - p * sum).collect()
    }
}

/// The gradient of `KL(π ‖ ref)` by the logits of a softmax policy.
///
/// # Formula
/// `π_i (ln(π_i / ref_i) − KL)`
pub fn reverse_kl_gradient(policy: &[f64], reference: &[f64]) -> Vec<f64> {
    let all = kl(policy, reference);
    policy.iter().zip(reference).map(|(p, q)| p * ((p / q).ln() - all)).collect()
}

/// The gradient of `KL(ref ‖ π)` by the logits of a softmax policy.
///
/// # Formula
/// `π_i − ref_i`
pub fn forward_kl_gradient(policy: &[f64], reference: &[f64]) -> Vec<f64> {
    policy.iter().zip(reference).map(|(p, q)| p - q).collect()
}

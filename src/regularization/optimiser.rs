//! Weight decay in optimisers: as a gradient of the penalty, or apart from it.

/// A rule by which weights follow gradients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Plain steps, no decay.
    Sgd,
    /// Plain steps, `λw` added to the gradient.
    SgdL2,
    /// Plain steps, the weights shrunk apart from them.
    SgdDecoupled,
    /// Momentum, `λw` added to the gradient.
    MomentumL2,
    /// Momentum, the weights shrunk apart from it.
    MomentumDecoupled,
    /// Adam, no decay.
    Adam,
    /// Adam, `λw` added to the gradient.
    AdamL2,
    /// AdamW as PyTorch has it: the decay is multiplied by the learning rate.
    AdamW,
    /// AdamW as the paper has it: the decay is not multiplied by the learning rate.
    AdamWPaper,
}

impl Rule {
    /// All rules.
    pub const ALL: [Rule; 9] = [
        Rule::Sgd,
        Rule::SgdL2,
        Rule::SgdDecoupled,
        Rule::MomentumL2,
        Rule::MomentumDecoupled,
        Rule::Adam,
        Rule::AdamL2,
        Rule::AdamW,
        Rule::AdamWPaper,
    ];

    /// What is multiplied by the weight and added to the gradient.
    fn in_gradient(self) -> bool {
        matches!(self, Rule::SgdL2 | Rule::MomentumL2 | Rule::AdamL2)
    }
}

/// The numbers of an optimiser.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    /// Learning rate.
    pub lr: f64,
    /// Weight decay `λ`.
    pub decay: f64,
    /// Momentum, and Adam's first average.
    pub beta1: f64,
    /// Adam's second average.
    pub beta2: f64,
    /// What keeps Adam from dividing by 0.
    pub epsilon: f64,
}

impl Rates {
    /// The usual averages.
    pub fn new(lr: f64, decay: f64) -> Rates {
        Rates { lr, decay, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
    }
}

/// One weight and what its optimiser remembers.
///
/// # Formula
/// with `g̃ = g + λw` for the rules that end in L2 and `g̃ = g` for the others:
/// plain `u = g̃`; momentum `m ← β₁m + g̃, u = m`;
/// Adam `m ← β₁m + (1−β₁)g̃, v ← β₂v + (1−β₂)g̃², u = m̂ / (√v̂ + ε)`;
/// then `w ← w − lr·u`, and for the decoupled rules `w ← w − lr·u − lr·λ·w` with the old `w` on the right
/// ([`Rule::AdamWPaper`]: `− λ·w`)
///
/// # Reference
/// Kingma & Ba 2015, algorithm 1; Loshchilov & Hutter 2019, algorithms 1 and 2; `torch.optim`.
///
/// # Examples
/// ```
/// use concepts::regularization::{Rates, Rule, Weight};
/// let after = |rule, g| {
///     let mut weight = Weight::new(1.0);
///     weight.step(rule, &Rates::new(0.1, 0.1), g);
///     weight.w
/// };
/// // Adam's first step is lr·sign(g): an L2 term inside it changes nothing.
/// assert!((after(Rule::AdamL2, 0.01) - after(Rule::Adam, 0.01)).abs() < 1e-6);
/// assert!((after(Rule::AdamW, 0.01) - 0.89).abs() < 1e-6);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weight {
    /// The weight.
    pub w: f64,
    m: f64,
    v: f64,
    // β₁ᵗ and β₂ᵗ
    decayed: [f64; 2],
}

impl Weight {
    /// A weight that has made no step.
    pub fn new(w: f64) -> Weight {
        Weight { w, m: 0.0, v: 0.0, decayed: [1.0; 2] }
    }

    /// One step.
    pub fn step(&mut self, rule: Rule, rates: &Rates, gradient: f64) {
        let g = if rule.in_gradient() { gradient + rates.decay * self.w } else { gradient };
        let update = match rule {
            Rule::Sgd | Rule::SgdL2 | Rule::SgdDecoupled => g,
            Rule::MomentumL2 | Rule::MomentumDecoupled => {
                self.m = rates.beta1 * self.m + g;
                self.m
            }
            _ => self.adam(rates, g),
        };
        let shrunk = match rule {
            Rule::SgdDecoupled | Rule::MomentumDecoupled | Rule::AdamW => rates.lr * rates.decay * self.w,
            Rule::AdamWPaper => rates.decay * self.w,
            _ => 0.0,
        };
        self.w -= rates.lr * update + shrunk;
    }

    fn adam(&mut self, rates: &Rates, g: f64) -> f64 {
        self.m = rates.beta1 * self.m + (1.0 - rates.beta1) * g;
        self.v = rates.beta2 * self.v + (1.0 - rates.beta2) * g * g;
        self.decayed[0] *= rates.beta1;
        self.decayed[1] *= rates.beta2;
        let [m, v] = [self.m / (1.0 - self.decayed[0]), self.v / (1.0 - self.decayed[1])];
        m / (v.sqrt() + rates.epsilon)
    }
}

/// Adam with weight decay: decoupled (AdamW), or as λw in the gradient (L2). One weight.
pub fn adam(mut w: f64, gradients: &[f64], lr: f64, decay: f64, decoupled: bool) -> Vec<f64> {
    const B1: f64 = 0.9;
    const B2: f64 = 0.999;
    const EPS: f64 = 1e-8;
    let (mut m, mut v) = (0.0, 0.0);
    let step = |(t, &gradient): (usize, &f64)| {
        let g = if decoupled { gradient } else { gradient + decay * w }; // L2: divided by √v below
        m = B1 * m + (1.0 - B1) * g;
        v = B2 * v + (1.0 - B2) * g * g;
        let t = t as i32 + 1;
        let (m_hat, v_hat) = (m / (1.0 - B1.powi(t)), v / (1.0 - B2.powi(t)));
        let shrunk = if decoupled { lr * decay * w } else { 0.0 }; // AdamW: beside the adaptive step
        w -= lr * m_hat / (v_hat.sqrt() + EPS) + shrunk;
        w
    };
    gradients.iter().enumerate().map(step).collect()
}

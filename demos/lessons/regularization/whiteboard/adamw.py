def adam(w, gradients, lr, decay, decoupled, b1=0.9, b2=0.999, eps=1e-8):
    """Adam with weight decay: decoupled (AdamW), or as decay * w in the gradient (L2). One weight."""
    m = v = 0.0
    seen = []
    for t, g in enumerate(gradients, 1):
        if not decoupled:
            g += decay * w  # L2: divided by sqrt(v) below
        m = b1 * m + (1 - b1) * g
        v = b2 * v + (1 - b2) * g * g
        step = (m / (1 - b1**t)) / ((v / (1 - b2**t)) ** 0.5 + eps)
        w -= lr * step + (lr * decay * w if decoupled else 0)  # AdamW: beside the adaptive step
        seen.append(w)
    return seen

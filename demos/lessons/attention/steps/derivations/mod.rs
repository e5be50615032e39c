//! The derivations an interviewer asks for: formulas, and the numbers that check each of them.
//!
//! | file | what it holds |
//! |---|---|
//! | `softmax` | 1 the Jacobian of softmax, 2 the backward pass |
//! | `products` | 3 the variance of a dot product, 4 the gradient through an RNN |
//! | `blocks` | 5 softmax in blocks, 6 memory traffic |

mod blocks;
mod products;
mod softmax;

use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;

/// All of them, in order.
pub(crate) fn derivations(seed: u64) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    softmax::jacobian(seed, &mut f);
    softmax::backward(seed, &mut f)?;
    products::variance(&mut f);
    products::recurrent(seed, &mut f)?;
    blocks::online(seed, &mut f);
    blocks::traffic(&mut f)?;
    Ok(f)
}

//! What stands around attention: a residual stream, normalisation, a feed-forward network.

use crate::kit::findings::Findings;
use crate::lessons::attention::WORDS;
use crate::lessons::attention::setup::Setup;
use crate::named;

pub(crate) fn block(setup: &Setup, f: &mut Findings) {
    let d = setup.layer.d_model();
    f.formula(
        "f_block",
        r"H = X + \mathrm{Attention}(\mathrm{Norm}(X)), \quad Y = H + \mathrm{FFN}(\mathrm{Norm}(H))",
        "H = X + Attention(Norm(X))    Y = H + FFN(Norm(H))",
    );
    // Two matrices, d × 4d and 4d × d.
    let (network, attention) = ((8 * d * d) as f64, setup.layer.parameters() as f64);
    let across = setup.layer.heads() * setup.layer.d_head();
    let id = if network > attention { "ffn_said" } else { "ffn_said.example" };
    f.words("ffn_said", WORDS.with(id, &named![network, attention, across]));
}

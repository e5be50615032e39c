//! What the page shows, section by section.

pub(crate) mod flow;
pub(crate) mod function;
pub(crate) mod gate;
pub(crate) mod kernels;
pub(crate) mod numbers;
pub(crate) mod width;

use concepts::activation::Activation;

/// The functions of the tables.
pub(crate) const COMPARED: [(&str, Activation); 8] = [
    ("ReLU", Activation::Relu),
    ("ReLU²", Activation::SquaredRelu),
    ("GELU", Activation::Gelu),
    ("GELU tanh", Activation::GeluTanh),
    ("GELU σ", Activation::GeluSigmoid),
    ("SiLU", Activation::SILU),
    ("Softplus", Activation::Softplus),
    ("Mish", Activation::Mish),
];

/// Those that are sent through depth. Squared ReLU would vanish or burst doubly fast.
pub(crate) const DEEP: [(&str, Activation); 6] = [
    ("ReLU", Activation::Relu),
    ("GELU", Activation::Gelu),
    ("SiLU", Activation::SILU),
    ("Mish", Activation::Mish),
    ("tanh", Activation::Tanh),
    ("σ", Activation::Sigmoid),
];

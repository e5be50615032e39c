//! What a person can change.

use concepts::activation::Activation;

use crate::kit::knob::{Choice, Knob, Maybe, PathTo, Real, Sentence, Whole};

/// The functions by their names. The β of Swish is a knob of its own.
pub(crate) static ACTIVATION: Choice<Activation> = Choice::new(
    "activation",
    &[
        ("relu", Activation::Relu),
        ("squared-relu", Activation::SquaredRelu),
        ("gelu", Activation::Gelu),
        ("gelu-tanh", Activation::GeluTanh),
        ("gelu-sigmoid", Activation::GeluSigmoid),
        ("silu", Activation::SILU),
        ("swish", Activation::Swish { beta: 1.0 }),
        ("softplus", Activation::Softplus),
        ("mish", Activation::Mish),
        ("tanh", Activation::Tanh),
        ("sigmoid", Activation::Sigmoid),
    ],
)
.default("gelu");
pub(crate) static X: Real = Real::new("x", -1e6, 1e6).default(-1.0);
pub(crate) static BETA: Real = Real::new("beta", 0.01, 1000.0).default(1.0).logarithmic();
pub(crate) static D_MODEL: Whole = Whole::new("d-model", 1, 1_000_000).default(4096);
pub(crate) static D_FF: Maybe<Whole> = Whole::new("d-ff", 1, 10_000_000).optional();
// The largest network that still takes less than a second.
pub(crate) static DEPTH: Whole = Whole::new("depth", 2, 100).default(20);
pub(crate) static WIDTH: Whole = Whole::new("width", 2, 128).default(64);
pub(crate) static VALUES: PathTo = PathTo::file("values");
pub(crate) static COLUMN: Sentence = Sentence::new("column", 200);
/// The second page: a trained model.
pub(crate) static MODEL: PathTo = PathTo::file("model");

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] =
    &[&ACTIVATION, &X, &BETA, &D_MODEL, &D_FF, &DEPTH, &WIDTH, &VALUES, &COLUMN, &MODEL];

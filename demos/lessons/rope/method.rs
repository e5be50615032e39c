//! The methods that make a context longer, as people configure them.

use concepts::position::rope::{Scaling, YarnRamp};

/// How the context is extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Plain,
    Interpolation,
    Ntk,
    DynamicNtk,
    Yarn,
    Llama3,
}

/// The methods by their names, in the order of the tables.
pub(crate) static METHODS: &[(&str, Method)] = &[
    ("none", Method::Plain),
    ("pi", Method::Interpolation),
    ("ntk", Method::Ntk),
    ("dynamic-ntk", Method::DynamicNtk),
    ("yarn", Method::Yarn),
    ("llama3", Method::Llama3),
];

/// From which length to which, and by which factor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extension {
    pub train_len: usize,
    pub len: usize,
    /// The factor of a configuration; nothing for the usual one of each method.
    pub factor: Option<f64>,
    /// The ramp of YaRN.
    pub ramp: YarnRamp,
}

impl Extension {
    /// With what is usual.
    pub(crate) fn usual(train_len: usize, len: usize) -> Extension {
        Extension { train_len, len, factor: None, ramp: YarnRamp::ByRotations }
    }

    /// How many times longer the length in use is.
    pub(crate) fn stretch(&self) -> f64 {
        self.len as f64 / self.train_len as f64
    }
}

/// The factor that LLaMA 3.1 was released with, whatever the length at hand.
pub(crate) const OF_LLAMA_3_1: f64 = 8.0;
/// Between which numbers of turns its ramp runs.
pub(crate) const RAMP_OF_LLAMA_3_1: [f64; 2] = [1.0, 4.0];

impl Method {
    /// The factor that it works with: the given one, or the usual one.
    pub(crate) fn factor(self, extension: &Extension) -> f64 {
        let usual = match self {
            Method::Plain | Method::DynamicNtk => 1.0,
            Method::Llama3 => OF_LLAMA_3_1,
            _ => extension.stretch(),
        };
        if self == Method::Plain { usual } else { extension.factor.unwrap_or(usual) }
    }

    /// What the library computes frequencies with.
    pub(crate) fn scaling(self, extension: &Extension) -> Scaling {
        let (factor, Extension { train_len, len, ramp, .. }) = (self.factor(extension), *extension);
        match self {
            Method::Plain => Scaling::None,
            Method::Interpolation => Scaling::Interpolation { factor },
            Method::Ntk => Scaling::NtkAware { factor },
            Method::DynamicNtk => Scaling::DynamicNtk { factor, train_len, len },
            Method::Yarn => Scaling::Yarn { factor, train_len, alpha: 1.0, beta: 32.0, ramp },
            Method::Llama3 => {
                let [low_freq_factor, high_freq_factor] = RAMP_OF_LLAMA_3_1;
                Scaling::Llama3 { factor, low_freq_factor, high_freq_factor, train_len }
            }
        }
    }
}

//! The names that messages use.

named! {
    /// What of a model is counted.
    Place {
        Layer = "layer",
        Head = "head",
    }
    /// What a value should have been.
    Wanted {
        Whole = "a whole number from 1 to 16777216",
        Layers = "a whole number from 1 to 4096",
        Positive = "a finite number above 0",
        Flag = "true or false",
        KindPerLayer = "\"full_attention\" or \"sliding_attention\" for each layer",
        FlagPerLayer = "one number, 0 or 1, for each layer",
        OnePerModel = "the same number for every layer",
        Activation = "silu, swish, gelu, gelu_new, gelu_pytorch_tanh, gelu_fast, quick_gelu, relu, relu2 or mish",
        Off = "false: what it switches on is not computed here",
        Rope = "none, linear, yarn or longrope",
        Divisor = "a divisor of the number of heads",
        KeyWidth = "the width of a key",
        HeadEach = "at least the number of heads, each of which gets an equal part of it",
        Architecture = "the name of an architecture, such as \"llama\" or \"qwen3\"",
        RotaryWidth = "an even number, at most the width of a head",
    }
}

//! What the messages of this module speak of.

named! {
    /// A parameter of a strategy, as messages name it.
    Parameter {
        Temperature = "temperature",
        K = "k",
        TopP = "top-p",
        MinP = "min-p",
        TypicalMass = "typical mass",
        Epsilon = "epsilon",
        ContrastiveAlpha = "contrastive alpha",
        RepetitionPenalty = "repetition penalty",
        PresencePenalty = "presence penalty",
        FrequencyPenalty = "frequency penalty",
        NGram = "n of the n-grams",
        LengthPenalty = "length penalty",
        Beams = "beams",
        MaxTokens = "max_tokens",
        NBest = "n_best",
        Groups = "groups",
        Strategies = "strategies",
        Diversity = "diversity",
        Gamma = "gamma, the number of proposed tokens",
        AcceptanceRate = "acceptance rate",
        DraftCost = "cost of the draft",
        MirostatTarget = "mirostat target",
        MirostatRate = "mirostat rate",
    }

    /// Where a parameter has to lie.
    Bounds {
        Probability = "between 0 and 1",
        PlusMinus10 = "between -10 and 10",
        NotNegative = "finite and at least 0",
        OrGreedy = "finite and at least 0 (0 is greedy)",
        Bits = "finite and at least 0 bits",
        Positive = "positive and finite (1 is none)",
        Finite = "finite (0 is none)",
    }
}

//! What the messages of this module speak of.

named! {
    /// A size of a model or its inputs, as messages name it.
    Dimension {
        Tokens = "the number of tokens",
        Layers = "the number of layers",
        DModel = "d_model",
        SourceTokens = "the number of source tokens",
        TargetTokens = "the number of target tokens",
        Vocabulary = "the vocabulary",
        Pushes = "the number of pushes",
        DHidden = "d_hidden",
        D = "d",
    }

    /// An array or a part of a model, as messages name it.
    Operand {
        Corruption = "the corruption",
        Text = "the text",
        Model = "the model",
        Tokens = "the tokens",
        FeedForward = "the feed-forward layer",
        X = "x",
        Gain = "the gain",
        Bias = "the bias",
        Normalisation = "the normalisation",
        Gradient = "the gradient",
    }

    /// A part of a text.
    Part {
        Prefix = "the prefix",
        PrefixAndOne = "the prefix and one more",
        Source = "the source",
    }

    /// What a model is trained to say.
    Objective {
        SpanCorruption = "span corruption",
        NextToken = "predicting the next token",
    }

    /// A share or a mean.
    Share {
        Noise = "the rate of noise",
        MeanSpan = "the mean length of a span",
        Selected = "the share of selected tokens",
        Hidden = "the share of hidden tokens",
        Replaced = "the share of replaced tokens",
        HiddenAndReplaced = "the share of hidden and replaced tokens",
    }

    /// Where such a number has to lie.
    Bounds {
        Between0And1 = "between 0 and 1",
        Inside0And1 = "above 0 and below 1",
        AtLeast1 = "at 1 or above and be finite",
    }
}

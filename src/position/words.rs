//! What the messages of this module speak of.

named! {
    /// A size of the inputs, as messages name it.
    Dimension {
        Positions = "the number of positions",
        NewPositions = "the new number of positions",
        DModel = "d_model",
        Heads = "the number of heads",
        Queries = "the number of queries",
        Keys = "the number of keys",
        TrainingLength = "the training length",
        Length = "the length",
        Rotary = "the rotary dimension",
        Frequencies = "the number of frequencies",
        HeadWidth = "the width of a head",
        Tokens = "the number of tokens",
        Width = "the dimension",
    }

    /// An array, as messages name it.
    Operand {
        Tokens = "the tokens",
        Table = "the table",
        X = "x",
        Rotation = "the rotation",
        NewFrequencies = "the new ones",
        OriginalFrequencies = "the original ones",
        Positions = "the positions",
    }
}

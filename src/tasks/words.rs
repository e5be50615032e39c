//! What the messages of this module speak of.

named! {
    /// A number, as messages name it.
    Quantity {
        Margin = "the margin",
        Spread = "the spread",
        Shared = "the shared part of the spread",
        Sharpness = "the sharpness",
        Tail = "the tail",
        Stop = "the stop",
        Floor = "the floor",
        Acceptance = "the acceptance rate",
        Samples = "the number of votes",
        Probability = "the probability of an answer",
        Answers = "the place of the answer, counted from 1,",
        Instances = "the number of instances",
        Models = "the number of models",
        Words = "the number of words",
        Junk = "the number of junk tokens",
        Length = "the length",
        Concentration = "the concentration",
        Window = "the window",
        Width = "the width",
        Steps = "the number of steps",
        Batch = "the batch",
        Rate = "the learning rate",
        Examples = "the number of examples",
        Draws = "the number of draws",
        Cost = "the cost of the draft",
    }
}

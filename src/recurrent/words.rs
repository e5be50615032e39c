//! What the messages of this module speak of.

named! {
    /// A size of the layer or its inputs, as messages name it.
    Dimension {
        ColumnsOfW = "the number of columns of W",
        RowsOfU = "the number of rows of U",
        LengthOfB = "the length of b",
        Inputs = "the width of the inputs",
        FirstState = "the width of the first state",
        States = "the width of the states",
        State = "the width of the state",
        StateCount = "the number of states",
    }
}

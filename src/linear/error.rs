//! What can be wrong with the inputs of a linear layer.

named! {
    /// Who brings numbers, as messages name them.
    Operand {
        Activations = "the activations",
        Outputs = "the room for the outputs",
        Row = "the room for a row",
        Bytes = "the bytes of the weights",
    }
}

/// What can be wrong with the inputs of a linear layer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinearError {
    /// Not a table of numbers.
    #[error("linear: tensor {name} has {dimensions} dimensions; a matrix of weights has 2")]
    NotAMatrix {
        /// The tensor.
        name: String,
        /// How many it has.
        dimensions: usize,
    },
    /// A matrix without numbers.
    #[error("linear: tensor {name} is {rows} × {columns}; at least 1 × 1 is needed")]
    Empty {
        /// The tensor.
        name: String,
        /// Its rows.
        rows: usize,
        /// Its columns.
        columns: usize,
    },
    /// A row that would end inside a block.
    #[error(
        "linear: a row of tensor {name} has {columns} weights, which is no multiple of the {block} of a block"
    )]
    BrokenBlock {
        /// The tensor.
        name: String,
        /// Weights of a row.
        columns: usize,
        /// Weights of a block.
        block: usize,
    },
    /// Another number of numbers than the shapes say.
    #[error("linear: {what} are {found}, but the shapes need {expected}")]
    Length {
        /// Whose.
        what: Operand,
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A row that the matrix does not have.
    #[error("linear: row {row} of a matrix with {rows} rows; rows are counted from 0")]
    NoSuchRow {
        /// What was asked for.
        row: usize,
        /// How many there are.
        rows: usize,
    },
    /// Matrices that do not take the same activations.
    #[error("linear: matrices of {first} and {other} columns cannot be applied to the same activations")]
    Columns {
        /// Columns of the first.
        first: usize,
        /// Columns of another.
        other: usize,
    },
    /// Not a room for each matrix.
    #[error("linear: {matrices} matrices and room for the outputs of {rooms}; each needs its own")]
    Rooms {
        /// How many matrices.
        matrices: usize,
        /// How many rooms.
        rooms: usize,
    },
}

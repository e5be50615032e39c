named! {
    /// One of the two halves of a pair, as messages name it.
    Side {
        Images = "images",
        Texts = "texts",
        Similarities = "similarities",
    }
    /// A size, as messages name it.
    Size {
        Text = "the number of text tokens",
        Image = "the number of image tokens",
        Width = "the width",
        Layers = "the number of layers",
        Queries = "the number of queries",
        Held = "the number of images to judge",
    }
}

/// What can be wrong with the inputs of a contrastive loss.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ContrastiveError {
    /// Nothing to tell apart.
    #[error("contrastive: a batch of {pairs} has nothing to tell apart; give at least 2 pairs")]
    TooFewPairs {
        /// How many there are.
        pairs: usize,
    },
    /// Not one text for each image.
    #[error("contrastive: {images} images and {texts} texts; there must be one text for each image")]
    Unpaired {
        /// Rows of the images.
        images: usize,
        /// Rows of the texts.
        texts: usize,
    },
    /// Embeddings that have no dot product.
    #[error("contrastive: images have {images} numbers each and texts {texts}; both need the same")]
    Widths {
        /// Columns of the images.
        images: usize,
        /// Columns of the texts.
        texts: usize,
    },
    /// A number that is none.
    #[error("contrastive: {side}, row {row}, column {column}: {value}; every number must be finite")]
    NotFinite {
        /// Whose.
        side: Side,
        /// Counted from 1.
        row: usize,
        /// Counted from 1.
        column: usize,
        /// What stands there.
        value: f64,
    },
    /// A vector without a direction.
    #[error("contrastive: {side}, row {row} has length 0 and no direction; leave it out")]
    NoDirection {
        /// Whose.
        side: Side,
        /// Counted from 1.
        row: usize,
    },
    /// A temperature that is none.
    #[error("contrastive: temperature {value}; it must be finite and above 0")]
    Temperature {
        /// What was given.
        value: f64,
    },
    /// Scores beyond what the numbers can hold.
    #[error("contrastive: the scores overflow; give shorter vectors or a higher temperature")]
    Overflow,
    /// A size is 0.
    #[error("contrastive: {what} is 0; at least 1 is needed")]
    Zero {
        /// Which size.
        what: Size,
    },
}

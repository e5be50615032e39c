//! What the messages of this module speak of.

named! {
    /// What names an id.
    IdOf {
        Given = "an id",
        Frame = "a token of the frame",
        Unknown = "the unknown token",
    }

    /// What is wrong with SentencePiece's table of replacements.
    CharsmapFault {
        NoSize = "its size is missing",
        CutOff = "the trie is cut off",
        OddUnits = "the trie is not made of 4-byte units",
        NotUtf8 = "the replacements are not UTF-8",
    }
}

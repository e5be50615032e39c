//! What the messages of this module speak of.

named! {
    /// What a field has to hold.
    Wanted {
        Object = "an object",
        List = "a list",
        Pair = "a list of two",
        Text = "text",
        Id = "a whole number below 2^32",
        Number = "a number",
        Flag = "true or false",
        TwoTokens = "two tokens with a space between",
        PrintableBytes = "bytes in printable characters, since the cutting is byte-level",
        KnownToken = "a token of the vocabulary",
        Base64 = "a table in base64",
        Template = "a template with the text A",
    }

    /// What could stand in a field.
    Known {
        Off = "null and false",
        OneLastCut = "cuts of which only the last is ByteLevel or Metaspace",
        Cuts = "ByteLevel, Split, Whitespace, WhitespaceSplit, Punctuation, Digits, BertPreTokenizer, Metaspace and Sequence",
        Behaviors = "Isolated, Removed, MergedWithPrevious, MergedWithNext and Contiguous",
        Pattern = "a Regex or a String",
        TextPattern = "a String",
        Models = "BPE, WordPiece and Unigram",
        WordEnds = "null and </w>",
        MergesOfCharacters = "merges of characters, where unknown ones are written as bytes",
        Normalizers = "BertNormalizer, NFC, NFKC, NFD, NFKD, Lowercase, Prepend, Replace, Strip, Precompiled and Sequence",
        Space = "▁",
        Prepends = "always, first (both without add_prefix_space false) and never",
        Decoding = "one step, or SentencePiece's: Replace ▁ by a space, ByteFallback, Fuse, Strip 1",
        Decoders = "ByteLevel, WordPiece, Metaspace, BPEDecoder, Fuse and Sequence",
        Processors = "TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel and Sequence",
        OneText = "one text, A",
        Steps = "sequences of at most 100 steps",
        Around = "at most 1000 tokens around a text",
    }

    /// What is wrong with an id.
    IdFault {
        Twice = "belongs to two tokens",
        NoToken = "has no token",
        AfterGap = "comes after a gap",
    }

    /// A format that is written.
    Format {
        Json = "tokenizer.json",
        Ranks = "tiktoken's ranks",
    }
}
